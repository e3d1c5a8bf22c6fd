/** The readers of a feed: those that are up to date are told by one loop, the others go on by themselves. */
import type { LiveMessage } from './live.ts';
import type { Reader } from './reader.ts';

export class Audience {
  readonly readers = new Set<Reader>();
  private live: Reader[] = [];
  private newcomers: Reader[] = [];
  private isTelling = false;

  /** `onBehind`: a reader took the message and nothing more for now. */
  constructor(private readonly onBehind: (reader: Reader, message: LiveMessage) => void) {}

  get liveCount(): number {
    return this.live.length;
  }

  /** The reader has all that its leader has told. */
  goesLive(reader: Reader): void {
    reader.isLive = true;
    this.live.push(reader);
    if (!reader.isCaughtUp) this.newcomers.push(reader);
  }

  leave(reader: Reader): void {
    this.readers.delete(reader);
    if (this.isTelling) return;
    const at = this.live.indexOf(reader);
    if (at >= 0) this.live.splice(at, 1);
  }

  /** Those that are up to date and have not been told so: they will be. */
  takeNewcomers(): Reader[] {
    const newcomers = this.newcomers.filter((reader) => reader.isLive && !reader.isCaughtUp);
    this.newcomers = [];
    return newcomers;
  }

  get hasNewcomers(): boolean {
    return this.newcomers.length > 0;
  }

  /** Those that are up to date. */
  current(): readonly Reader[] {
    return [...this.live];
  }

  /** Hands a message to all that are up to date: nothing is done or made for one of them beside the call. */
  tell(message: LiveMessage): void {
    const { live } = this;
    const count = live.length;
    let kept = 0;
    this.isTelling = true;
    for (let at = 0; at < count; at++) {
      const reader = live[at] as Reader;
      if (reader.isEnded) continue;
      if (reader.send(message)) live[kept++] = reader;
      else this.fallsBehind(reader, message);
    }
    this.isTelling = false;
    // Those who came meanwhile stand behind.
    if (kept < count) live.splice(kept, count - kept);
  }

  /** Hands a message to some of those that are up to date. */
  tellSome(readers: readonly Reader[], message: LiveMessage): void {
    for (const reader of readers) {
      if (!reader.isLive || reader.isEnded || reader.send(message)) continue;
      const at = this.live.indexOf(reader);
      if (at >= 0) this.live.splice(at, 1);
      this.fallsBehind(reader, message);
    }
  }

  private fallsBehind(reader: Reader, message: LiveMessage): void {
    if (reader.isEnded) return;
    reader.standAt(message.position);
    this.onBehind(reader, message);
  }
}
