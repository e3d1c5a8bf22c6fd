import { onTestFinished } from 'vitest';
import type { EventStore } from '../../src/es/store.ts';
import { openSqliteStore, type SqliteStoreOptions } from '../../src/store/sqlite/store.ts';

/** The SQLite log of a folder, opened by the test that asks and closed when that has finished. */
export function openLog(dir: string, options: Partial<SqliteStoreOptions> = {}): EventStore {
  const store = openSqliteStore({ dir, mode: 'write', now: () => 1_000, newId: () => 'log-1', ...options });
  onTestFinished(() => store.close());
  return store;
}
