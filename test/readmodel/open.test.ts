import { readdir, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Projection } from '../../src/es/projection.ts';
import { Runner } from '../../src/es/runner.ts';
import type { EventStore } from '../../src/es/store.ts';
import { openBeside, openDatabase } from '../../src/readmodel/database.ts';
import { type Notice, openReadModel } from '../../src/readmodel/open.ts';
import { fileStem } from '../../src/readmodel/tables.ts';
import { listed, memoryStore, record } from '../support/hamlet-log.ts';
import { type Hamlet, hamlets } from '../support/hamlets.ts';
import { withFolder } from '../support/holds-to-the-fold.ts';

const untyped = (projection: Projection<Hamlet>) => projection as unknown as Projection;
const today = { effectiveOn: '2020-06-30', position: 100 };
const shouting: Projection<Hamlet> = {
  ...hamlets,
  version: 2,
  handlers: {
    ...hamlets.handlers,
    HamletListed: (_, { data }) => ({ ...(data as Hamlet), name: `${(data as Hamlet).name}!` }),
  },
};

async function opened(dir: string, store: EventStore, projection = hamlets) {
  const notices: Notice[] = [];
  const projections = [untyped(projection)];
  const model = await openReadModel({ dir, projections, store, onNotice: (notice) => void notices.push(notice) });
  const catchUp = async () => {
    const { position } = await store.head();
    const fail = async (error: unknown) => Promise.reject(error);
    const runner = Runner.start({ store, sink: model, onFailure: fail });
    await runner.waitFor(position, new AbortController().signal);
    await runner.stop();
  };
  return { model, notices, kinds: () => notices.map(({ kind }) => kind), catchUp };
}

async function seeded(): Promise<EventStore> {
  const store = memoryStore();
  await record(store, listed('a', '2016-07-31', '下围'));
  await record(store, listed('b', '2016-07-31', '上围'));
  return store;
}

describe('openReadModel()', () => {
  it('builds the first file before it answers', async () => {
    await withFolder(async (dir) => {
      const { model, kinds } = await opened(join(dir, 'data'), await seeded());
      expect(model.count(hamlets, {}, today)).toBe(2);
      expect(model.building).toBe(false);
      expect(kinds()).toEqual(['building', 'built']);
      await model.close();
    });
  });

  it('opens what is there, and goes on from its position', async () => {
    await withFolder(async (dir) => {
      const store = await seeded();
      await (await opened(dir, store)).model.close();
      await record(store, listed('c', '2016-07-31', '白马'));
      const { model, kinds, catchUp } = await opened(dir, store);
      expect(model.position).toBe(2);
      await catchUp();
      expect(model.count(hamlets, {}, today)).toBe(3);
      expect(kinds()).toEqual([]);
      await model.close();
    });
  });

  it('joins what many small transactions have left', async () => {
    await withFolder(async (dir) => {
      const store = memoryStore();
      const first = await opened(dir, store);
      for (let i = 0; i < 220; i++) {
        await record(store, listed(`h${i}`, '2016-07-31', `村${i}`));
        await first.catchUp();
      }
      await first.model.close();
      const packs = () => {
        const db = openBeside(join(dir, `${fileStem([untyped(hamlets)])}.sqlite`));
        const rows = db.prepare('select kind, count(*) as n from pack group by kind order by kind').all();
        db.close();
        return rows.map((row) => ({ ...row }));
      };
      expect(packs()).toEqual([
        { kind: 'deltas', n: 220 },
        { kind: 'positions', n: 220 },
      ]);
      await (await opened(dir, store)).model.close();
      expect(packs()).toEqual([
        { kind: 'deltas', n: 1 },
        { kind: 'positions', n: 1 },
      ]);
      const { model } = await opened(dir, store);
      expect(model.tally(hamlets, ['all'], { ...today, position: 120 })).toEqual([[120, 1_200]]);
      expect(model.touched(['hamlet'], 17)).toBe(17);
      await model.close();
    });
  });

  it('answers from the older file until the new version takes over', async () => {
    await withFolder(async (dir) => {
      const store = await seeded();
      const old = (await opened(dir, store)).model;
      const { generation } = old;
      await old.close();
      await record(store, listed('c', '2016-07-31', '白马'));
      const { model, kinds, catchUp } = await opened(dir, store, shouting);
      expect([model.building, model.position, model.one(shouting, 'a', today)?.name]).toEqual([true, 2, '下围']);
      expect(kinds()).toEqual(['building']);
      await model.settled();
      expect([model.building, model.position, model.one(shouting, 'a', today)?.name]).toEqual([false, 3, '下围!']);
      expect(model.generation).not.toBe(generation);
      await record(store, listed('d', '2016-07-31', '白'));
      await catchUp();
      expect(model.one(shouting, 'd', today)?.name).toBe('白!');
      await model.close();
      expect(await readdir(dir)).toEqual([`${fileStem([untyped(shouting)])}-2.sqlite`]);
    });
  });

  it('lets a runner wait for the new file', async () => {
    await withFolder(async (dir) => {
      const store = await seeded();
      await (await opened(dir, store)).model.close();
      await record(store, listed('c', '2016-07-31', '白马'));
      const { model, catchUp } = await opened(dir, store, shouting);
      await catchUp();
      expect(model.one(shouting, 'c', today)?.name).toBe('白马!');
      await model.close();
    });
  });

  it('reports a build that fails on a quiet log, and tries it again', async () => {
    await withFolder(async (dir) => {
      const store = await seeded();
      await (await opened(dir, store)).model.close();
      const { readStreams } = store;
      store.readStreams = () => {
        throw new Error('disk full');
      };
      const { model } = await opened(dir, store, shouting);
      const failures: unknown[] = [];
      const runner = Runner.start({
        store,
        sink: model,
        onFailure: async () => {
          failures.push(model.failure);
          if (failures.length === 2) store.readStreams = readStreams;
        },
      });
      await expect.poll(() => model.building, { timeout: 20_000 }).toBe(false);
      await runner.stop();
      expect(failures).toEqual(['Error: disk full', 'Error: disk full']);
      expect([model.failure, model.one(shouting, 'a', today)?.name]).toEqual([null, '下围!']);
      await model.close();
    });
  });

  it('does not answer from an older file that lacks a column', async () => {
    await withFolder(async (dir) => {
      const store = await seeded();
      await (await opened(dir, store)).model.close();
      const wider = { ...hamlets, columns: { ...hamlets.columns, township: 'text' } } as unknown as Projection<Hamlet>;
      const { model, notices } = await opened(dir, store, wider);
      expect(notices.map(({ kind }) => kind)).toEqual(['discarded', 'building', 'built']);
      expect(notices[1]).toMatchObject({ serving: null });
      expect(model.one(wider, 'a', today)).toMatchObject({ name: '下围', township: null });
      await model.close();
    });
  });

  it.each([
    ['is no database', (path: string) => writeFile(path, 'x'.repeat(100_000))],
    ['is cut off', (path: string) => truncate(path, 20_000)],
    ['is empty', (path: string) => truncate(path, 0)],
  ])('throws away a file that %s, and says so', async (_, damage) => {
    await withFolder(async (dir) => {
      const store = await seeded();
      await (await opened(dir, store)).model.close();
      await damage(join(dir, `${fileStem([untyped(hamlets)])}.sqlite`));
      const { model, kinds } = await opened(dir, store);
      expect(kinds()).toEqual(['discarded', 'building', 'built']);
      expect(model.count(hamlets, {}, today)).toBe(2);
      await model.close();
    });
  });

  it('throws away the file of another log, or one ahead of its log', async () => {
    await withFolder(async (dir) => {
      const store = await seeded();
      await (await opened(dir, store)).model.close();
      const { model, kinds } = await opened(dir, memoryStore());
      expect(kinds()).toEqual(['discarded', 'building', 'built']);
      expect(model.count(hamlets, {}, today)).toBe(0);
      await model.close();
    });
  });

  it('replaces a file that is found damaged while it serves', async () => {
    await withFolder(async (dir) => {
      const store = await seeded();
      const { model, kinds } = await opened(dir, store);
      const path = join(dir, `${fileStem([untyped(hamlets)])}.sqlite`);
      await writeFile(path, 'x'.repeat(200_000));
      await record(store, listed('c', '2016-07-31', '白马'));
      const history = (stream: string) => store.readSubject(stream);
      await expect(model.apply(await store.readLog({ from: 2, limit: 10 }), history)).rejects.toThrow('malformed');
      expect(model.building).toBe(true);
      await model.apply(await store.readLog({ from: 2, limit: 10 }), history);
      expect(kinds()).toEqual(['building', 'built', 'discarded', 'built']);
      expect(model.count(hamlets, {}, today)).toBe(3);
      await model.close();
    });
  });

  it('replaces a file that a read finds damaged, though the log is quiet', async () => {
    await withFolder(async (dir) => {
      const store = await seeded();
      await (await opened(dir, store)).model.close();
      const { model, kinds } = await opened(dir, store);
      const runner = Runner.start({ store, sink: model, onFailure: async (error) => Promise.reject(error) });
      const path = join(dir, `${fileStem([untyped(hamlets)])}.sqlite`);
      // A write by another connection: what the read model has in memory of the file counts no more.
      const other = openDatabase(path);
      other.exec('pragma user_version = 7');
      other.close();
      await writeFile(path, 'x'.repeat(200_000));
      const ask = () => model.one(hamlets, 'a', today)?.name;
      expect(ask).toThrow(expect.objectContaining({ code: 'E_UNAVAILABLE' }));
      expect(model.building).toBe(true);
      await expect.poll(() => model.building, { timeout: 20_000 }).toBe(false);
      expect([ask(), kinds()]).toEqual(['下围', ['discarded', 'built']]);
      await runner.stop();
      await model.close();
    });
  });
});
