import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listed } from '../support/hamlet-log.ts';
import { hamletIds } from '../support/hamlets.ts';
import { ask, post, type SmallServer, startSmallServer } from '../support/small-server.ts';

const cacheOf = async (server: SmallServer, query: string, variables?: Record<string, unknown>) =>
  (await ask(server, query, variables)).headers.get('x-cache');

describe('the exact cache', () => {
  it('gives an answer again until what it rests on is touched', async () => {
    const server = await startSmallServer();
    const query = '{ hamlets { totalCount } }';
    expect([await cacheOf(server, query), await cacheOf(server, query), await cacheOf(server, query)]).toEqual([
      'miss',
      'hit',
      'hit',
    ]);
    await server.record(listed('a', '2020-01-01', '下围村'));
    const fresh = await ask(server, query);
    expect(fresh.headers.get('x-cache')).toBe('miss');
    expect(fresh.body.data).toEqual({ hamlets: { totalCount: 1 } });
  });

  it('keeps an answer that an event does not touch, and says what it rests on now', async () => {
    const server = await startSmallServer();
    await ask(server, '{ hamlets { totalCount } }');
    await server.record({ type: 'HamletNoted', hamlet: 'a', on: '2020-01-01' });
    const { headers, body } = await ask(server, '{ hamlets { totalCount } }');
    expect(headers.get('x-cache')).toBe('hit');
    expect(body).toMatchObject({
      data: { hamlets: { totalCount: 0 } },
      extensions: { basis: { position: '1', behind: false } },
    });
    expect(headers.get('x-cost-estimated')).toBe('1');
  });

  it('lets a day end', async () => {
    const server = await startSmallServer();
    await server.record(listed('a', '2024-07-01', '下围村'));
    const query = '{ hamlets { totalCount } }';
    expect((await ask(server, query)).body.data).toEqual({ hamlets: { totalCount: 0 } });
    server.setToday('2024-07-01');
    expect((await ask(server, query)).body.data).toEqual({ hamlets: { totalCount: 1 } });
  });

  it('never shows the log as it was', async () => {
    const server = await startSmallServer();
    expect((await ask(server, '{ position }')).body.data).toEqual({ position: '0' });
    expect(await cacheOf(server, '{ position }')).toBe('hit');
    await server.record({ type: 'HamletNoted', hamlet: 'a', on: '2020-01-01' });
    expect((await ask(server, '{ position }')).body.data).toEqual({ position: '1' });
  });

  it('tells operations, names and variables apart, not the order of keys', async () => {
    const server = await startSmallServer();
    const query = 'query($t: String, $l: [Int!]) { hamlets { totalCount } echo(text: $t, list: $l) }';
    expect((await ask(server, query, { t: 'a', l: null })).body.data?.echo).toBe('a');
    expect((await ask(server, query, { t: 'b', l: null })).body.data?.echo).toBe('b');
    expect(await cacheOf(server, query, { l: null, t: 'a' })).toBe('hit');
    const two = 'query a { hamlets { totalCount } } query b { hamlets { __typename } }';
    const named = (operationName: string) => post(server, JSON.stringify({ query: two, operationName }));
    expect((await named('a')).body.data).not.toEqual((await named('b')).body.data);
  });

  it('keeps no mutation, no failure, and nothing that says not what it rests on', async () => {
    const server = await startSmallServer();
    for (const query of ['mutation { note(text: "a") }', '{ hamlets { totalCount } refuse }', '{ echo }']) {
      expect([await cacheOf(server, query), await cacheOf(server, query)]).toEqual(['miss', 'miss']);
    }
  });

  it('answers in the media type of each request', async () => {
    const server = await startSmallServer();
    const query = '{ hamlets { totalCount } }';
    const types = ['application/json', 'application/graphql-response+json', 'application/json', 'image/png'];
    const replies = [];
    for (const accept of types) replies.push(await ask(server, query, undefined, { accept }));
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 406]);
    expect(replies.slice(0, 3).map(({ headers }) => headers.get('content-type'))).toEqual(
      types.slice(0, 3).map((type) => `${type}; charset=utf-8`),
    );
  });

  it('can be switched off', async () => {
    const server = await startSmallServer({ cacheBytesMax: 0 });
    const query = '{ hamlets { totalCount } }';
    expect([await cacheOf(server, query), await cacheOf(server, query)]).toEqual(['miss', 'miss']);
  });

  it('answers as asking anew would, whatever is written and asked in between', async () => {
    const cached = await startSmallServer();
    const plain = await startSmallServer({ cacheBytesMax: 0 });
    const queries = [
      '{ hamlets { totalCount nodes { id name county } } }',
      '{ hamlet(id: "a") { name neighbours(first: 2) { nodes { id } } } }',
      '{ position }',
      '{ hamlets(first: 1) { nodes { name } } position }',
    ];
    const day = fc.integer({ min: 1, max: 28 }).map((number) => `2024-06-${String(number).padStart(2, '0')}`);
    const step = fc.oneof(
      { weight: 4, arbitrary: fc.record({ kind: fc.constant('ask' as const), query: fc.constantFrom(...queries) }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('today' as const), day }) },
      {
        weight: 2,
        arbitrary: fc.record({
          kind: fc.constant('write' as const),
          type: fc.constantFrom('HamletListed', 'HamletGone', 'HamletNoted'),
          hamlet: fc.constantFrom(...hamletIds),
          day,
          name: fc.string({ maxLength: 4 }),
        }),
      },
    );
    let hits = 0;
    const run = fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      for (const each of steps) {
        if (each.kind === 'today') for (const server of [cached, plain]) server.setToday(each.day);
        if (each.kind === 'write') {
          const { type, hamlet, day: on, name } = each;
          const fact = type === 'HamletListed' ? listed(hamlet, on, name) : { type, hamlet, on };
          for (const server of [cached, plain]) await server.record(fact);
        }
        if (each.kind === 'ask') {
          const [ours, anew] = [await ask(cached, each.query), await ask(plain, each.query)];
          if (ours.headers.get('x-cache') === 'hit') hits += 1;
          expect(ours.body).toEqual(anew.body);
        }
      }
    });
    await fc.assert(run, { numRuns: 15 });
    expect(hits).toBeGreaterThan(0);
  });
});
