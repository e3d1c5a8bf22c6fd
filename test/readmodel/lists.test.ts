import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Projection } from '../../src/es/projection.ts';
import { openBeside, openDatabase } from '../../src/readmodel/database.ts';
import { SqliteReadModel } from '../../src/readmodel/sqlite-read-model.ts';
import { listed, memoryStore, record } from '../support/hamlet-log.ts';
import { hamlets } from '../support/hamlets.ts';
import { withFolder } from '../support/holds-to-the-fold.ts';

async function withModel(
  work: (model: SqliteReadModel, write: (...facts: Parameters<typeof record>[1][]) => Promise<void>) => Promise<void>,
) {
  await withFolder(async (dir) => {
    const store = memoryStore();
    const model = SqliteReadModel.create(
      openDatabase(join(dir, 'model.sqlite')),
      [hamlets as unknown as Projection],
      'test',
    );
    await work(model, async (...facts) => {
      for (const fact of facts) await record(store, fact);
      await model.apply(await store.readLog({ from: model.position, limit: 10_000 }), (stream) =>
        store.readSubject(stream),
      );
    });
    model.close();
  });
}

describe('select()', () => {
  it('cuts every page of a fixed moment from the same picture while writes go on', async () => {
    await withModel(async (model, write) => {
      const ids = Array.from({ length: 50 }, (_, i) => `h${String(i).padStart(2, '0')}`);
      await write(...ids.map((id, i) => listed(id, '2016-07-31', `村${i % 7}`)));
      const at = { effectiveOn: '2020-06-30', position: model.position };
      const orderBy = [{ column: 'name', descending: true }];
      const seen: string[] = [];
      for (let n = 0; ; n++) {
        const last = seen.at(-1);
        const after =
          last === undefined ? undefined : { id: last, values: [model.one(hamlets, last, at)?.name ?? null] };
        const page = model.select(hamlets, { orderBy, after, limit: 7 }, at);
        seen.push(...page.map(({ id }) => id));
        if (page.length < 7) break;
        await write(
          { type: 'HamletRenamed', hamlet: ids[n * 5] as string, on: '2017-10-31', data: { name: '村9' } },
          { type: 'HamletGone', hamlet: ids[49 - n] as string, on: '2016-08-01' },
          listed(`new${n}`, '2016-07-31', '村3'),
        );
      }
      expect(seen).toHaveLength(50);
      expect(new Set(seen)).toEqual(new Set(ids));
      const now = model.select(hamlets, { limit: 100 }, { ...at, position: model.position });
      expect(now.map(({ id }) => id)).not.toEqual([...seen].sort());
    });
  });

  it('binds what the question names', async () => {
    await withModel(async (model, write) => {
      await write(listed('a', '2016-07-31', 'x', 'k1', '01'), listed('b', '2016-07-31', 'y', 'k2', '02'));
      const at = { effectiveOn: '2020-06-30', position: 2 };
      const found = model.select(hamlets, { where: 'v.code = ? or v.county = ?', params: ['09', 'k2'], limit: 5 }, at);
      expect(found.map(({ id }) => id)).toEqual(['b']);
      expect(model.count(hamlets, { where: 'v.county = ?', params: ['k1'] }, at)).toBe(1);
    });
  });

  it('shows a row on its day, without an event being written', async () => {
    await withModel(async (model, write) => {
      await write(listed('a', '2097-01-01', 'x'));
      const ids = (effectiveOn: string) =>
        model.select(hamlets, { limit: 5 }, { effectiveOn, position: 1 }).map(({ id }) => id);
      expect([ids('2096-12-31'), ids('2097-01-01')]).toEqual([[], ['a']]);
    });
  });
});

describe('a large batch on a small table', () => {
  it('is written without the indexes of lists, which the next list finds again', async () => {
    await withFolder(async (dir) => {
      const store = memoryStore();
      for (let i = 0; i < 1_200; i++) await record(store, listed(`h${i}`, '2016-07-31', `村${i}`, `k${i % 5}`, `${i}`));
      const db = openDatabase(join(dir, 'model.sqlite'));
      const model = SqliteReadModel.create(db, [hamlets as unknown as Projection]);
      const indexes = () => db.prepare("select name from sqlite_master where name like 'hamlet__list%'").all().length;
      const history = (stream: string) => store.readSubject(stream);
      const at = { effectiveOn: '2020-06-30', position: 1_200 };
      const question = { where: 'v.county = ?', params: ['k3'], orderBy: [{ column: 'code' }], limit: 2_000 };
      expect(indexes()).toBe(2);
      await model.apply(await store.readLog({ limit: 1_200 }), history);
      expect(indexes()).toBe(0);
      expect(model.select(hamlets, question, at)).toHaveLength(240);
      expect(indexes()).toBe(2);
      await record(store, { type: 'HamletGone', hamlet: 'h3', on: '2016-08-01' });
      await model.apply(await store.readLog({ from: 1_200, limit: 10 }), history);
      expect(model.select(hamlets, question, { ...at, position: 1_201 })).toHaveLength(239);
      expect(indexes()).toBe(2);
      model.close();
    });
  });

  it('leaves indexes to be found by whoever opens the file next', async () => {
    await withFolder(async (dir) => {
      const store = memoryStore();
      for (let i = 0; i < 1_000; i++) await record(store, listed(`h${i}`, '2016-07-31', `村${i}`));
      const path = join(dir, 'model.sqlite');
      const projections = [hamlets as unknown as Projection];
      const model = SqliteReadModel.create(openDatabase(path), projections);
      await model.apply(await store.readLog({ limit: 1_000 }), (stream) => store.readSubject(stream));
      model.close();
      const at = { effectiveOn: '2020-06-30', position: 1_000 };
      const beside = SqliteReadModel.over(openBeside(path), projections);
      expect(beside.count(hamlets, {}, at)).toBe(1_000);
      beside.close();
      const again = SqliteReadModel.over(openDatabase(path), projections);
      expect(again.count(hamlets, { where: 'v.county = ?', params: ['k1'] }, at)).toBe(1_000);
      again.close();
    });
  });
});

describe('search', () => {
  const names = ['下围村', '上围', '白马 (bái)', 'Xiawei Cun', '满（lang）塘', '大?村', '𠮷村', 'a*b"c OR d'];
  const find = async (search: string): Promise<string[]> => {
    let found: string[] = [];
    await withModel(async (model, write) => {
      await write(...names.map((name, i) => listed(`h${i}`, '2016-07-31', name)));
      const at = { effectiveOn: '2020-06-30', position: model.position };
      found = model.select(hamlets, { search, limit: 50 }, at).map(({ row }) => row.name);
      expect(model.count(hamlets, { search }, at)).toBe(found.length);
    });
    return found;
  };

  it.each([
    ['围', ['下围村', '上围']],
    ['村', ['下围村', '大?村', '𠮷村']],
    ['下围', ['下围村']],
    ['XIAWEI', ['Xiawei Cun']],
    ['wei cu', ['Xiawei Cun']],
    ['lang', ['满（lang）塘']],
    ['（lang）', ['满（lang）塘']],
    ['?', ['大?村']],
    ['𠮷', ['𠮷村']],
    ['*', ['a*b"c OR d']],
    ['"', ['a*b"c OR d']],
    ['OR', ['a*b"c OR d']],
    ['围 下', ['下围村']],
    ['围下', []],
    ['无', []],
  ])('finds %s', async (search, expected) => {
    expect(await find(search)).toEqual(expected);
  });

  it.each(['', ' ', '\n\t'])('asks nothing with %j', async (search) => {
    expect(await find(search)).toEqual(names);
  });

  it.each(["'", '" OR 1', 'NEAR(', 'a AND', '-', '^', '\u0000', '%_', '\ud800', '(', 'x4e0b', ' ; drop table'])(
    'bears %j',
    async (search) => {
      expect(await find(search)).toEqual(expect.any(Array));
    },
  );
});
