/** The data folder as commands open it: here the store and the clock are picked. */
import { randomUUID } from 'node:crypto';
import type { EventStore, LogIdentity } from '../es/store.ts';
import { openSqliteStore, type SqliteStoreOptions } from '../store/sqlite/store.ts';
import { now } from './clock.ts';

/** Takes the folder for this process. Errors: `E_DATA_DIR_IN_USE`, `E_LOG_KIND`, and those of the disk. */
export const openForWriting = (
  dir: string,
  kind: LogIdentity['kind'],
  options: Pick<SqliteStoreOptions, 'groupEventsMax'> = {},
): EventStore => openSqliteStore({ dir, mode: 'write', kind, now, newId: randomUUID, ...options });

/** Reads beside a running server. Errors: `E_NOT_FOUND` where there is no log. */
export const openForReading = (dir: string): EventStore =>
  openSqliteStore({ dir, mode: 'read', now, newId: randomUUID });
