/** The program, run as people run it: in a process of its own, with a data folder of its own. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { packageRoot } from '../../src/package-root.ts';

export interface Ended {
  /** Null where a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const fromSource = ['--import', 'tsx', join(packageRoot, 'src', 'cli.ts')];
const fromBuild = [join(packageRoot, 'dist', 'src', 'cli.js')];

/** What was built where no source is newer, as in a fresh clone: it starts in a fraction of the time. */
const program = newest('src', 'projections') <= builtAt() ? fromBuild : fromSource;

function newest(...folders: readonly string[]): number {
  const files = folders.flatMap((folder) =>
    readdirSync(join(packageRoot, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
      join(packageRoot, folder, name),
    ),
  );
  return Math.max(...files.map((file) => statSync(file).mtimeMs));
}

function builtAt(): number {
  return statSync(fromBuild[0] as string, { throwIfNoEntry: false })?.mtimeMs ?? Number.NEGATIVE_INFINITY;
}

/** A command line that runs. */
export class Program {
  readonly #process: ChildProcessByStdio<null, Readable, Readable>;
  readonly #closed: Promise<unknown>;
  #stdout = '';
  #stderr = '';

  constructor(dir: string, args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
    this.#process = spawn(process.execPath, [...program, ...args], {
      cwd: packageRoot,
      env: { ...process.env, DATA_DIR: dir, PORT: '0', LOG_LEVEL: 'silent', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#process.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.#stdout += text;
    });
    this.#process.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr += text;
    });
    this.#closed = once(this.#process, 'close');
  }

  get hasEnded(): boolean {
    return this.#process.exitCode !== null || this.#process.signalCode !== null;
  }

  /** Resolves with the first `count` lines of stdout. Rejects where it ends before. */
  async lines(count: number): Promise<string[]> {
    for (;;) {
      const whole = this.#stdout.split('\n').slice(0, -1);
      if (whole.length >= count) return whole.slice(0, count);
      if (this.hasEnded) throw new Error(`It ended after ${whole.length} lines of ${count}: ${this.#stderr}`);
      await Promise.race([once(this.#process.stdout, 'data'), this.#closed]);
    }
  }

  signal(signal: 'SIGINT' | 'SIGTERM' | 'SIGKILL'): void {
    this.#process.kill(signal);
  }

  async ended(): Promise<Ended> {
    await this.#closed;
    return { code: this.#process.exitCode, stdout: this.#stdout, stderr: this.#stderr };
  }
}

/** Runs a command line to its end. */
export const run = (dir: string, ...args: string[]): Promise<Ended> => new Program(dir, args).ended();
