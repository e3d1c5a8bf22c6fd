/** A connection as a reader: how much waits in it, when it has drained, and when it has stalled for too long. */
import type { Writable } from 'node:stream';

export interface SlowReaderOptions {
  /** What is written to: its `drain` says that all has been taken. */
  readonly stream: Writable;
  /** Bytes that wait now. */
  readonly waiting: () => number;
  readonly bytesMax: number;
  readonly stalledMs: number;
  /** It has taken nothing for too long. */
  readonly onStalled: () => void;
}

export class SlowReader {
  private readonly waiters: (() => void)[] = [];
  private deadline: NodeJS.Timeout | undefined;

  constructor(private readonly options: SlowReaderOptions) {
    options.stream.on('drain', () => this.drain());
  }

  /** False where nothing more may be written until it has drained. To be asked after each write. */
  get takesMore(): boolean {
    if (this.options.waiting() <= this.options.bytesMax) return true;
    this.deadline ??= setTimeout(this.options.onStalled, this.options.stalledMs);
    return false;
  }

  /** Resolves at the next drain; never where it is gone. */
  drained(): Promise<void> {
    if (this.options.waiting() <= this.options.bytesMax / 2) return Promise.resolve();
    return new Promise((resolve) => this.waiters.push(resolve));
  }

  /** Forgets the deadline: the connection is over. */
  end(): void {
    clearTimeout(this.deadline);
    this.waiters.length = 0;
  }

  private drain(): void {
    clearTimeout(this.deadline);
    this.deadline = undefined;
    for (const tell of this.waiters.splice(0)) tell();
  }
}
