import { fc, test } from '@fast-check/vitest';
import { buildSchema, GraphQLError, type GraphQLSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { errorCatalogue } from '../../src/es/errors.ts';
import { clientError } from '../../src/graphql/errors.ts';
import { ask, startSmallServer } from '../support/small-server.ts';

/** What must not leave the server, in whatever it is wrapped. */
const secret = 'SECRET /srv/data/log.sqlite: SELECT data FROM events WHERE id = 1';

/** Things that code throws, or that somebody made it throw. */
const odd: readonly (() => unknown)[] = [
  () => new Error(secret),
  () => new TypeError(secret, { cause: new Error(secret) }),
  () => new AggregateError([new Error(secret)], secret),
  () =>
    Object.assign(new Error(secret), { code: 'SQLITE_ERROR', statusCode: 400, extensions: { code: 'E_NOT_FOUND' } }),
  () => Object.assign(new Error(secret), { statusCode: 200, headers: { 'x-leak': secret } }),
  () => new GraphQLError(secret),
  () => new GraphQLError(secret, { extensions: { code: 'ENOENT', stacktrace: [secret], path: secret } }),
  () => new GraphQLError('outside', { originalError: new Error(secret), extensions: { exception: secret } }),
  () => new GraphQLError(secret, { extensions: { code: 'INTERNAL_SERVER_ERROR', http: { status: 200 } } }),
  () => secret,
  () => 42,
  () => null,
  () => undefined,
  () => Symbol(secret),
  () => ({ message: secret, stack: secret, toJSON: () => secret }),
  () => [secret],
  () => () => secret,
  () => Object.freeze(new RangeError(secret)),
  () => Object.create(null) as unknown,
  () => Object.defineProperty(new Error('x'), 'message', { get: () => secret }),
  () => Object.assign(new Error(secret), { name: secret }),
  () => new DOMException(secret, 'AbortError'),
];
const thrown = fc.constantFrom(...odd).map((make) => make());

const masks = (text: string) => {
  expect(text).not.toMatch(/SECRET|SELECT|\/srv|node_modules|\bat .*\.(ts|js):|stacktrace/);
};

function schemaThrowing(what: () => unknown): GraphQLSchema {
  const schema = buildSchema(
    'type Query { sync: String async: String! list: [Odd] position: String } type Odd { field: String! }',
  );
  const resolve = (name: string, act: () => unknown, type = 'Query') => {
    const field = (
      schema.getType(type) as unknown as { getFields(): Record<string, { resolve?: unknown }> }
    ).getFields()[name];
    if (field) field.resolve = act;
  };
  resolve('sync', () => {
    throw what();
  });
  resolve('async', async () => {
    throw what();
  });
  resolve('list', () => [{}, {}]);
  resolve('field', () => Promise.reject(what()), 'Odd');
  return schema;
}

describe('an error', () => {
  test.prop([thrown])('of whatever kind is told by its code alone', (error) => {
    const logged: unknown[] = [];
    const told = clientError(error, {
      requestId: 'r',
      log: { error: (...entry: unknown[]) => void logged.push(entry) },
    });
    masks(JSON.stringify(told));
    expect(told.extensions).toMatchObject({ code: 'INTERNAL_SERVER_ERROR', requestId: 'r' });
    expect(logged).toHaveLength(1);
  });

  it('that a resolver throws leaves nothing in the answer', async () => {
    let current: unknown;
    const server = await startSmallServer({ schema: schemaThrowing(() => current) });
    for (const make of odd) {
      current = make();
      for (const query of ['{ sync list { field } }', '{ async }']) {
        const reply = await ask(server, query);
        masks(reply.text);
        masks(JSON.stringify([...reply.headers]));
        expect(reply.body.errors?.length).toBeGreaterThan(0);
        for (const { extensions } of reply.body.errors ?? []) expect(extensions.code).toBe('INTERNAL_SERVER_ERROR');
      }
    }
    expect((await ask(server, '{ __typename }')).body.data).toEqual({ __typename: 'Query' });
  });

  it('of the log leaves nothing in exports and doors', async () => {
    let current: unknown;
    const server = await startSmallServer();
    const { store } = server;
    const { head, readLog } = store;
    store.head = () => Promise.reject(current);
    store.readLog = () => {
      throw current;
    };
    for (const make of odd) {
      current = make();
      for (const path of [
        '/readyz',
        '/export/events.ndjson',
        '/export/villages.csv',
        '/graphql?query={position}',
        '/metrics',
      ]) {
        const response = await fetch(server.url + path);
        masks(await response.text());
        masks(JSON.stringify([...response.headers]));
      }
    }
    Object.assign(store, { head, readLog });
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  });

  test.prop([fc.constantFrom(...Object.keys(errorCatalogue))])('has a remedy that speaks of no machine: %s', (code) => {
    const entry = errorCatalogue[code as keyof typeof errorCatalogue];
    masks(JSON.stringify(entry));
    expect(entry.remedy).not.toBe('');
  });
});
