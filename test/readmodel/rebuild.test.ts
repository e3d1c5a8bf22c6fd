import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Projection } from '../../src/es/projection.ts';
import type { EventStore } from '../../src/es/store.ts';
import { compare } from '../../src/readmodel/compare.ts';
import { openDatabase } from '../../src/readmodel/database.ts';
import { rebuild } from '../../src/readmodel/rebuild.ts';
import type { Progress } from '../../src/readmodel/source.ts';
import { SqliteReadModel } from '../../src/readmodel/sqlite-read-model.ts';
import { openSqliteStore } from '../../src/store/sqlite/store.ts';
import { listed, memoryStore, record } from '../support/hamlet-log.ts';
import { hamletSource } from '../support/hamlet-source.ts';
import { hamlets } from '../support/hamlets.ts';
import { appliedInBatches, expectEqualFiles, withFolder } from '../support/holds-to-the-fold.ts';

const projections = [hamlets as unknown as Projection];
async function fill(store: EventStore): Promise<void> {
  const ids = Array.from({ length: 40 }, (_, i) => `h${i}`);
  for (const [i, id] of ids.entries()) await record(store, listed(id, '2016-07-31', `村${i % 9}`, `k${i % 3}`));
  for (const [i, id] of ids.entries()) {
    const others = i % 4 === 0 ? [ids[(i * 7) % 40] as string, `shared${i}`] : [];
    await record(store, { type: 'HamletMoved', hamlet: id, others, on: '2018-10-31', data: { county: 'k9' } });
    if (i % 5 === 0) await record(store, { type: 'HamletRenamed', hamlet: id, on: '2017-10-31', data: { name: '白' } });
    if (i % 10 === 0)
      await record(store, { type: 'EventVoided', hamlet: id, on: '2016-07-31', voids: `hamlet-${id}.0` });
  }
}

describe('rebuild()', () => {
  it('makes in worker threads the file that live application makes', async () => {
    await withFolder(async (dir) => {
      const store = openSqliteStore({ dir, mode: 'write', kind: 'simulated', now: () => 1, newId: () => 'log' });
      await fill(store);
      const progress: Progress[] = [];
      const options = {
        projections,
        store,
        source: hamletSource(dir),
        onProgress: (p: Progress) => void progress.push(p),
      };
      await rebuild({ ...options, path: join(dir, 'built.sqlite'), workers: 3 });
      const log = await store.readLog({ limit: 10_000 });
      const live = await appliedInBatches(join(dir, 'live.sqlite'), hamlets, store, log, [10, 11, 57]);
      live.close();
      await store.close();
      expectEqualFiles(join(dir, 'live.sqlite'), join(dir, 'built.sqlite'), hamlets);
      expect(progress.at(-1)).toEqual({ phase: 'finish', events: log.length });
    });
  });

  it('says what failed in a worker', async () => {
    await withFolder(async (dir) => {
      const store = memoryStore();
      await fill(store);
      const building = rebuild({
        path: join(dir, 'built.sqlite'),
        projections,
        store,
        source: hamletSource(dir),
        workers: 2,
      });
      await expect(building).rejects.toMatchObject({ code: 'E_NOT_FOUND' });
      const missing = { ...hamletSource(dir), module: new URL('./no-such-module.ts', import.meta.url).href };
      const hopeless = rebuild({ path: join(dir, 'built.sqlite'), projections, store, source: missing, workers: 1 });
      await expect(hopeless).rejects.toThrow('no-such-module');
    });
  });

  it('builds as of an earlier position', async () => {
    await withFolder(async (dir) => {
      const store = memoryStore();
      await fill(store);
      const path = join(dir, 'built.sqlite');
      expect(await rebuild({ path, projections, store, until: 40 })).toBe(40);
      const log = await store.readLog({ limit: 40 });
      (await appliedInBatches(join(dir, 'live.sqlite'), hamlets, store, log, [])).close();
      expectEqualFiles(join(dir, 'live.sqlite'), path, hamlets);
    });
  });

  it('goes on with what is appended after it', async () => {
    await withFolder(async (dir) => {
      const store = memoryStore();
      await fill(store);
      const path = join(dir, 'built.sqlite');
      const position = await rebuild({ path, projections, store });
      await record(store, { type: 'HamletRenamed', hamlet: 'h3', on: '2016-08-01', data: { name: '上' } });
      const model = SqliteReadModel.over(openDatabase(path), projections);
      await model.apply(await store.readLog({ from: position, limit: 10 }), (stream) => store.readSubject(stream));
      model.close();
      const log = await store.readLog({ limit: 10_000 });
      (await appliedInBatches(join(dir, 'live.sqlite'), hamlets, store, log, [])).close();
      expectEqualFiles(join(dir, 'live.sqlite'), path, hamlets);
    });
  });

  it('is trivial for an empty log', async () => {
    await withFolder(async (dir) => {
      const path = join(dir, 'built.sqlite');
      expect(await rebuild({ path, projections, store: memoryStore() })).toBe(0);
      const model = SqliteReadModel.over(openDatabase(path), projections);
      expect(model.count(hamlets, {}, { effectiveOn: '2020-06-30', position: 0 })).toBe(0);
      model.close();
    });
  });
});

describe('compare()', () => {
  it('names the first differences', async () => {
    await withFolder(async (dir) => {
      const [store, other] = [memoryStore(), memoryStore()];
      await fill(store);
      await fill(other);
      await record(other, { type: 'HamletMoved', hamlet: 'h1', on: '2020-02-29', data: { county: 'k7' } });
      for (const [name, log] of Object.entries({ a: store, b: other })) {
        await rebuild({ path: join(dir, name), projections, store: log });
      }
      const [a, b] = [openDatabase(join(dir, 'a')), openDatabase(join(dir, 'b'))];
      const found = compare(a, b, projections);
      expect(found.map(({ what, id }) => [what, id])).toEqual([
        ['row', 'h1'],
        ['row', 'h1'],
        ['tally', 'k7'],
        ['tally', 'k9'],
        ['positions', ''],
      ]);
      a.close();
      b.close();
    });
  });
});
