/** The SQLite driver of the read model, and how its files are opened. */
import { DatabaseSync, type DatabaseSyncInstance, type StatementSyncInstance } from '@photostructure/sqlite';

export type Database = DatabaseSyncInstance;
export type Statement = StatementSyncInstance;

/** Opens a read-model file for serving. NORMAL may lose the last transactions in a power cut: the runner applies them again. */
export function openDatabase(path: string): Database {
  const db = new DatabaseSync(path);
  db.exec(
    'pragma journal_mode = wal; pragma synchronous = normal; pragma temp_store = memory; pragma cache_size = -64000; pragma wal_autocheckpoint = 4000',
  );
  return db;
}

/** Opens a file to look at, also while a server serves it. */
export const openBeside = (path: string): Database => new DatabaseSync(path, { readOnly: true });

/** Opens a new file that is worth nothing until it is finished and renamed: no journal, no syncs. */
export function openDraft(path: string): Database {
  const db = new DatabaseSync(path);
  db.exec(
    'pragma journal_mode = off; pragma synchronous = off; pragma temp_store = memory; pragma cache_size = -64000',
  );
  return db;
}

/** Closes a file that was opened for serving. The driver closes for good only once the last statement is collected; so the journal is
 *  taken in here, and nothing is left for later that would touch the files. */
export function closeDatabase(db: Database): void {
  try {
    db.exec('pragma journal_mode = delete');
  } catch (error) {
    // Another process reads it, or the file is damaged: the journal stays and is taken up by whoever opens the file next.
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_SQLITE_ERROR')) throw error;
  } finally {
    db.close();
  }
}

/** Keeps a read transaction open between writes: without it each read takes and returns the file's locks, which costs ten times what a
 *  look-up by an index does. No other connection writes to the file, so nothing is missed. */
export class HeldReads {
  private held = false;

  constructor(private readonly db: Database) {}

  /** Called before a read. */
  hold(): void {
    if (this.held) return;
    this.db.exec('begin');
    this.held = true;
  }

  /** Called before a write, and before the file is closed. */
  release(): void {
    if (!this.held) return;
    this.held = false;
    this.db.exec('commit');
  }
}

/** A statement that yields each row as an array of its columns. */
export function arrays(db: Database, sql: string): Statement {
  const statement = db.prepare(sql);
  statement.setReturnArrays(true);
  return statement;
}

/** Runs `work` in one transaction: all of it is committed, or none and what it threw is thrown on. */
export function transaction(db: Database, work: () => void): void {
  db.exec('begin immediate');
  try {
    work();
    db.exec('commit');
  } catch (error) {
    // A full disk may have rolled back already.
    if (db.isTransaction) db.exec('rollback');
    throw error;
  }
}
