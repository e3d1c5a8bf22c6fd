import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import type { EventStore } from '../../src/es/store.ts';
import { openSqliteStore } from '../../src/store/sqlite/store.ts';

/** A SQLite log in a folder of its own for all tests of a suite: returns the way to it, once the suite has begun. */
export function openLogForAll(): () => EventStore {
  let dir: string;
  let store: EventStore;
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'xiangyue-'));
    store = openSqliteStore({ dir, mode: 'write', now: () => 1_000, newId: () => 'log-1' });
  });
  afterAll(async () => {
    await store.close();
    rmSync(dir, { recursive: true, force: true });
  });
  return () => store;
}
