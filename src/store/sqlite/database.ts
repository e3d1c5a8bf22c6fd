/** The one place that knows the SQLite driver: opens connections and holds them to durability. */
import { accessSync, constants, existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DatabaseSync, type DatabaseSyncInstance, type StatementSyncInstance } from '@photostructure/sqlite';
import { invariant } from '../../es/errors.ts';

export type Database = DatabaseSyncInstance;
export type Statement = StatementSyncInstance;

/** Milliseconds for which a statement waits on another process's lock: only recovery after a crash holds one so long. */
const busyTimeoutMs = 2_000;

/** A connection on the log that writes. Resolved commits are on the disk: WAL with a sync each, checked here. Throws the driver's error. */
export function openForWriting(file: string): Database {
  const database = new DatabaseSync(file, { timeout: busyTimeoutMs });
  try {
    database.exec('pragma journal_mode = wal; pragma synchronous = full;');
    // What was asked for is not always what is set: a build's default or a file's mode may win.
    invariant(pragma(database, 'journal_mode') === 'wal', 'the log is in WAL mode');
    invariant(pragma(database, 'synchronous') === synchronousFull, 'every commit of the log is synced');
    database.exec(`pragma cache_size = -${cacheKibibytes};
      pragma wal_autocheckpoint = ${checkpointPages}; pragma journal_size_limit = ${journalBytesMax};`);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** A connection that only reads, beside a writer in this or another process. In a folder that this process may not write
 *  and nobody writes, it reads the log as it stands now and sees no later writer. Throws the driver's error. */
export function openForReading(file: string): Database {
  // A write-ahead log is read through files beside it. Where they are not and cannot be made, the file is taken for unchanging.
  const still = !existsSync(`${file}-wal`) && !isWritable(dirname(file));
  const location = still ? `${pathToFileURL(file)}?immutable=1` : file;
  const database = new DatabaseSync(location, { readOnly: true, timeout: busyTimeoutMs });
  database.exec(`pragma mmap_size = ${mappedBytesMax};`);
  return database;
}

/** A connection on a file that is there to be locked: it waits for nobody. Throws the driver's error. */
export function openLockFile(file: string): Database {
  return new DatabaseSync(file, { timeout: 0 });
}

/** The value of a pragma. */
export function pragma(database: Database, name: string): string | number {
  return Object.values(database.prepare(`pragma ${name}`).get() as object)[0] as string | number;
}

function isWritable(dir: string): boolean {
  try {
    accessSync(dir, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

const synchronousFull = 2;
/** A rebuild jumps through the file stream by stream, which is a third quicker without a copy of each page. A writer never
 *  maps its file: there a failing disk is to be an error, not the end of the process. */
const mappedBytesMax = 2 ** 31;
const cacheKibibytes = 16_384;
/** Streams have random names, so each append changes an index page of its own: the longer the write-ahead log, the more
 *  changes of a page go into the file as one. Against SQLite's 1,000 pages this gave nearly twice the appends. */
const checkpointPages = 16_000;
/** After a burst the write-ahead log is cut back to this. */
const journalBytesMax = 64 * 1024 * 1024;
