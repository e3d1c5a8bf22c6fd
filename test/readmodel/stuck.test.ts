import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Projection } from '../../src/es/projection.ts';
import type { EventStore } from '../../src/es/store.ts';
import { openDatabase } from '../../src/readmodel/database.ts';
import { SqliteReadModel } from '../../src/readmodel/sqlite-read-model.ts';
import { BruteForce } from '../support/brute-force.ts';
import { listed, memoryStore, record } from '../support/hamlet-log.ts';
import { type Hamlet, hamlets } from '../support/hamlets.ts';
import { compareReads, withFolder } from '../support/holds-to-the-fold.ts';

const head = { effectiveOn: '2021-05-06', position: 100 };

/** Cannot take hamlet a's renaming. */
const faulty: Projection<Hamlet> = {
  ...hamlets,
  handlers: {
    ...hamlets.handlers,
    HamletRenamed: (row, event, self) => {
      if (self === 'a') throw new Error('no such hamlet');
      const rename = hamlets.handlers.HamletRenamed;
      return rename && rename !== 'ignore' ? rename(row, event, self) : row;
    },
  },
};

const seeded = async (): Promise<EventStore> => {
  const store = memoryStore();
  await record(store, listed('a', '2016-07-31', '下围'));
  await record(store, listed('b', '2016-07-31', '上围'));
  await record(store, { type: 'HamletRenamed', hamlet: 'a', others: ['b'], on: '2018-10-31', data: { name: '白马' } });
  await record(store, { type: 'HamletMoved', hamlet: 'a', on: '2017-10-31', data: { county: 'k2' } });
  await record(store, { type: 'HamletMoved', hamlet: 'b', on: '2017-10-31', data: { county: 'k2' } });
  return store;
};

const open = (dir: string, projection: Projection<Hamlet>, create: boolean) => {
  const db = openDatabase(join(dir, 'model.sqlite'));
  const projections = [projection as unknown as Projection];
  return create ? SqliteReadModel.create(db, projections, 'test') : SqliteReadModel.over(db, projections);
};

describe('an event that a projection cannot apply', () => {
  it('stops its entity alone, and says so', async () => {
    await withFolder(async (dir) => {
      const store = await seeded();
      const model = open(dir, faulty, true);
      await model.apply(await store.readLog({ limit: 10 }), (stream) => store.readSubject(stream));
      expect(model.stuck()).toEqual([{ projection: 'hamlet', entity: 'a', position: 3, message: 'no such hamlet' }]);
      expect(model.position).toBe(5);
      expect(model.one(faulty, 'a', head)).toMatchObject({ name: '下围', county: 'k1' });
      expect(model.one(faulty, 'b', head)).toMatchObject({ name: '白马', county: 'k2' });
      model.close();
    });
  });

  it('keeps later events of its entity waiting, over batches and restarts', async () => {
    await withFolder(async (dir) => {
      const store = await seeded();
      let model = open(dir, faulty, true);
      await model.apply(await store.readLog({ limit: 3 }), (stream) => store.readSubject(stream));
      model.close();
      model = open(dir, faulty, false);
      await model.retry((stream) => store.readSubject(stream));
      await model.apply(await store.readLog({ from: 3, limit: 10 }), (stream) => store.readSubject(stream));
      expect(model.stuck()).toHaveLength(1);
      expect(model.one(faulty, 'a', head)).toMatchObject({ county: 'k1' });
      model.close();
    });
  });

  it('is retried by a fixed program, and every read is then that of a clean build', async () => {
    await withFolder(async (dir) => {
      const store = await seeded();
      let model = open(dir, faulty, true);
      await model.apply(await store.readLog({ limit: 10 }), (stream) => store.readSubject(stream));
      const { generation } = model;
      model.close();
      model = open(dir, hamlets, false);
      await model.retry((stream) => store.readSubject(stream));
      expect(model.generation).not.toBe(generation);
      await record(store, { type: 'HamletGone', hamlet: 'a', on: '2019-10-31' });
      await model.apply(await store.readLog({ from: 5, limit: 10 }), (stream) => store.readSubject(stream));
      const truth = new BruteForce(hamlets, await store.readLog({ limit: 10 }));
      const moments = ['2016-07-31', '2017-10-31', '2018-10-31', '2019-10-31'].flatMap((effectiveOn) =>
        [0, 1, 2, 3, 4, 5, 6].map((position) => ({ effectiveOn, position })),
      );
      compareReads(hamlets, model, truth, moments);
      model.close();
    });
  });

  it('may have an unknown type or a cell of the wrong kind', async () => {
    await withFolder(async (dir) => {
      const store = memoryStore();
      await record(store, { type: 'HamletFlooded', hamlet: 'a', on: '2016-07-31' });
      await record(store, {
        ...listed('b', '2016-07-31', 'x'),
        data: { code: 1, name: 'x', county: 'k', households: 1 },
      });
      const model = open(dir, hamlets, true);
      await model.apply(await store.readLog({ limit: 10 }), (stream) => store.readSubject(stream));
      expect(model.stuck().map(({ entity, message }) => [entity, message])).toEqual([
        ['a', 'hamlet does not name the event type HamletFlooded'],
        ['b', 'hamlet.code cannot hold 1'],
      ]);
      model.close();
    });
  });

  it('may lie in what is counted or searched', async () => {
    await withFolder(async (dir) => {
      const store = await seeded();
      const counting: Projection<Hamlet> = {
        ...hamlets,
        cube: {
          measures: ['hamlets'],
          groups: () => ['all'],
          counts: ({ name }) => {
            if (name === '白马') throw new Error('uncounted');
            return [1];
          },
        },
      };
      const model = open(dir, counting, true);
      await model.apply(await store.readLog({ limit: 10 }), (stream) => store.readSubject(stream));
      expect(model.stuck().map(({ entity, position }) => [entity, position])).toEqual([
        ['a', 3],
        ['b', 3],
      ]);
      expect(model.tally(counting, ['all'], head)).toEqual([[2]]);
      expect(model.one(counting, 'b', head)).toMatchObject({ name: '上围', county: 'k1' });
      model.close();
    });
  });
});
