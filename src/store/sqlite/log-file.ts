/** The open log: a connection, its prepared statements, and what happens when it breaks. */
import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { CodedError } from '../../es/errors.ts';
import { type Database, pragma, type Statement } from './database.ts';
import { losesConnection, storageFault } from './faults.ts';

export interface LogFileOptions {
  readonly path: string;
  readonly open: () => Database;
}

export class LogFile {
  readonly #options: LogFileOptions;
  readonly #statements = new Map<string, Statement>();
  /** Which file it is, whatever stands at its path later. */
  readonly #inode: number;
  #database: Database;
  #broken = false;
  #closed = false;

  /** Errors: those of `open`. */
  constructor(options: LogFileOptions) {
    this.#options = options;
    this.#database = options.open();
    this.#inode = statSync(options.path).ino;
  }

  /** Runs `work` on the connection. Failures come out coded; after one that may have cost the connection, the next call opens another. */
  run<T>(work: (file: LogFile) => T): T {
    if (this.#closed) throw closedLog();
    if (this.#broken) this.#reopen();
    try {
      return work(this);
    } catch (error) {
      if (losesConnection(error)) this.#broken = true;
      throw storageFault(error, dirname(this.#options.path));
    }
  }

  /** Runs `work` in one transaction that is synced before this returns. A failure undoes all of it. */
  transact<T>(work: (file: LogFile) => T): T {
    return this.run(() => {
      // A file that was deleted or moved away still takes what is written, and nobody would find it there again.
      if (!this.#isInPlace())
        throw new CodedError('E_UNAVAILABLE', 'The log is not in its place; nothing was written.');
      this.#database.exec('begin immediate');
      try {
        const result = work(this);
        this.#database.exec('commit');
        return result;
      } catch (error) {
        // A full disk or a failed write has rolled back already.
        if (this.#database.isTransaction) this.#database.exec('rollback');
        throw error;
      }
    });
  }

  /** The prepared statement of a constant of sql.ts. Rows come as arrays. */
  statement(sql: string): Statement {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#database.prepare(sql, { returnArrays: true });
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  pragma(name: string): string | number {
    return pragma(this.#database, name);
  }

  /** Leaves the whole log in its one file where it can: the driver keeps the files open until it has collected the
   *  statements, so that SQLite's own tidying at the last close may come late or never. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    try {
      this.#database.exec('pragma wal_checkpoint(truncate)');
    } catch {
      // A reader's connection may not, a full disk cannot: then the write-ahead log keeps what it holds for the next opening.
    }
    this.#statements.clear();
    this.#database.close();
  }

  #isInPlace(): boolean {
    return statSync(this.#options.path, { throwIfNoEntry: false })?.ino === this.#inode;
  }

  /** Swaps the connection for a fresh one on the same file. Where none can be had the old one stays: it may still read,
   *  and what it cannot do says so itself. */
  #reopen(): void {
    if (!this.#isInPlace()) return;
    let fresh: Database;
    try {
      fresh = this.#options.open();
    } catch {
      return;
    }
    this.#statements.clear();
    this.#database.close();
    this.#database = fresh;
    this.#broken = false;
  }
}

/** What whoever still uses the log after its close is told. */
export const closedLog = () => new CodedError('E_UNAVAILABLE', 'The log is closed.');
