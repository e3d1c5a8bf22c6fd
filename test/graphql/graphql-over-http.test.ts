import { request as httpRequest } from 'node:http';
import { auditServer } from 'graphql-http';
import { describe, expect, it } from 'vitest';
import { named, principalOf } from '../support/principals.ts';
import { ask, post, startSmallServer } from '../support/small-server.ts';

const asLegacy =
  'A client that asks for application/json learns by the status too that nothing was executed: caches, proxies and logs see no success where there is none.';

/** Audits that fail on purpose, by their id, and why. */
const deliberate: Readonly<Record<string, string>> = {
  // SHOULD use 200 status code on document parsing failure when accepting application/json
  '572B': asLegacy,
  // SHOULD use 200 status code on document validation failure when accepting application/json
  FDE2: asLegacy,
  // SHOULD use a status code of 200 on variable coercion failure when accepting application/json
  '7B9B': asLegacy,
};

describe('the audit of graphql-http', () => {
  it('passes but for what is deliberate', async () => {
    const { url } = await startSmallServer();
    const results = await auditServer({ url: `${url}/graphql` });
    const failed = results.filter(({ status }) => status !== 'ok').map(({ id, name }) => `${id} ${name}`);
    expect(results.length).toBeGreaterThan(50);
    expect(failed.map((each) => each.split(' ')[0]).sort(), failed.join('\n')).toEqual(Object.keys(deliberate).sort());
    for (const { id, name } of results) if (id in deliberate) expect(name).toMatch(/^SHOULD /);
  });
});

describe('the media type', () => {
  const graphql = 'application/graphql-response+json';
  const json = 'application/json';
  const both = [graphql, json] as const;

  it.each(both)('%s is that of answers, of failures within them and of refusals', async (accept) => {
    const server = await startSmallServer();
    for (const [query, status] of [
      ['{ echo }', 200],
      ['{ refuse echo }', 200],
      ['{ nope }', 400],
      ['{', 400],
    ] as const) {
      const reply = await ask(server, query, {}, { accept });
      expect([reply.status, reply.headers.get('content-type')]).toEqual([status, `${accept}; charset=utf-8`]);
      expect('data' in reply.body).toBe(status === 200);
    }
  });

  it('is JSON for whoever takes anything', async () => {
    const server = await startSmallServer();
    for (const accept of ['*/*', 'application/*', 'text/html, */*;q=0.8', `${json};q=0.9, ${graphql};q=0.1`]) {
      expect((await ask(server, '{ echo }', {}, { accept })).headers.get('content-type')).toBe(
        `${json}; charset=utf-8`,
      );
    }
  });
});

describe('what a page of another site may send without asking', () => {
  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/graphql',
    '',
  ])('is never a POST that is read: %s', async (type) => {
    const server = await startSmallServer();
    const body = JSON.stringify({ query: 'mutation { note(text: "ridden") }' });
    const reply = await post(server, body, { 'content-type': type });
    expect([reply.status, reply.body.errors?.[0]?.extensions.code]).toEqual([415, 'BAD_REQUEST']);
  });

  it('is answered as JSON with its parameters', async () => {
    const server = await startSmallServer();
    const body = JSON.stringify({ query: '{ echo }' });
    expect((await post(server, body, { 'content-type': 'application/json; charset=utf-8' })).status).toBe(200);
  });

  it('is by GET a query that changes nothing, and not one that is embedded', async () => {
    const { url } = await startSmallServer();
    const statusOf = (query: string, headers: Record<string, string>) =>
      new Promise<number | undefined>((resolve, reject) => {
        const path = `${url}/graphql?query=${encodeURIComponent(query)}`;
        httpRequest(path, { headers }, (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        })
          .on('error', reject)
          .end();
      });
    const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
    const picture = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' };
    expect(await statusOf('{ echo }', {})).toBe(200);
    expect(await statusOf('{ echo }', link)).toBe(200);
    expect(await statusOf('{ echo }', picture)).toBe(403);
    for (const headers of [{}, link]) expect(await statusOf('mutation { note(text: "x") }', headers)).toBe(405);
  });
});

describe('who asks', () => {
  it('is asked for a token where she is not known, and told that hers is none', async () => {
    const authenticator = named([principalOf('ann', ['clerk'])]);
    const server = await startSmallServer({ authenticator });
    const { status, headers, body } = await ask(server, 'mutation { note(text: "x") }');
    expect([status, headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    expect(body.errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    const forged = await ask(server, 'mutation { note(text: "x") }', {}, { authorization: 'Bearer forged' });
    expect([forged.status, forged.headers.get('www-authenticate')]).toEqual([401, 'Bearer error="invalid_token"']);
    expect((await ask(server, 'mutation { note(text: "x") }', {}, { authorization: 'Bearer ann' })).status).toBe(200);
  });
});

describe('a batch', () => {
  it.each(['[]', '[{"query":"{ echo }"}]', '[{"query":"{ echo }"},{"query":"{ echo }"}]'])(
    'is refused with the reason: %s',
    async (body) => {
      const reply = await post(await startSmallServer(), body);
      expect(reply.status).toBe(400);
      expect(reply.body.errors).toMatchObject([
        { message: 'One operation a request: batches are not taken.', extensions: { code: 'BAD_REQUEST' } },
      ]);
    },
  );
});
