import { beforeEach, describe, expect, it } from 'vitest';
import { countChanges } from '../../src/graphql/change-counts.ts';
import { ChangeWalk } from '../../src/graphql/change-walk.ts';
import { Scene } from '../../src/graphql/scene.ts';
import { inTwo } from '../support/four-eyes.ts';
import { type LedgerApi, ledgerApi } from '../support/ledger-api.ts';
import { listProvince } from '../support/small-province.ts';

let api: LedgerApi;
beforeEach(async () => {
  api = await ledgerApi();
  await listProvince(api);
  const xiawei = 'village-v_xiawei0001';
  await api.tell({ name: 'renameVillage', stream: xiawei, data: { name: '上围村委会' }, effectiveOn: '2020-01-01' });
  await api.tell({
    name: 'changeVillageCode',
    stream: xiawei,
    data: { code: '440118102244' },
    effectiveOn: '2020-02-01',
  });
  await api.tell({
    name: 'transferVillage',
    stream: 'village-v_baima00001',
    data: { township: 'd_xintang001' },
    effectiveOn: '2020-03-01',
  });
  await api.tell({
    name: 'renameDivision',
    stream: 'division-d_humen00001',
    data: { name: '虎门街道' },
    effectiveOn: '2020-04-01',
  });
});

const moments = 'from: { effectiveOn: "2019-12-31" }, to: { effectiveOn: "2020-12-31" }';
const fields = 'nodes { subject { __typename id } field before after events { id } }';

describe('changes()', () => {
  it('names field, value before and after, and the events that made it', async () => {
    const { changes } = await api.ask(
      `{ changes(${moments}) { totalCount ${fields} bySystem { system count } byDivision { division { code } count } } }`,
    );
    const village = { __typename: 'Village', id: 'v_xiawei0001' };
    expect(changes.nodes).toEqual([
      {
        subject: { __typename: 'Village', id: 'v_baima00001' },
        field: 'township',
        before: '440118102',
        after: '440118101',
        events: [{ id: 'village-v_baima00001.1' }],
      },
      {
        subject: village,
        field: 'code',
        before: '440118102243',
        after: '440118102244',
        events: [{ id: 'village-v_xiawei0001.2' }],
      },
      {
        subject: village,
        field: 'name',
        before: '下围村委会',
        after: '上围村委会',
        events: [{ id: 'village-v_xiawei0001.1' }],
      },
      {
        subject: village,
        field: 'shortName',
        before: '下围',
        after: '上围',
        events: [{ id: 'village-v_xiawei0001.1' }],
      },
      {
        subject: { __typename: 'Division', id: 'd_humen00001' },
        field: 'name',
        before: '虎门镇',
        after: '虎门街道',
        events: [{ id: 'division-d_humen00001.1' }],
      },
    ]);
    expect(changes).toMatchObject({
      totalCount: 5,
      bySystem: [
        { system: 'VILLAGES', count: 4 },
        { system: 'DIVISIONS', count: 1 },
      ],
      byDivision: [
        { division: { code: '4401' }, count: 4 },
        { division: { code: '4419' }, count: 1 },
      ],
    });
  });

  it.each([
    ['within: "440118101"', ['township']],
    ['within: "440118102"', ['township', 'code', 'name', 'shortName']],
    ['within: "4419"', ['name']],
    ['within: "99"', []],
    ['systems: [DIVISIONS]', ['name']],
    ['systems: []', []],
  ])('narrows by %s', async (args, found) => {
    const { changes } = await api.ask(`{ changes(${moments}, ${args}) { totalCount nodes { field } } }`);
    expect(changes.nodes.map(({ field }: { field: string }) => field)).toEqual(found);
    expect(changes.totalCount).toBe(found.length);
  });

  it('pages between the same two pictures while the log grows', async () => {
    const seen: string[] = [];
    const query = `query($a: String) { changes(${moments}, first: 1, after: $a) { nodes { field } pageInfo { hasNextPage endCursor } } }`;
    for (let after: string | null = null; ; ) {
      const { changes } = await api.ask(query, { a: after });
      seen.push(...changes.nodes.map(({ field }: { field: string }) => field));
      if (!changes.pageInfo.hasNextPage) break;
      after = changes.pageInfo.endCursor;
      const name = `石滩${seen.length}镇`;
      await api.tell({
        name: 'renameDivision',
        stream: 'division-d_shitan0001',
        data: { name },
        effectiveOn: '2020-05-01',
      });
    }
    expect(seen).toEqual(['township', 'code', 'name', 'shortName', 'name']);
    const { changes } = await api.ask(`{ changes(${moments}) { totalCount } }`);
    expect(changes.totalCount).toBe(6);
  });

  it('tells of what was not there before in every field it has', async () => {
    const { changes } = await api.ask(
      `{ changes(from: { effectiveOn: "2016-01-01" }, to: { effectiveOn: "2016-12-31" }, within: "440118101") { ${fields} } }`,
    );
    const village = changes.nodes.filter(({ subject }: { subject: { id: string } }) => subject.id === 'v_xintang001');
    expect(
      village.map((change: { field: string; before: null; after: string }) => [
        change.field,
        change.before,
        change.after,
      ]),
    ).toEqual([
      ['status', null, 'LISTED'],
      ['code', null, '440118101001'],
      ['name', null, '新塘社区居委会'],
      ['shortName', null, '新塘'],
      ['kind', null, 'RESIDENTS_COMMITTEE'],
      ['isVirtual', null, 'false'],
      ['township', null, '440118101'],
      ['county', null, '440118'],
      ['prefecture', null, '4401'],
    ]);
    expect(village[0].events).toEqual([{ id: 'village-v_xintang001.0' }]);
  });

  it('names the void where an event was taken back between two positions', async () => {
    const { log } = await api.ask('{ log { position } }');
    await inTwo(api, 'voidEvent', { commandId: 'void-1', event: 'village-v_xiawei0001.2', reason: 'a slip' });
    const query = `query($p: Position) { changes(from: { position: $p }, to: {}) { ${fields} } }`;
    expect((await api.ask(query, { p: log.position })).changes.nodes).toEqual([
      {
        subject: { __typename: 'Village', id: 'v_xiawei0001' },
        field: 'code',
        before: '440118102244',
        after: '440118102243',
        events: [{ id: 'village-v_xiawei0001.2' }, { id: 'village-v_xiawei0001.3' }],
      },
    ]);
  });

  it('stops counting once nobody waits, however little differs', async () => {
    await api.ask('{ log { position } }');
    const [last] = api.contexts.slice(-1);
    if (!last) throw new Error('There was a request');
    // Subjects without end, of which none differs.
    const names = Array.from({ length: 500 }, (_, at) => `v_same${at}`);
    const readModel = { ...api.readModel, generation: '', touched: () => 0, changed: () => names, many: () => [] };
    const context = { ...last, services: { ...last.services, readModel: readModel as never } };
    const walk = new ChangeWalk(Scene.now(context), Scene.now(context).on('2020-01-01'), null, null);
    const counting = countChanges(walk);
    context.effort.isCancelled = true;
    await expect(counting).rejects.toMatchObject({ code: 'E_TIMEOUT' });
  });

  it('refuses a cursor of other moments', async () => {
    const { changes } = await api.ask(`{ changes(${moments}, first: 1) { pageInfo { endCursor } } }`);
    const query =
      'query($a: String) { changes(from: { effectiveOn: "2018-01-01" }, to: {}, after: $a) { totalCount } }';
    const refusal = await api.refusal(query, { a: changes.pageInfo.endCursor });
    expect(refusal).toMatchObject({ code: 'BAD_USER_INPUT', path: ['after'] });
    const both = '{ changes(from: { position: "1", knownAt: "2024-01-01T00:00:00Z" }, to: {}) { totalCount } }';
    expect(await api.refusal(both)).toMatchObject({ code: 'BAD_USER_INPUT', path: ['from', 'position'] });
  });
});
