/** The bell of a reader: another process writes, so it looks. */
import { Bell } from '../bell.ts';
import type { LogFile } from './log-file.ts';

export class PollingBell {
  readonly #bell = new Bell();
  readonly #file: LogFile;
  readonly #intervalMs: number;
  #timer: NodeJS.Timeout | undefined;
  #listeners = 0;
  #seen: number | undefined;

  constructor(file: LogFile, intervalMs: number) {
    this.#file = file;
    this.#intervalMs = intervalMs;
  }

  /** Calls `ring` after other connections committed, until the returned function is called. Looks only while somebody listens. */
  listen(ring: () => void): () => void {
    const forget = this.#bell.listen(ring);
    this.#listeners += 1;
    if (this.#timer === undefined) {
      this.#seen = this.#version();
      // Unref'd: to wait for news does not keep a process alive.
      this.#timer = setInterval(() => this.#look(), this.#intervalMs).unref();
    }
    let listening = true;
    return () => {
      if (!listening) return;
      listening = false;
      forget();
      this.#listeners -= 1;
      if (this.#listeners === 0) this.stop();
    };
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #look(): void {
    const version = this.#version();
    if (version !== undefined && version === this.#seen) return;
    this.#seen = version;
    this.#bell.ring();
  }

  /** SQLite's count of commits by others; undefined where it cannot be read. Who listens then wakes, reads, and meets the fault where it is dealt with. */
  #version(): number | undefined {
    try {
      return this.#file.run((file) => file.pragma('data_version')) as number;
    } catch {
      return undefined;
    }
  }
}
