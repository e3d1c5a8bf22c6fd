import { setImmediate as others } from 'node:timers/promises';
import type { GraphQLFieldResolver } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { RequestContext } from '../../src/graphql/context.ts';
import { turn } from '../../src/graphql/turn.ts';
import { smallSchema } from '../support/small-api.ts';
import { ask, startSmallServer } from '../support/small-server.ts';

type Resolve = GraphQLFieldResolver<unknown, RequestContext, Record<string, unknown>>;

/** The small schema with another resolver for a field, and a promise for each time that it is called. */
function schemaWith(type: 'Query' | 'Mutation', field: string, resolve: Resolve) {
  const schema = smallSchema();
  const begun: (() => void)[] = [];
  const fields = schema.getType(type) as unknown as { getFields(): Record<string, { resolve: Resolve }> };
  fields.getFields()[field]!.resolve = (...given) => {
    begun.shift()?.();
    return resolve(...given);
  };
  return { schema, next: () => new Promise<void>((told) => begun.push(told)) };
}

function later() {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

/** Asks, and goes away as soon as told. */
function askAndLeave(url: string, query: string) {
  const leaving = new AbortController();
  const answered = fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
    signal: leaving.signal,
  });
  return {
    leave: async () => {
      leaving.abort();
      await expect(answered).rejects.toThrow('aborted');
    },
  };
}

describe('a client that leaves', () => {
  it('ends the work of its query, and gives its place to the next one', async () => {
    const ended = later();
    const { schema, next } = schemaWith('Query', 'never', async (_, __, context) => {
      try {
        for (;;) await turn(context);
      } finally {
        ended.resolve();
      }
    });
    // Long enough that nothing but the leaving ends it.
    const server = await startSmallServer({ schema, limits: { runningMax: 1, queryDurationMsMax: 600_000 } });
    const begun = next();
    const { leave } = askAndLeave(server.url, '{ never }');
    await begun;
    await leave();
    await ended.promise;
    expect((await ask(server, '{ echo }')).status).toBe(200);
  });

  it('leaves the place of work that goes on taken until it has ended', async () => {
    const [noticed, release] = [later(), later()];
    const { schema, next } = schemaWith('Query', 'never', async (_, __, { effort }) => {
      while (!effort.isCancelled) await others();
      noticed.resolve();
      await release.promise;
    });
    const limits = { runningMax: 1, waitingMax: 0, queryDurationMsMax: 600_000 };
    const server = await startSmallServer({ schema, limits });
    const begun = next();
    const { leave } = askAndLeave(server.url, '{ never }');
    await begun;
    await leave();
    await noticed.promise;
    expect((await ask(server, '{ echo }')).status).toBe(503);
    release.resolve();
    let reply = await ask(server, '{ echo }');
    while (reply.status === 503) reply = await ask(server, '{ echo }');
    expect(reply.body.data).toEqual({ echo: 'default' });
  });

  it('does not end its command', async () => {
    const [left, done] = [later(), later()];
    const log: string[] = [];
    const { schema, next } = schemaWith('Mutation', 'note', async (_, { text }, context) => {
      await left.promise;
      await turn(context).finally(done.resolve);
      log.push(String(text));
    });
    const server = await startSmallServer({ schema });
    server.app.server.once('connection', (socket) => socket.once('close', left.resolve));
    const begun = next();
    const { leave } = askAndLeave(server.url, 'mutation { note(text: "kept") }');
    await begun;
    await leave();
    await done.promise;
    await others();
    expect(log).toEqual(['kept']);
  });
});

describe('a full queue', () => {
  it('turns away at once, though nothing has ended, and says when to come again', async () => {
    const release = later();
    const { schema, next } = schemaWith('Query', 'never', () => release.promise);
    const limits = { runningMax: 1, waitingMax: 1, queryDurationMsMax: 600_000 };
    const server = await startSmallServer({ schema, limits });
    const begun = next();
    const running = ask(server, '{ never }');
    await begun;
    // One of the two waits, the other is turned away.
    const both = [ask(server, '{ echo }'), ask(server, '{ echo }')];
    const turned = await Promise.race(both);
    expect([turned.status, turned.headers.get('retry-after')]).toEqual([503, '1']);
    expect(turned.body.errors).toMatchObject([{ extensions: { code: 'E_OVERLOADED', retryable: true } }]);
    release.resolve();
    expect((await running).status).toBe(200);
    expect((await Promise.all(both)).map(({ status }) => status).sort()).toEqual([200, 503]);
  });
});
