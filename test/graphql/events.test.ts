import { beforeEach, describe, expect, it } from 'vitest';
import { eventCatalogue } from '../../src/domain/index.ts';
import type { Services } from '../../src/graphql/context.ts';
import { LogSearch } from '../../src/graphql/log-search.ts';
import { Scene } from '../../src/graphql/scene.ts';
import { newEffort } from '../../src/graphql/turn.ts';
import { type LedgerApi, ledgerApi, today } from '../support/ledger-api.ts';
import { allRoles } from '../support/principals.ts';
import { listProvince } from '../support/small-province.ts';

let api: LedgerApi;
beforeEach(async () => {
  api = await ledgerApi();
  await listProvince(api);
  await api.tell({
    name: 'renameVillage',
    stream: 'village-v_xiawei0001',
    data: { name: '下围社区居委会' },
    effectiveOn: '2020-01-01',
    correlationId: 'import-1',
  });
});

const positions = (list: { nodes: { position: string }[] }) => list.nodes.map(({ position }) => Number(position));

describe('events()', () => {
  it('pages the log from a position, both ways', async () => {
    const fields = 'edges { cursor } nodes { position } pageInfo { hasNextPage hasPreviousPage }';
    const { first, next, last, before } = await api.ask(
      `{ first: events(first: 3) { ${fields} } next: events(first: 3, after: "3") { ${fields} }
         last: events(last: 2) { ${fields} } before: events(last: 3, before: "4") { ${fields} } }`,
    );
    expect([positions(first), positions(next), positions(last), positions(before)]).toEqual([
      [1, 2, 3],
      [4, 5, 6],
      [13, 14],
      [1, 2, 3],
    ]);
    expect(first.edges[2].cursor).toBe('3');
    expect([first.pageInfo, next.pageInfo, last.pageInfo, before.pageInfo]).toEqual([
      { hasNextPage: true, hasPreviousPage: false },
      { hasNextPage: true, hasPreviousPage: true },
      { hasNextPage: false, hasPreviousPage: true },
      { hasNextPage: true, hasPreviousPage: false },
    ]);
  });

  it.each([
    ['types: ["VillageRenamed", "Nothing"]', [14]],
    ['streams: ["division-d_province01"]', [1]],
    ['village: "v_xiawei0001"', [8, 14]],
    ['within: "440118101"', [6, 12]],
    ['within: "4419"', [3, 7, 13]],
    ['within: "99"', []],
    ['effective: { from: "2019-01-01" }', [14]],
    ['effective: { to: "2016-07-31" }, village: "v_xiawei0001"', [8]],
    ['recorded: { to: "2024-01-01T00:03:00Z" }', [1, 2, 3]],
    ['commandId: "told-2"', [2]],
    ['correlationId: "import-1"', [14]],
    ['document: "none"', []],
  ])('filters by %s', async (filter, found) => {
    const query = `{ events(filter: { ${filter} }) { totalCount nodes { position } pageInfo { hasNextPage } } }`;
    const { events } = await api.ask(query);
    expect(positions(events)).toEqual(found);
    expect(events).toMatchObject({ totalCount: found.length, pageInfo: { hasNextPage: false } });
  });

  it('counts below each division by itself', async () => {
    const query = 'query($w: DivisionCode) { events(filter: { village: "v_xiawei0001", within: $w }) { totalCount } }';
    const counts: number[] = [];
    for (const w of ['4401', '4419', '4401']) counts.push((await api.ask(query, { w })).events.totalCount);
    expect(counts).toEqual([2, 0, 2]);
  });

  it('looks anew for what lies below a division once it has changed', async () => {
    const query = '{ events(filter: { within: "440118101" }) { totalCount } }';
    expect((await api.ask(query)).events.totalCount).toBe(2);
    const data = { township: 'd_xintang001' };
    await api.tell({ name: 'transferVillage', stream: 'village-v_baima00001', data, effectiveOn: '2020-03-01' });
    expect((await api.ask(query)).events.totalCount).toBe(4);
  });

  it('pages what a filter leaves', async () => {
    const query =
      'query($a: String) { events(first: 2, after: $a, filter: { within: "4419" }) { edges { cursor } pageInfo { hasNextPage } } }';
    const { events } = await api.ask(query);
    expect(events).toEqual({ edges: [{ cursor: '3' }, { cursor: '7' }], pageInfo: { hasNextPage: true } });
    const { events: rest } = await api.ask(query, { a: '7' });
    expect(rest).toEqual({ edges: [{ cursor: '13' }], pageInfo: { hasNextPage: false } });
  });

  it('refuses a cursor that is no position', async () => {
    const wrong = '{ events(after: "x") { totalCount } }';
    expect(await api.refusal(wrong)).toMatchObject({ code: 'BAD_USER_INPUT', path: ['after'] });
  });
});

describe('an event', () => {
  it('has the type of its name, with both its dates, its things and a sentence', async () => {
    const query = `{ event(id: "village-v_xiawei0001.1") { __typename type effectiveOn recordedAt correlationId
      subjects { __typename id ... on Village { name } } en: summary zh: summary(lang: ZH) ... on VillageRenamed { oldName newName rule } } }`;
    expect((await api.ask(query)).event).toEqual({
      __typename: 'VillageRenamed',
      type: 'VillageRenamed',
      effectiveOn: '2020-01-01',
      recordedAt: '2024-01-01T00:14:00.000Z',
      correlationId: 'import-1',
      subjects: [{ __typename: 'Village', id: 'v_xiawei0001', name: '下围社区居委会' }],
      en: '下围村委会 was renamed 下围社区居委会.',
      zh: '下围村委会更名为下围社区居委会。',
      oldName: '下围村委会',
      newName: '下围社区居委会',
      rule: null,
    });
  });

  it('names its things as they are in its picture', async () => {
    const query =
      '{ at(effectiveOn: "2019-12-31") { village(id: "v_xiawei0001") { history { nodes { subjects { ... on Village { name } } } } } } }';
    expect((await api.ask(query)).at.village.history.nodes).toEqual([{ subjects: [{ name: '下围村委会' }] }]);
  });

  it('of an unknown type is shown with its payload as text', async () => {
    const [event] = await api.services.store.readStream('village-v_xiawei0001');
    if (!event) throw new Error('There is the listing');
    const { id: _, stream, revision: __, position: ___, recordedAt: ____, ...draft } = event;
    const unknown = { ...draft, type: 'VillageTwinned', data: { with: 'v_other00001' }, commandId: 'newer' };
    // The read model of this program would stop at it, so it is read from the log alone.
    const { position } = await api.services.store.append(stream, [unknown], 'any');
    await api.services.waitFor(position);
    const query = '{ event(id: "village-v_xiawei0001.2") { __typename type summary ... on UnknownEvent { data } } }';
    expect((await api.ask(query)).event).toEqual({
      __typename: 'UnknownEvent',
      type: 'VillageTwinned',
      summary: 'VillageTwinned',
      data: '{"with":"v_other00001"}',
    });
  });

  it('of every type implements Event', async () => {
    const { __type } = await api.ask('{ __type(name: "Event") { possibleTypes { name } } }');
    const names = __type.possibleTypes.map(({ name }: { name: string }) => name);
    expect(names.toSorted()).toEqual([...eventCatalogue.keys(), 'UnknownEvent'].toSorted());
  });
});

describe('node()', () => {
  it.each([
    ['v_xiawei0001', 'Village'],
    ['d_shitan0001', 'Division'],
    ['village-v_xiawei0001.0', 'VillageListed'],
  ])('finds %s as a %s', async (id, type) => {
    const query = 'query($id: ID!) { node(id: $id) { __typename id } }';
    expect((await api.ask(query, { id })).node).toEqual({ __typename: type, id });
  });

  it('finds cases, figures and editions', async () => {
    await api.tell({
      name: 'raiseIdentityReview',
      stream: 'review-r_case000001',
      data: {
        reason: 'SIMILAR_NAME',
        candidates: [{ village: 'v_baima00001', name: '白马村委会', on: '2016-07-31' }],
        explanation: 'One character apart.',
      },
      effectiveOn: '2020-01-01',
    });
    const file = {
      edition: 2016,
      publisher: 'nbs',
      publishedOn: '2017-05-16',
      fileSha256: '0'.repeat(64),
      rows: 13,
      villages: 6,
    };
    await api.tell({
      name: 'startRosterImport',
      stream: 'roster-nbs-2016-07-31',
      data: file,
      effectiveOn: '2016-07-31',
    });
    const query =
      '{ nodes(ids: ["r_case000001", "roster-nbs-2016-07-31", "f_nothing001", "x", "village-v_nobody0001.0"]) { __typename id ... on Edition { asAt status } ... on IdentityReview { review: status } } }';
    expect((await api.ask(query)).nodes).toEqual([
      { __typename: 'IdentityReview', id: 'r_case000001', review: 'OPEN' },
      { __typename: 'Edition', id: 'roster-nbs-2016-07-31', asAt: '2016-07-31', status: 'STARTED' },
      null,
      null,
      null,
    ]);
    const review =
      '{ identityReview { totalCount nodes { reason candidates { villageId name village { name } } } } editions { edition rows } }';
    expect(await api.ask(review)).toEqual({
      identityReview: {
        totalCount: 1,
        nodes: [
          {
            reason: 'SIMILAR_NAME',
            candidates: [{ villageId: 'v_baima00001', name: '白马村委会', village: { name: '白马村委会' } }],
          },
        ],
      },
      editions: [{ edition: 2016, rows: 13 }],
    });
  });
});

describe('a search of a long log', () => {
  it('ends after a while, and goes on from where it ended', async () => {
    let step = 0;
    const store = {
      ...api.services.store,
      readLog: ({ from = 0, limit }: { from?: number; limit: number }) => {
        step += 1;
        return Promise.resolve(
          Array.from({ length: limit }, (_, at) => ({ position: from + at + 1, subjects: [], basis: [] })),
        );
      },
    };
    const endless = { ...api.services, store } as unknown as Services;
    const basis = { effectiveOn: today, position: Number.MAX_SAFE_INTEGER };
    const scene = Scene.at(
      {
        services: endless,
        requestId: '',
        principal: allRoles,
        basis,
        reads: new Set(),
        disclosed: new Set(),
        loaders: new Map(),
        effort: newEffort(),
      },
      basis,
    );
    const search = new LogSearch(scene, { commandId: 'none' });
    const { found, resume } = await search.read({ after: undefined, before: undefined, backwards: false, limit: 51 });
    expect(found).toEqual([]);
    expect(resume).toBeGreaterThan(100_000);
    expect(await search.count()).toBeNull();
    expect(scene.context.reads).toContain('*');
    scene.context.effort.isCancelled = true;
    await expect(search.count()).rejects.toMatchObject({ code: 'E_TIMEOUT' });
    expect(step).toBeLessThan(200);
  });
});
