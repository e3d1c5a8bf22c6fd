/** The file of webhooks: how it is opened, its tables, and its failures as errors of the catalogue. */
import { closeSync, existsSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { CodedError, invariant } from '../es/errors.ts';

export type Database = DatabaseSyncInstance;

const fileOf = (dir: string): string => join(dir, 'webhooks.sqlite');
const busyTimeoutMs = 2_000;
const format = 1;
const synchronousFull = 2;

const tables = `
create table log (
  one integer primary key check (one = 1),
  log_id text not null
) strict;
create table target (
  id text primary key,
  url text not null,
  secret text not null,
  old_secret text,
  old_secret_until integer,
  filter text not null,
  principal text not null,
  checkpoint integer not null,
  status text not null check (status in ('ACTIVE', 'PAUSED', 'PARKED')),
  failures integer not null,
  last_error text,
  next_attempt_at integer,
  created_at integer not null
) strict;
pragma user_version = ${format};`;

/** Whether a data folder has webhooks. */
export const hasWebhooks = (dir: string): boolean => existsSync(fileOf(dir));

/** Opens the file, made for the log where there is none: readable by its owner alone, since it holds the secrets that sign. A
 *  commit is on the disk when it returns, what is deleted is overwritten. Errors: `E_UNAVAILABLE` and those of the disk. */
export function openWebhookFile(dir: string, logId: string): Database {
  return coded(() => {
    const path = fileOf(dir);
    // SQLite would make it readable for everybody; its journals take over the mode of the file.
    closeSync(openSync(path, 'a', 0o600));
    const database = new DatabaseSync(path, { timeout: busyTimeoutMs });
    try {
      database.exec('pragma journal_mode = wal; pragma synchronous = full; pragma secure_delete = on;');
      invariant(pragma(database, 'synchronous') === synchronousFull, 'every commit of the webhooks is synced');
      if (pragma(database, 'user_version') === 0) make(database, logId);
      if (pragma(database, 'user_version') !== format) {
        throw new CodedError('E_UNAVAILABLE', 'The webhooks have a format that this program does not know.');
      }
      return database;
    } catch (error) {
      database.close();
      throw error;
    }
  });
}

function make(database: Database, logId: string): void {
  database.exec('begin immediate');
  try {
    database.exec(tables);
    database.prepare('insert into log values (1, ?)').run(logId);
    database.exec('commit');
  } catch (error) {
    // A full disk has rolled back already.
    if (database.isTransaction) database.exec('rollback');
    throw error;
  }
}

const pragma = (database: Database, name: string): unknown =>
  Object.values(database.prepare(`pragma ${name}`).get() as object)[0];

const full = 13;
const codes: Readonly<Record<number, readonly ['E_STORAGE_FULL' | 'E_READ_ONLY', string]>> = {
  8: ['E_READ_ONLY', 'The data folder cannot be written; nothing was written.'],
  [full]: ['E_STORAGE_FULL', 'The disk of the data folder is full; nothing was written.'],
};
const systemCodes: Readonly<Record<string, number>> = { EACCES: 8, EPERM: 8, EROFS: 8, ENOSPC: full, EDQUOT: full };

/** Runs `work`; what the disk or SQLite refuses comes out coded, without a word of what was being written. */
export function coded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof CodedError || !(error instanceof Error)) throw error;
    const { errcode, code } = error as { errcode?: number; code?: string };
    const known = codes[errcode === undefined ? (systemCodes[code ?? ''] ?? 0) : errcode & 0xff];
    if (known) throw new CodedError(known[0], known[1], {}, { cause: error });
    if (errcode === undefined && code === undefined) throw error;
    throw new CodedError('E_UNAVAILABLE', 'The webhooks cannot be reached at the moment.', {}, { cause: error });
  }
}
