import { describe, expect, it } from 'vitest';
import { listed } from '../support/hamlet-log.ts';
import { ask, post, startSmallServer } from '../support/small-server.ts';

describe('an answer', () => {
  it('says what it rests on and what it cost, even where it reads nothing', async () => {
    const server = await startSmallServer();
    const empty = await ask(server, '{ __typename }');
    expect(empty.body).toMatchObject({
      data: { __typename: 'Query' },
      extensions: { basis: { position: '0', behind: false } },
    });
    await server.record(listed('a', '2020-01-01', '下围村'));
    const { body, headers, status } = await ask(server, '{ hamlets(first: 5) { totalCount nodes { id name } } }');
    expect(status).toBe(200);
    expect(body.data).toEqual({ hamlets: { totalCount: 1, nodes: [{ id: 'a', name: '下围村' }] } });
    expect(body.extensions).toEqual({
      basis: { position: '1', recordedAt: '1970-01-01T00:00:00.001Z', projections: { hamlet: 1 }, behind: false },
      cost: { estimated: 6, limit: 50_000 },
    });
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f]{12}-/);
    expect(headers.get('x-cost-estimated')).toBe('6');
  });

  it('says that it is behind while the log holds more', async () => {
    const server = await startSmallServer({ isHalted: true });
    await server.record(listed('a', '2020-01-01', '下围村'));
    expect((await ask(server, '{ position }')).body).toMatchObject({
      data: { position: '0' },
      extensions: { basis: { position: '0', recordedAt: null, behind: true } },
    });
    const ready = await fetch(`${server.url}/readyz`);
    expect(ready.status).toBe(503);
    expect(await ready.json()).toMatchObject({ ready: false, position: '0', head: '1' });
  });
});

describe('GraphQL over HTTP', () => {
  it('answers GET for queries and refuses mutations there', async () => {
    const server = await startSmallServer();
    const get = (query: string) => fetch(`${server.url}/graphql?query=${encodeURIComponent(query)}`);
    expect(await (await get('{ echo }')).json()).toMatchObject({ data: { echo: 'default' } });
    const refused = await get('mutation { note(text: "x") }');
    expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'POST']);
    expect(await refused.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
  });

  it('speaks the media type that is asked for', async () => {
    const server = await startSmallServer();
    const type = async (accept: string) => (await ask(server, '{ echo }', {}, { accept })).headers.get('content-type');
    expect(await type('application/graphql-response+json')).toBe('application/graphql-response+json; charset=utf-8');
    expect(await type('application/json')).toBe('application/json; charset=utf-8');
    expect((await ask(server, '{ echo }', {}, { accept: 'image/png' })).status).toBe(406);
  });

  it.each([
    ['no JSON', '{', 'BAD_REQUEST'],
    ['a batch', '[{"query":"{ echo }"}]', 'BAD_REQUEST'],
    ['no query', '{"variables":{}}', 'BAD_REQUEST'],
    ['a query that is no text', '{"query":1}', 'BAD_REQUEST'],
    ['variables that are no object', '{"query":"{ echo }","variables":[1]}', 'BAD_REQUEST'],
    ['a persisted query', '{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"00"}}}', 'BAD_REQUEST'],
    ['no GraphQL', '{"query":"{ echo"}', 'GRAPHQL_PARSE_FAILED'],
    ['two operations and no name', '{"query":"query a { echo } query b { echo }"}', 'OPERATION_RESOLUTION_FAILURE'],
    ['a subscription', '{"query":"subscription { ticks }"}', 'BAD_REQUEST'],
    ['an unknown field', '{"query":"{ nope }"}', 'GRAPHQL_VALIDATION_FAILED'],
    ['a literal that its scalar refuses', '{"query":"{ byCode(code: \\"1\\") { id } }"}', 'BAD_USER_INPUT'],
    ['a literal of another type', '{"query":"{ hamlets(first: true) { totalCount } }"}', 'BAD_USER_INPUT'],
  ])('refuses %s', async (_, body, code) => {
    const server = await startSmallServer();
    const reply = await post(server, body);
    expect(reply.status).toBe(400);
    expect(reply.body.errors?.[0]?.extensions).toMatchObject({
      code,
      retryable: false,
      requestId: reply.headers.get('x-request-id'),
    });
    expect(reply.body.extensions?.basis?.position).toBe('0');
  });

  it('names the path of a bad variable, and takes none where one is required', async () => {
    const server = await startSmallServer();
    const query = 'query($list: [Int!], $id: ID!) { echo(list: $list) hamlet(id: $id) { id } }';
    const { status, body } = await ask(server, query, { list: [1, 'x'] });
    expect(status).toBe(400);
    expect(body.errors?.map(({ extensions }) => [extensions.code, extensions.path])).toEqual([
      ['BAD_USER_INPUT', ['list', 1]],
      ['BAD_USER_INPUT', ['id']],
    ]);
  });

  it('fills in defaults of variables and arguments', async () => {
    const server = await startSmallServer();
    const { body } = await ask(
      server,
      'query($n: Int! = 7, $t: String = "t") { required(n: $n) echo(text: $t) plain: required }',
    );
    expect(body.data).toEqual({ required: 7, echo: 't', plain: 5 });
  });
});

describe('errors', () => {
  it('tell a refusal of the domain with its remedy, beside the other fields', async () => {
    const server = await startSmallServer();
    const { status, body } = await ask(server, '{ refuse echo }');
    expect(status).toBe(200);
    expect(body.data).toEqual({ refuse: null, echo: 'default' });
    expect(body.errors).toMatchObject([
      {
        message: 'The name is taken.',
        path: ['refuse'],
        extensions: { code: 'E_NAME_TAKEN', path: ['name'], retryable: false },
      },
    ]);
  });

  it.each(['{ explode }', '{ explodeLater }'])('mask what nobody expected and log it: %s', async (query) => {
    const server = await startSmallServer();
    const { text, body } = await ask(server, query);
    expect(text).not.toMatch(/SELECT|node_modules|secret|\.[jt]s/);
    const { code, requestId } = body.errors![0]!.extensions;
    expect(code).toBe('INTERNAL_SERVER_ERROR');
    const logged = server.lines.map((line) => JSON.parse(line)).find((line) => line.err);
    expect(logged).toMatchObject({
      requestId,
      err: { message: expect.stringContaining('secret'), stack: expect.any(String) },
    });
  });

  it('say when to come again', async () => {
    const server = await startSmallServer();
    const { headers, body } = await ask(server, '{ behind }');
    expect(headers.get('retry-after')).toBe('1');
    expect(body.errors?.[0]?.extensions).toMatchObject({ code: 'E_BEHIND', retryable: true });
  });

  it('suggest no names of the schema', async () => {
    const server = await startSmallServer();
    expect((await ask(server, '{ hamlett(id: 1) { id } }')).text).not.toContain('Did you mean');
    expect((await ask(server, '{ hamlet(idd: 1) { id } }')).text).not.toContain('Did you mean');
  });

  it('are counted by their code', async () => {
    const server = await startSmallServer();
    await ask(server, '{ nope }');
    await ask(server, '{ refuse }');
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    expect(metrics).toContain('xiangyue_refusals_total{code="GRAPHQL_VALIDATION_FAILED"} 1');
    expect(metrics).toContain('xiangyue_refusals_total{code="E_NAME_TAKEN"} 1');
  });
});

describe('mutations', () => {
  it('are taken on this machine', async () => {
    const server = await startSmallServer();
    expect((await ask(server, 'mutation { a: note(text: "1") b: note(text: "2") }')).body.data).toEqual({
      a: '1',
      b: '2',
    });
  });

  it('are refused with the reason where the server is read-only', async () => {
    const server = await startSmallServer({ readOnlyBecause: 'It listens to the world.' });
    const { status, body } = await ask(server, 'mutation { note(text: "1") }');
    expect(status).toBe(403);
    expect(body.errors).toMatchObject([{ message: 'It listens to the world.', extensions: { code: 'FORBIDDEN' } }]);
    expect(await (await fetch(`${server.url}/readyz`)).json()).toMatchObject({ readOnly: 'It listens to the world.' });
  });
});
