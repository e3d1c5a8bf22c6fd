/** The vault's SQLite file: how it is opened, its tables, and its failures as errors of the catalogue. */
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { CodedError, invariant } from '../es/errors.ts';

export type Database = DatabaseSyncInstance;

/** The vault of a data folder. */
export const vaultFileOf = (dir: string): string => join(dir, 'vault.sqlite');

const busyTimeoutMs = 2_000;
const format = 1;
const synchronousFull = 2;

const tables = `
create table vault (
  one integer primary key check (one = 1),
  log_id text not null,
  settled_position integer not null
) strict;
create table master (
  one integer primary key check (one = 1),
  key_id text not null,
  ref_key blob not null,
  rotated_at integer
) strict;
create table person (
  person_ref text primary key,
  wrapped_key blob,
  erased integer not null check (erased = (wrapped_key is null))
) strict;
create table datum (
  person_ref text not null,
  field text not null,
  version integer not null,
  processing_ground text not null,
  retention text not null,
  box blob not null,
  primary key (person_ref, field)
) strict;
pragma user_version = ${format};`;

/** Opens the file for writing, makes it for the log where there is none. What is deleted is overwritten; a commit is on the
 *  disk when it returns. Errors: `E_VAULT_UNAVAILABLE` (another log's, a newer format), `E_VAULT_DAMAGED` and the disk's. */
export function openVaultFile(dir: string, logId: string): Database {
  return coded(() => {
    const path = vaultFileOf(dir);
    // SQLite would make it readable for everybody; its journals take over the mode of the file.
    closeSync(openSync(path, 'a', 0o600));
    const database = new DatabaseSync(path, { timeout: busyTimeoutMs });
    try {
      database.exec('pragma journal_mode = wal; pragma synchronous = full; pragma secure_delete = on;');
      invariant(pragma(database, 'synchronous') === synchronousFull, 'every commit of the vault is synced');
      invariant(pragma(database, 'secure_delete') === 1, 'what the vault deletes is overwritten');
      if (pragma(database, 'user_version') === 0) {
        transact(database, () => {
          database.exec(tables);
          database.prepare('insert into vault values (1, ?, 0)').run(logId);
        });
      }
      checkBelonging(database, logId);
      return database;
    } catch (error) {
      database.close();
      throw error;
    }
  });
}

/** Opens the file to look at, also beside a server. Errors: as `openVaultFile`. */
export const openVaultBeside = (dir: string): Database =>
  coded(() => new DatabaseSync(vaultFileOf(dir), { readOnly: true, timeout: busyTimeoutMs }));

function checkBelonging(database: Database, logId: string): void {
  if (pragma(database, 'user_version') !== format) {
    throw new CodedError('E_VAULT_UNAVAILABLE', 'The vault has a format that this program does not know.');
  }
  const { log_id } = database.prepare('select log_id from vault').get() as { log_id: string };
  if (log_id !== logId) throw new CodedError('E_VAULT_UNAVAILABLE', 'The vault belongs to another log.');
}

const pragma = (database: Database, name: string): unknown =>
  Object.values(database.prepare(`pragma ${name}`).get() as object)[0];

/** Runs `work` in one transaction that is synced when this returns: all of it, or none. */
export function transact<T>(database: Database, work: () => T): T {
  database.exec('begin immediate');
  try {
    const result = work();
    database.exec('commit');
    return result;
  } catch (error) {
    // A full disk has rolled back already.
    if (database.isTransaction) database.exec('rollback');
    throw error;
  }
}

/** Empties the write-ahead log into the file, so that nothing old is left in it. Errors: `E_VAULT_UNAVAILABLE` where
 *  somebody is reading it. */
export function emptyJournal(database: Database): void {
  const { busy } = database.prepare('pragma wal_checkpoint(truncate)').get() as { busy: number };
  if (busy !== 0) throw new CodedError('E_VAULT_UNAVAILABLE', 'Another process is reading the vault.');
}

const full = 13;
const codes: Readonly<Record<number, readonly ['E_STORAGE_FULL' | 'E_READ_ONLY' | 'E_VAULT_DAMAGED', string]>> = {
  8: ['E_READ_ONLY', 'The data folder cannot be written; nothing was written.'],
  11: ['E_VAULT_DAMAGED', 'The file of the vault is damaged.'],
  [full]: ['E_STORAGE_FULL', 'The disk of the data folder is full; nothing was written.'],
  26: ['E_VAULT_DAMAGED', 'The file of the vault is damaged.'],
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
    throw new CodedError(
      'E_VAULT_UNAVAILABLE',
      'The vault of persons cannot be reached at the moment.',
      {},
      {
        cause: error,
      },
    );
  }
}
