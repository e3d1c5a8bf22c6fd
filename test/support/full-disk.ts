import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Database, pragma } from '../../src/store/sqlite/database.ts';
import { tempFolder } from './temp-folder.ts';

/** A data folder whose disk a test fills and frees. */
export interface SmallDisk {
  readonly dir: string;
  /** To be given to the store on it. */
  readonly onConnection: (database: Database) => void;
  fill(): void;
  free(): void;
}

/** SQLite's own limit on a file's pages: the error is the real one, on any machine. */
function limitedPages(): SmallDisk {
  let connection: Database | undefined;
  let limit = 'max_page_count = 1000000';
  const set = (to: string) => {
    limit = to;
    connection?.exec(`pragma ${limit}`);
  };
  return {
    dir: tempFolder(),
    onConnection: (database) => {
      connection = database;
      database.exec(`pragma ${limit}`);
    },
    fill: () => set(`max_page_count = ${pragma(connection as Database, 'page_count')}`),
    free: () => set('max_page_count = 1000000'),
  };
}

/** A file system of 2 MiB in memory: a real disk, which only a machine's owner may mount. */
function mountedDisk(): SmallDisk {
  const mountPoint = tempFolder();
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', mountPoint], { stdio: 'ignore' });
  // Lazily: the driver may hold a closed log's files a while longer.
  onTestFinished(() => void execFileSync('umount', ['--lazy', mountPoint]));
  const dir = join(mountPoint, 'data');
  mkdirSync(dir);
  const ballast = join(mountPoint, 'ballast');
  return { dir, onConnection: () => {}, fill: () => writeUntilFull(ballast), free: () => rmSync(ballast) };
}

function writeUntilFull(path: string): void {
  const file = openSync(path, 'w');
  try {
    for (;;) writeSync(file, Buffer.alloc(4_096));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  } finally {
    closeSync(file);
  }
}

function mayMount(): boolean {
  try {
    const probe = ['-m', 'sh', '-c', 'mount -t tmpfs -o size=64k tmpfs /tmp'];
    execFileSync('unshare', probe, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Every kind of small disk that this machine can make. */
export const smallDisks: readonly { readonly what: string; readonly make: () => SmallDisk }[] = [
  { what: 'a log at its last page', make: limitedPages },
  ...(mayMount() ? [{ what: 'a full file system', make: mountedDisk }] : []),
];
