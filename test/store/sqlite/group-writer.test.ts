import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EventStore } from '../../../src/es/store.ts';
import { type Database, pragma } from '../../../src/store/sqlite/database.ts';
import { fact } from '../../support/facts.ts';
import { openLog } from '../../support/open-log.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { walCommits } from '../../support/wal-commits.ts';

function openCounted(): { store: EventStore; commits: () => number; connection: () => Database } {
  const dir = tempFolder();
  let connection: Database | undefined;
  const store = openLog(dir, {
    onConnection: (database) => {
      connection = database;
    },
  });
  const made = walCommits(join(dir, 'log.sqlite-wal'));
  return {
    store,
    commits: () => walCommits(join(dir, 'log.sqlite-wal')) - made,
    connection: () => connection as Database,
  };
}

const appendTo = (store: EventStore, stream: string, events = 1) =>
  store.append(stream, Array(events).fill(fact(stream)), 'any');

describe('append()', () => {
  it('commits what waits together in one transaction', async () => {
    const { store, commits } = openCounted();
    await Promise.all(Array.from({ length: 64 }, (_, i) => appendTo(store, `village-v${i}`)));
    expect(commits()).toBe(1);
  });

  it('keeps 64 writers together who each append again when answered', async () => {
    const { store, commits } = openCounted();
    const writer = async (_: unknown, i: number) => {
      for (let n = 0; n < 5; n += 1) {
        await appendTo(store, `village-v${i}`);
        // As a command does, which reads between two appends.
        for (let hop = 0; hop < i % 7; hop += 1) await store.head();
      }
    };
    await Promise.all(Array.from({ length: 64 }, writer));
    expect(commits()).toBe(5);
  });

  it('commits one alone at once', async () => {
    const { store, commits } = openCounted();
    await appendTo(store, 'village-a');
    await appendTo(store, 'village-a', 3);
    expect(commits()).toBe(2);
  });

  it('commits the others of a group in which one conflicts', async () => {
    const { store, commits } = openCounted();
    const [first, stale, last] = await Promise.allSettled([
      store.append('village-a', [fact('village-a')], 'none'),
      store.append('village-a', [fact('village-a'), fact('village-a')], 5),
      store.append('village-a', [fact('village-a')], 0),
    ]);
    expect(stale).toMatchObject({ reason: { code: 'E_STALE_REVISION', details: { actualRevision: 0 } } });
    expect([first, last]).toMatchObject([{ value: { position: 1 } }, { value: { position: 2, revision: 1 } }]);
    expect(commits()).toBe(1);
  });

  it('bounds a group, and lets reads between two', async () => {
    const { store, commits } = openCounted();
    const appends = Array.from({ length: 5 }, (_, i) => appendTo(store, `village-v${i}`, 400));
    await Promise.all(appends);
    expect(commits()).toBe(3);
    expect((await store.head()).position).toBe(2_000);
  });

  it('never leaves a transaction open', async () => {
    const { store, connection } = openCounted();
    const group = [appendTo(store, 'village-a'), store.append('village-a', [fact('village-a')], 9)];
    await Promise.allSettled(group);
    expect(connection().isTransaction).toBe(false);
    expect(pragma(connection(), 'synchronous')).toBe(2);
  });
});
