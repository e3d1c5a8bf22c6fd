/** `access.sqlite` of the data folder: keys of machines, and tokens that were revoked. The command line writes it beside a
 *  running server. */
import { closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { CodedError, invariant } from '../es/errors.ts';

const busyTimeoutMs = 2_000;
const format = 1;
const synchronousExtra = 3;

const tables = `
create table api_key (
  id text primary key,
  secret_sha256 blob not null,
  name text not null,
  grants text not null,
  created_by text not null,
  created_at integer not null,
  expires_at integer not null,
  revoked_at integer,
  last_used_at integer
) strict;
create table revoked_token (
  jti text primary key,
  revoked_at integer not null,
  kept_until integer not null
) strict;
pragma user_version = ${format};`;

export const accessFileOf = (dir: string): string => join(dir, 'access.sqlite');

export class AccessFile {
  private opened: { readonly database: DatabaseSyncInstance; readonly inode: number } | undefined;

  constructor(private readonly dir: string) {}

  /** Reads; undefined where there is no file yet. Errors: `E_UNAVAILABLE`. */
  read<T>(work: (database: DatabaseSyncInstance) => T): T | undefined {
    return coded(() => (existsSync(accessFileOf(this.dir)) ? work(this.database()) : undefined));
  }

  /** Writes in one transaction, on the disk when this returns; makes the file where there is none. Errors: `E_UNAVAILABLE`,
   *  `E_STORAGE_FULL`, `E_READ_ONLY`. */
  write<T>(work: (database: DatabaseSyncInstance) => T): T {
    return coded(() => {
      const database = this.database();
      database.exec('begin immediate');
      try {
        const result = work(database);
        database.exec('commit');
        return result;
      } catch (error) {
        // A full disk has rolled back already.
        if (database.isTransaction) database.exec('rollback');
        throw error;
      }
    });
  }

  close(): void {
    this.opened?.database.close();
    this.opened = undefined;
  }

  private database(): DatabaseSyncInstance {
    const path = accessFileOf(this.dir);
    // A file that was put in another's place speaks for itself: a restored one, or none after it was taken away.
    const inode = statSync(path, { throwIfNoEntry: false })?.ino;
    if (this.opened && this.opened.inode === inode) return this.opened.database;
    this.close();
    mkdirSync(this.dir, { recursive: true });
    // SQLite would make it readable for everybody; its journal takes over the mode of the file.
    closeSync(openSync(path, 'a', 0o600));
    const database = open(path);
    this.opened = { database, inode: statSync(path).ino };
    return database;
  }
}

function open(path: string): DatabaseSyncInstance {
  const database = new DatabaseSync(path, { timeout: busyTimeoutMs });
  try {
    // One file and no write-ahead log beside it: a file that is put in its place must not meet another's. A revocation that
    // a power cut took back would be none.
    database.exec('pragma journal_mode = delete; pragma synchronous = extra;');
    invariant(pragma(database, 'synchronous') === synchronousExtra, 'every commit of the file of keys is synced');
    if (pragma(database, 'user_version') === 0) make(database);
    if (pragma(database, 'user_version') !== format) {
      throw new CodedError('E_UNAVAILABLE', 'The file of keys has a format that this program does not know.');
    }
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Two processes may open a new file at once. */
function make(database: DatabaseSyncInstance): void {
  database.exec('begin immediate');
  if (pragma(database, 'user_version') === 0) database.exec(tables);
  database.exec('commit');
}

const pragma = (database: DatabaseSyncInstance, name: string): unknown =>
  Object.values(database.prepare(`pragma ${name}`).get() as object)[0];

const full = 13;
const readOnly = 8;
const systemCodes: Readonly<Record<string, number>> = {
  EACCES: readOnly,
  EPERM: readOnly,
  EROFS: readOnly,
  ENOSPC: full,
  EDQUOT: full,
};

/** What the disk or SQLite refuses, as errors of the catalogue. */
function coded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof CodedError || !(error instanceof Error)) throw error;
    const { errcode, code } = error as { errcode?: number; code?: string };
    if (errcode === undefined && code === undefined) throw error;
    const number = errcode === undefined ? systemCodes[code ?? ''] : errcode & 0xff;
    const cause = { cause: error };
    if (number === full) throw new CodedError('E_STORAGE_FULL', 'The disk of the data folder is full.', {}, cause);
    if (number === readOnly) throw new CodedError('E_READ_ONLY', 'The data folder cannot be written.', {}, cause);
    throw new CodedError('E_UNAVAILABLE', 'The file of keys cannot be reached at the moment.', {}, cause);
  }
}
