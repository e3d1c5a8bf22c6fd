/** The log in one SQLite file: the default store. Format: docs in schema.ts; one writer, any number of readers. */
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { CodedError } from '../../es/errors.ts';
import type { Instant, NewEvent, Position, RecordedEvent } from '../../es/event.ts';
import type {
  Appended,
  EventStore,
  ExpectedRevision,
  Head,
  LogIdentity,
  ReadLog,
  ReadStream,
  SharedEvents,
  StreamRange,
} from '../../es/store.ts';
import { Bell } from '../bell.ts';
import { type Database, openForReading, openForWriting } from './database.ts';
import { storageFault } from './faults.ts';
import { GroupWriter } from './group-writer.ts';
import { lockFolder } from './lock.ts';
import { closedLog, LogFile } from './log-file.ts';
import { PollingBell } from './polling-bell.ts';
import { readShared, readStreams } from './read-ranges.ts';
import { Reader } from './reader.ts';
import { migrate, migrations, schemaVersion } from './schema.ts';
import { insertLog } from './sql.ts';

export interface SqliteStoreOptions {
  /** The data folder; made where it is missing. */
  readonly dir: string;
  /** `write` takes the folder for this process; `read` works beside a writer and refuses appends. */
  readonly mode: 'write' | 'read';
  readonly now: () => Instant;
  /** What the log must be. Left out: a new log is real, and one that is there may be either. */
  readonly kind?: LogIdentity['kind'];
  /** Makes the id of a new log. */
  readonly newId: () => string;
  /** Events that one transaction takes from waiting appends. More are quicker, and keep the event loop longer. */
  readonly groupEventsMax?: number;
  /** How often a reader looks whether the writer has appended. */
  readonly pollIntervalMs?: number;
  /** Sees each connection after it is opened, before it is used: for pragmas of tests and tools. */
  readonly onConnection?: (database: Database) => void;
}

const defaultPollIntervalMs = 250;
/** Name of the log in its folder. */
const logFileName = 'log.sqlite';

/** Opens the log of a data folder. Errors: `E_DATA_DIR_IN_USE`, `E_LOG_KIND`, `E_LOG_DAMAGED`, `E_READ_ONLY`,
 *  `E_STORAGE_FULL`, `E_UNAVAILABLE`, `E_EVENT_UNKNOWN` (a newer format), `E_NOT_FOUND` (no log to read). */
export function openSqliteStore(options: SqliteStoreOptions): EventStore {
  try {
    return options.mode === 'write' ? openWriter(options) : openReader(options);
  } catch (error) {
    throw storageFault(error, options.dir);
  }
}

function openWriter(options: SqliteStoreOptions): EventStore {
  const { dir, now, kind, newId, groupEventsMax } = options;
  mkdirSync(dir, { recursive: true });
  const path = join(dir, logFileName);
  // SQLite opens what it may not write for reading, and says nothing: an append would be the first to know.
  for (const file of [dir, path].filter(existsSync)) accessSync(file, constants.R_OK | constants.W_OK);
  const unlock = lockFolder(dir);
  const open = () =>
    prepared(openForWriting(path), options, (database) =>
      migrate(database, () => database.prepare(insertLog).run(newId(), kind ?? 'real', now())),
    );
  try {
    const file = new LogFile({ path, open });
    const bell = new Bell();
    const writer = new GroupWriter(file, now, () => bell.ring(), groupEventsMax);
    return new SqliteStore(file, bell, kind, { writer, release: unlock });
  } catch (error) {
    unlock();
    throw error;
  }
}

function openReader(options: SqliteStoreOptions): EventStore {
  const { dir, kind, pollIntervalMs = defaultPollIntervalMs } = options;
  const path = join(dir, logFileName);
  const noLog = () => new CodedError('E_NOT_FOUND', 'There is no log in this data folder.');
  if (!existsSync(path)) throw noLog();
  const open = () =>
    prepared(openForReading(path), options, (database) => {
      const version = schemaVersion(database);
      if (version === 0) throw noLog();
      if (version < migrations.length)
        throw new CodedError('E_UNAVAILABLE', 'The log awaits its writer, who brings it to the new format.');
    });
  const file = new LogFile({ path, open });
  const bell = new PollingBell(file, pollIntervalMs);
  return new SqliteStore(file, bell, kind, { release: () => bell.stop() });
}

/** A connection made ready, or closed again where it cannot be. */
function prepared(
  database: Database,
  { onConnection }: SqliteStoreOptions,
  prepare: (database: Database) => void,
): Database {
  try {
    onConnection?.(database);
    prepare(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

interface Role {
  /** A reader has none. */
  readonly writer?: GroupWriter;
  readonly release: () => void;
}

class SqliteStore implements EventStore {
  readonly #file: LogFile;
  readonly #reader: Reader;
  readonly #bell: Bell | PollingBell;
  readonly #role: Role;
  readonly #identity: LogIdentity;
  #closing: Promise<void> | undefined;

  constructor(file: LogFile, bell: Bell | PollingBell, kind: LogIdentity['kind'] | undefined, role: Role) {
    this.#file = file;
    this.#bell = bell;
    this.#role = role;
    this.#reader = new Reader(file);
    try {
      this.#identity = this.#reader.identity();
      if (kind !== undefined && this.#identity.kind !== kind) {
        throw new CodedError('E_LOG_KIND', `This log is ${this.#identity.kind}.`, { kind: this.#identity.kind });
      }
    } catch (error) {
      file.close();
      throw error;
    }
  }

  async identity(): Promise<LogIdentity> {
    return this.#identity;
  }

  append(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): Promise<Appended> {
    if (this.#closing) return Promise.reject(closedLog());
    if (!this.#role.writer) return Promise.reject(new CodedError('E_READ_ONLY', 'The log was opened for reading.'));
    return this.#role.writer.append(stream, events, expected);
  }

  async readStream(stream: string, options?: ReadStream): Promise<readonly RecordedEvent[]> {
    return this.#reader.readStream(stream, options);
  }

  async readSubject(stream: string): Promise<readonly RecordedEvent[]> {
    return this.#reader.readSubject(stream);
  }

  async readLog(options: ReadLog): Promise<readonly RecordedEvent[]> {
    return this.#reader.readLog(options);
  }

  readStreams(range: StreamRange): AsyncIterable<readonly RecordedEvent[]> {
    return readStreams(this.#file, range);
  }

  readShared(range: StreamRange): AsyncIterable<readonly SharedEvents[]> {
    return readShared(this.#file, range);
  }

  async head(): Promise<Head> {
    return this.#reader.head();
  }

  async positionAt(instant: Instant): Promise<Position> {
    return this.#reader.positionAt(instant);
  }

  onAppend(ring: () => void): () => void {
    return this.#bell.listen(ring);
  }

  /** What was asked for before is still written. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await this.#role.writer?.drain();
    this.#file.close();
    this.#role.release();
  }
}
