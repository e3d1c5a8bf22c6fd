import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { packageRoot } from '../../src/package-root.ts';

/** A program of test/support in a process of its own, and what it says. */
export class Child {
  /** Whole lines that it has printed so far. */
  readonly lines: string[] = [];
  readonly #process: ChildProcessByStdio<null, Readable, null>;
  readonly #reader;
  readonly #closed: Promise<unknown>;

  /** Starts a TypeScript file. Its errors go to this process's. */
  constructor(file: string, ...args: string[]) {
    this.#process = spawn(process.execPath, ['--import', 'tsx', file, ...args], {
      cwd: packageRoot,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#reader = createInterface({ input: this.#process.stdout });
    this.#reader.on('line', (line) => this.lines.push(line));
    this.#closed = Promise.all([once(this.#process, 'close'), once(this.#reader, 'close')]);
  }

  /** Resolves when it has printed so many lines. Rejects where it ends before. */
  async printed(count: number): Promise<void> {
    while (this.lines.length < count) {
      const ended = this.#closed.then(() => {
        if (this.lines.length < count) throw new Error(`The child ended after ${this.lines.length} lines of ${count}`);
      });
      await Promise.race([once(this.#reader, 'line'), ended]);
    }
  }

  /** Kills it as a power cut would, and resolves when all it had printed has come. */
  async kill(): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.#closed;
  }

  /** Resolves when it has ended by itself. */
  async ended(): Promise<void> {
    await this.#closed;
  }
}
