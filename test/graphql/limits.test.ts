import { describe, expect, it } from 'vitest';
import { defaultLimits } from '../../src/graphql/limits.ts';
import { ask, post, type Reply, startSmallServer } from '../support/small-server.ts';

const nested = (depth: number): string =>
  depth === 0 ? 'totalCount' : `nodes { neighbours(first: 1) { ${nested(depth - 1)} } }`;
const many = (count: number, piece: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => piece(at)).join(' ');
const limitOf = ({ body }: Reply): unknown => body.errors?.[0]?.extensions.limit;

/** Each one would cost the server far more than it costs its sender. */
const hostile: readonly [string, string, string][] = [
  ['deep', 'depthMax', `{ hamlets(first: 1) { ${nested(20)} } }`],
  [
    'deep by fragments',
    'depthMax',
    `{ hamlets { ...f0 } } ${many(30, (at) => `fragment f${at} on HamletConnection { nodes { neighbours { ...f${at + 1} } } }`)} fragment f30 on HamletConnection { totalCount }`,
  ],
  [
    'wide',
    'costNodesMax',
    '{ hamlets(first: 100) { nodes { neighbours(first: 100) { nodes { neighbours(first: 100) { nodes { neighbours(first: 100) { totalCount } } } } } } } }',
  ],
  ['a large page', 'pageNodesMax', '{ hamlets(first: 1000000) { totalCount } }'],
  ['aliased', 'aliasesMax', `{ ${many(65, (at) => `a${at}: position`)} }`],
  ['aliased names of types', 'aliasesMax', `{ ${many(65, (at) => `a${at}: __typename`)} }`],
  ['many directives', 'directivesMax', `{ position ${many(65, () => '@include(if: true)')} }`],
  ['long', 'tokensMax', `{ ${many(5_000, () => 'position')} }`],
  [
    'fanned out by fragments',
    'costNodesMax',
    `{ hamlets { ...f0 } } ${many(4, (at) => `fragment f${at} on HamletConnection { nodes { neighbours { ...f${at + 1} ...f${at + 1} } } }`)} fragment f4 on HamletConnection { totalCount }`,
  ],
];

describe('limits', () => {
  it.each(hostile)('refuse what is %s by %s, and the server goes on', async (_, limit, query) => {
    const server = await startSmallServer();
    const reply = await ask(server, query);
    expect(reply.status).toBe(400);
    expect(reply.body.errors?.[0]?.extensions).toMatchObject({ code: 'E_LIMIT', limit });
    expect((await ask(server, '{ position }')).body.data).toEqual({ position: '0' });
  });

  it('refuse fragments in a circle', async () => {
    const server = await startSmallServer();
    const query =
      '{ hamlets { ...a } } fragment a on HamletConnection { nodes { neighbours { ...b } } } fragment b on HamletConnection { ...a }';
    expect((await ask(server, query)).body.errors?.[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
    expect((await ask(server, '{ position }')).status).toBe(200);
  });

  it('refuse a large body before it is read', async () => {
    const server = await startSmallServer({ limits: { bodyBytesMax: 2_000 } });
    const reply = await post(server, JSON.stringify({ query: `{ position } # ${'x'.repeat(3_000)}` }));
    expect([reply.status, limitOf(reply)]).toEqual([413, 'bodyBytesMax']);
    expect((await ask(server, '{ position }')).status).toBe(200);
  });

  it('refuse large variables', async () => {
    const server = await startSmallServer({ limits: { variablesCharsMax: 1_000 } });
    const reply = await ask(server, 'query($t: String) { echo(text: $t) }', { t: 'x'.repeat(2_000) });
    expect([reply.status, limitOf(reply)]).toEqual([400, 'variablesCharsMax']);
  });

  it('refuse a long list in the variables, however deep it lies', async () => {
    const server = await startSmallServer({ limits: { variableItemsMax: 10 } });
    const list = Array.from({ length: 11 }, (_, at) => at);
    const long = await ask(server, 'query($l: [Int!]) { echo(list: $l) }', { l: list });
    expect([long.status, limitOf(long)]).toEqual([400, 'variableItemsMax']);
    expect(limitOf(await ask(server, '{ echo }', { unused: { deep: [{ er: list }] } }))).toBe('variableItemsMax');
    expect((await ask(server, 'query($l: [Int!]) { echo(list: $l) }', { l: list.slice(1) })).status).toBe(200);
  });

  it('count what is asked for by ids, written or sent', async () => {
    const server = await startSmallServer();
    const estimated = async (query: string, variables?: Record<string, unknown>) =>
      (await ask(server, query, variables)).body.extensions?.cost?.estimated;
    const ids = Array.from({ length: 40 }, (_, at) => `h${at}`);
    expect(await estimated('{ byIds(ids: ["a", "b", "c"]) { id } }')).toBe(3);
    expect(await estimated('query($ids: [ID!]!) { byIds(ids: $ids) { id } }', { ids })).toBe(40);
    const each = 'neighbours(first: 50) { nodes { id } }';
    expect(await estimated(`query($ids: [ID!]!) { byIds(ids: $ids) { ${each} } }`, { ids })).toBe(40 * (1 + 1 + 50));
  });

  it('say what a refused query would have cost', async () => {
    const server = await startSmallServer({ limits: { costNodesMax: 100 } });
    const { status, headers, body } = await ask(server, '{ hamlets(first: 500) { nodes { id } } }');
    expect([status, headers.get('x-cost-estimated'), headers.get('x-cost-limit')]).toEqual([400, '501', '100']);
    expect(body.extensions?.cost).toEqual({ estimated: 501, limit: 100 });
    expect(body.errors).toMatchObject([{ extensions: { limit: 'costNodesMax', actual: 501, max: 100 } }]);
  });

  it('see page sizes in variables and in their defaults', async () => {
    const server = await startSmallServer();
    const query = 'query($n: Int = 501) { hamlets(first: $n) { totalCount } }';
    expect(limitOf(await ask(server, query))).toBe('pageNodesMax');
    expect(limitOf(await ask(server, query, { n: 1_000 }))).toBe('pageNodesMax');
    expect((await ask(server, query, { n: 500 })).status).toBe(200);
  });

  it('give up a query that never ends', async () => {
    const server = await startSmallServer({ limits: { queryDurationMsMax: 50 } });
    const { body, headers } = await ask(server, '{ never }');
    expect(body.errors?.[0]?.extensions).toMatchObject({ code: 'E_TIMEOUT', retryable: true });
    expect(headers.get('retry-after')).toBe('1');
  });

  it('turn away what comes while too many wait', async () => {
    const server = await startSmallServer({ limits: { runningMax: 1, waitingMax: 1, queryDurationMsMax: 1_000 } });
    const replies = await Promise.all([1, 2, 3, 4].map(() => ask(server, '{ never }')));
    const codes = replies.map(({ body }) => body.errors?.[0]?.extensions.code).sort();
    expect(codes).toEqual(['E_OVERLOADED', 'E_OVERLOADED', 'E_TIMEOUT', 'E_TIMEOUT']);
    const turned = replies.find(({ status }) => status === 503);
    expect(turned?.headers.get('retry-after')).toBe('1');
  });

  it('let introspection through', async () => {
    const { getIntrospectionQuery } = await import('graphql');
    const server = await startSmallServer();
    const { body } = await ask(server, getIntrospectionQuery({ descriptions: true, inputValueDeprecation: true }));
    expect(body.data).toHaveProperty('__schema');
  });

  it('stand in one frozen table', () => {
    expect(Object.isFrozen(defaultLimits)).toBe(true);
  });
});
