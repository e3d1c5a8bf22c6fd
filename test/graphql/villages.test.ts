import { beforeEach, describe, expect, it } from 'vitest';
import { type LedgerApi, ledgerApi } from '../support/ledger-api.ts';
import { firstDay, listProvince } from '../support/small-province.ts';

let api: LedgerApi;
beforeEach(async () => {
  api = await ledgerApi();
  await listProvince(api);
});

const page = 'totalCount nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';
const ids = (list: { nodes: { id: string }[] }) => list.nodes.map(({ id }) => id);
const byCode = ['v_xintang001', 'v_shitan0001', 'v_baima00001', 'v_xiawei0001', 'v_nongchang1', 'v_humen00001'];

/** Every page of a list, by following the cursors. */
async function walk(args: string, size: number, between: () => Promise<unknown> = async () => {}): Promise<string[]> {
  const seen: string[] = [];
  for (let after: string | null = null; ; ) {
    const query = `query($after: String) { villages(first: ${size}, after: $after${args}) { ${page} } }`;
    const { villages } = await api.ask(query, { after });
    seen.push(...ids(villages));
    if (!villages.pageInfo.hasNextPage) return seen;
    after = villages.pageInfo.endCursor;
    await between();
  }
}

describe('villages()', () => {
  it('lists by code and counts all pages', async () => {
    const { villages } = await api.ask(`{ villages(first: 4) { ${page} edges { cursor node { id } } } }`);
    expect(villages.totalCount).toBe(6);
    expect(ids(villages)).toEqual(byCode.slice(0, 4));
    expect(villages.pageInfo).toMatchObject({
      hasNextPage: true,
      hasPreviousPage: false,
      endCursor: villages.edges[3].cursor,
    });
  });

  it.each([1, 2, 3, 6, 7])('covers the list once in pages of %i', async (size) => {
    expect(await walk('', size)).toEqual(byCode);
    const keys = ', orderBy: [{ field: KIND, direction: DESC }, { field: SHORT_NAME }]';
    expect((await walk(keys, size)).toSorted()).toEqual(byCode.toSorted());
    expect(await walk(keys, size)).toEqual(await walk(keys, 100));
  });

  it('pages backwards, from the end and from a cursor', async () => {
    const { villages: end } = await api.ask(`{ villages(last: 2) { ${page} } }`);
    expect(ids(end)).toEqual(byCode.slice(4));
    expect(end.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    const query = `query($c: String) { villages(last: 2, before: $c) { ${page} } }`;
    const { villages: before } = await api.ask(query, { c: end.pageInfo.startCursor });
    expect(ids(before)).toEqual(byCode.slice(2, 4));
    expect(before.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: true });
  });

  it('cuts every page from the picture of the first', async () => {
    let written = 0;
    const write = async () => {
      written += 1;
      const code = `44011810200${written + 1}`;
      const place = { township: 'd_shitan0001', county: 'd_zengcheng1', prefecture: 'd_guangzhou1' };
      const data = {
        code,
        name: `新${written}社区居委会`,
        shortName: `新${written}`,
        kind: 'RESIDENTS_COMMITTEE',
        isVirtual: false,
        ...place,
      };
      await api.tell({ name: 'listVillage', stream: `village-v_new000000${written}`, data, effectiveOn: firstDay });
    };
    expect(await walk('', 2, write)).toEqual(byCode);
    expect((await api.ask('{ villages { totalCount } }')).villages.totalCount).toBe(6 + written);
    expect(written).toBe(2);
  });

  it('refuses a cursor under a snapshot of another moment, and one of another order', async () => {
    const { villages } = await api.ask(`{ villages(first: 1) { ${page} } }`);
    const c = villages.pageInfo.endCursor;
    const past = 'query($c: String) { at(position: "3") { villages(after: $c) { totalCount } } }';
    expect(await api.refusal(past, { c })).toMatchObject({ code: 'BAD_USER_INPUT', path: ['after'] });
    const other = 'query($c: String) { villages(after: $c, orderBy: { field: NAME }) { totalCount } }';
    expect(await api.refusal(other, { c })).toMatchObject({ code: 'BAD_USER_INPUT', path: ['after'] });
    const none = 'query($c: String) { villages(after: $c) { totalCount } }';
    expect(await api.refusal(none, { c: 'none' })).toMatchObject({ code: 'BAD_USER_INPUT', path: ['after'] });
  });

  it('shows listed ones where no status is asked', async () => {
    await api.tell({ name: 'delistVillage', stream: 'village-v_baima00001', data: {}, effectiveOn: '2020-01-01' });
    const query =
      '{ listed: villages { totalCount } gone: villages(status: DELISTED) { nodes { id } } all: villages(status: [LISTED, DELISTED]) { totalCount } }';
    expect(await api.ask(query)).toEqual({
      listed: { totalCount: 5 },
      gone: { nodes: [{ id: 'v_baima00001' }] },
      all: { totalCount: 6 },
    });
  });

  it.each([
    ['search: "下围"', ['v_xiawei0001']],
    ['search: "xiawei"', ['v_xiawei0001']],
    ['search: "XW"', ['v_xiawei0001']],
    ['search: "农场"', ['v_nongchang1']],
    ['search: ""', byCode],
    ['within: "440118101"', ['v_xintang001']],
    ['within: "4419"', ['v_humen00001']],
    ['within: "44"', byCode],
    ['within: "99"', []],
    ['kind: QUASI_VILLAGERS', ['v_nongchang1']],
    ['kind: []', []],
    ['where: { codePrefix: "4401181020" }', ['v_shitan0001']],
    ['where: { codePrefix: "44011810" }', byCode.slice(0, 5)],
    ['where: { name: "下围村委会" }', ['v_xiawei0001']],
    ['where: { shortName: "虎门" }', ['v_humen00001']],
    ['where: { nameContains: "石滩" }', ['v_shitan0001', 'v_nongchang1']],
    ['where: { township: ["440118101", "441900121"] }', ['v_xintang001', 'v_humen00001']],
    ['where: { county: "440118", not: { nameContains: "石滩" } }', ['v_xintang001', 'v_baima00001', 'v_xiawei0001']],
    ['where: { not: { county: "440118" } }', ['v_humen00001']],
    ['where: { or: [{ shortName: "虎门" }, { shortName: "白马" }] }', ['v_baima00001', 'v_humen00001']],
    ['where: { or: [] }', []],
    ['where: { and: [{ nameContains: "石滩" }, { isVirtual: false }], urbanRuralClass: [] }', []],
    ['orderBy: { field: CODE, direction: DESC }', byCode.toReversed()],
  ])('finds by %s', async (args, found) => {
    expect(ids((await api.ask(`{ villages(${args}) { ${page} } }`)).villages)).toEqual(found);
  });

  it.each([
    ['first: 501', ['first']],
    ['first: -1', ['first']],
    ['first: 1, last: 1', ['last']],
    ['where: { codePrefix: "44x" }', ['where', 'codePrefix']],
    ['where: { not: { not: { not: { not: { not: { name: "x" } } } } } }', ['where', 'not', 'not', 'not', 'not', 'not']],
    ['orderBy: [{ field: CODE }, { field: CODE }]', ['orderBy', 1, 'field']],
  ])('refuses %s with its path', async (args, path) => {
    expect(await api.refusal(`{ villages(${args}) { totalCount } }`)).toMatchObject({ code: 'BAD_USER_INPUT', path });
  });

  it('reads each division once for all rows, and anew once it has changed', async () => {
    const read: string[] = [];
    const { one } = api.readModel;
    api.readModel.one = ((projection, id, at) => {
      read.push(id);
      return one.call(api.readModel, projection as never, id, at);
    }) as typeof one;
    await api.ask(
      '{ villages(first: 100) { nodes { township { name parent { name } } county { name } prefecture { name parent { name } } } } }',
    );
    const distinct = new Set(read);
    // The second executor finds them kept, since nothing has changed them.
    expect(read.length).toBe(distinct.size);
    expect(distinct.size).toBe(7);
    const rename = { name: 'renameDivision', stream: 'division-d_humen00001', effectiveOn: '2020-01-01' };
    await api.tell({ ...rename, data: { name: '虎门街道' } });
    const { villages } = await api.ask('{ villages(within: "4419") { nodes { township { name } } } }');
    expect(villages.nodes).toEqual([{ township: { name: '虎门街道' } }]);
  });

  it('is below its division too', async () => {
    const query =
      '{ division(code: "440118102") { villages(first: 1, kind: VILLAGERS_COMMITTEE) { totalCount nodes { id } pageInfo { endCursor } } } }';
    const { villages } = (await api.ask(query)).division;
    expect(villages).toMatchObject({ totalCount: 2, nodes: [{ id: 'v_baima00001' }] });
  });
});
