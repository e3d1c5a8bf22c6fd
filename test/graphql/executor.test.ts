import { buildSchema, type OperationDefinitionNode, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { Executor } from '../../src/graphql/executor.ts';
import { ask, post, startSmallServer } from '../support/small-server.ts';

const schemaOf = (sdl: string) => {
  const schema = buildSchema(sdl);
  const field = schema.getQueryType()?.getFields().found;
  if (field) field.resolve = (_, { where }) => JSON.stringify(where);
  return schema;
};

const run = (sdl: string, query: string, variables: Record<string, unknown>) => {
  const document = parse(query);
  const operation = document.definitions[0] as OperationDefinitionNode;
  return new Executor(schemaOf(sdl), 1_000).run({ document, operation, variables, context: {} });
};

describe('Executor', () => {
  it.each([
    ['itself', 'input Filter { name: String, or: [Filter!] }'],
    ['itself by another', 'input Filter { name: String, not: Other } input Other { filter: Filter }'],
  ])('executes an operation whose variable is of an input type that holds %s', async (_, inputs) => {
    const sdl = `${inputs} type Query { found(where: Filter): String }`;
    const variables = { where: { name: '下围' } };
    expect(await run(sdl, 'query ($where: Filter) { found(where: $where) }', variables)).toEqual({
      data: { found: '{"name":"下围"}' },
    });
  });
});

describe('what the door refuses', () => {
  const body = JSON.stringify({ query: '{ hamlets { totalCount } }' });
  const headers = { 'content-type': 'application/json' };

  it('is not given to others: an answer that one client did not accept', async () => {
    const server = await startSmallServer();
    const refused = await post(server, body, { ...headers, accept: 'application/xml' });
    expect(refused.status).toBe(406);
    expect(JSON.parse(refused.text).errors[0].extensions).toMatchObject({ code: 'BAD_REQUEST', retryable: false });
    const next = await post(server, body, { ...headers, accept: '*/*' });
    expect([next.status, JSON.parse(next.text).data]).toEqual([200, { hamlets: { totalCount: 0 } }]);
    expect((await post(server, body, { ...headers, accept: 'application/xml' })).status).toBe(406);
  });

  it('has a code where the parser runs out of stack', async () => {
    const server = await startSmallServer();
    const { status, body: told } = await ask(server, '{ echo '.repeat(10_000));
    expect(status).toBe(400);
    expect(told.errors?.[0]?.extensions.code).toBe('E_LIMIT');
  });

  it('has a code where a persisted query is asked for', async () => {
    const server = await startSmallServer();
    const extensions = { persistedQuery: { version: 1, sha256Hash: '00' } };
    const { status, text } = await post(server, JSON.stringify({ query: '{ echo }', extensions }), headers);
    expect([status, JSON.parse(text).errors[0].extensions.code]).toEqual([400, 'BAD_REQUEST']);
  });

  it('has a code where an address cannot be decoded', async () => {
    const server = await startSmallServer();
    const response = await fetch(`${server.url}/%`);
    const { errors } = (await response.json()) as { errors: { extensions: Record<string, unknown> }[] };
    expect(response.status).toBe(400);
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_REQUEST', retryable: false });
  });
});
