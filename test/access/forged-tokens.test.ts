import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openAccess } from '../../src/access/open-access.ts';
import { ensureTokenKey } from '../../src/access/token-key.ts';
import { type Forging, forgedTokens, headerOf, signed } from '../support/forged-tokens.ts';
import { rawHttp, statusesOf } from '../support/raw-http.ts';
import { type SmallServer, startSmallServer } from '../support/small-server.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** Code and message of what a road refuses with; null where it lets in. */
type Refusal = { readonly code: string; readonly message: string; readonly status?: number } | null;
type Road = (server: SmallServer, authorization: string) => Promise<Refusal>;

const refusalIn = async (response: Response): Promise<Refusal> => {
  const { errors } = JSON.parse(await response.text()) as {
    errors?: { message: string; extensions: { code: string } }[];
  };
  const [first] = errors ?? [];
  return first ? { code: first.extensions.code, message: first.message, status: response.status } : null;
};

const posted =
  (query: string): Road =>
  async ({ url }, authorization) =>
    refusalIn(
      await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization },
        body: JSON.stringify({ query }),
      }),
    );

const roads: Readonly<Record<string, Road>> = {
  'a query': posted('{ position }'),
  'a query that was answered before': posted('{ __typename }'),
  'a mutation': posted('mutation { note(text: "forged") }'),
  GET: async ({ url }, authorization) =>
    refusalIn(
      await fetch(`${url}/graphql?query=${encodeURIComponent('{ position }')}`, { headers: { authorization } }),
    ),
};

/** An address that nobody should ask, and how often it was asked. */
async function elsewhere(): Promise<{ url: string; asked: () => number }> {
  let asked = 0;
  const server = createServer((_, response) => {
    asked += 1;
    response.end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked: () => asked };
}

async function guarded() {
  const dir = tempFolder();
  const key = ensureTokenKey(dir);
  const now = Date.UTC(2024, 5, 1) / 1_000;
  const oidc = null;
  const access = openAccess({ dir, logId: 'log-1', oidc, now: () => now * 1_000, onFault: () => undefined });
  onTestFinished(access.close);
  const server = await startSmallServer({ authenticator: access.authenticator, limits: { requestsPerSecond: 0 } });
  const other = await elsewhere();
  const claims = {
    iss: 'xiangyue',
    aud: 'log-1',
    sub: 'forger',
    jti: '8b9d4d0e-6a53-4a43-8d2c-f5a5a2b5d0d1',
    iat: now,
    nbf: now,
    exp: now + 3_600,
    roles: ['clerk', 'approver', 'auditor', 'personal-data-reader', 'administrator'],
  };
  const forging: Forging = { key, claims, now, elsewhere: other.url };
  return { server, forging, genuine: `Bearer ${signed(key.privateKey, headerOf(key), claims)}`, asked: other.asked };
}

const said =
  /^(The token (is not valid|is not valid yet|has expired|is too long)|The Authorization header takes `Bearer` and one token or key)\.$/;

describe('a forged token', () => {
  it.each(Object.keys(roads))(
    'is refused, whatever it is, by the road of %s, which takes a genuine one',
    async (name) => {
      const { server, forging, genuine, asked } = await guarded();
      const road = roads[name] as Road;
      // So that an answer waits in the cache.
      expect(await posted('{ __typename }')(server, genuine)).toBeNull();
      expect(await road(server, genuine)).toBeNull();
      const forged = forgedTokens(forging);
      expect(Object.keys(forged).length).toBeGreaterThan(50);
      for (const [what, authorization] of Object.entries(forged)) {
        expect(await road(server, authorization), what).toMatchObject({
          code: 'UNAUTHENTICATED',
          message: expect.stringMatching(said),
          status: 401,
        });
      }
      expect(asked()).toBe(0);
    },
  );

  it('does not hide behind a genuine one in a header of its own', async () => {
    const { server, genuine } = await guarded();
    const body = '{"query":"{ position }"}';
    const request = (headers: readonly string[]) =>
      ['POST /graphql HTTP/1.1', 'host: localhost', 'connection: close', 'content-type: application/json', ...headers]
        .concat(`content-length: ${body.length}`, '', body)
        .join('\r\n');
    const one = `authorization: ${genuine}`;
    expect(statusesOf(await rawHttp(server.url, request([one])))).toEqual([200]);
    expect(statusesOf(await rawHttp(server.url, request([one, 'authorization: Bearer forged'])))).toEqual([401]);
    expect(statusesOf(await rawHttp(server.url, request([one, one])))).toEqual([401]);
  });
});
