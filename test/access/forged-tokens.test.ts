import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloseCode } from 'graphql-ws';
import { beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { ensureTokenKey } from '../../src/access/token-key.ts';
import { readConfig } from '../../src/config.ts';
import { type RunningServer, startServer } from '../../src/main.ts';
import { type Forging, forgedTokens, headerOf, signed } from '../support/forged-tokens.ts';
import { rawHttp, statusesOf } from '../support/raw-http.ts';

/** Code and message of what a road refuses with; null where it does not refuse. */
type Refusal = { readonly code: string; readonly message?: string } | null;
type Road = (url: string, authorization: string) => Promise<Refusal>;

async function refusalIn(response: Response): Promise<Refusal> {
  const text = await response.text();
  if (!text.startsWith('{')) return null;
  const { errors } = JSON.parse(text) as { errors?: { message: string; extensions: { code: string } }[] };
  const [first] = errors ?? [];
  if (!first) return null;
  const { code } = first.extensions;
  const isTold = (code === 'UNAUTHENTICATED') === (response.status === 401);
  return { code: isTold ? code : `${code} with ${response.status}`, message: first.message };
}

const posted =
  (query: string): Road =>
  async (url, authorization) =>
    refusalIn(
      await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization },
        body: JSON.stringify({ query }),
      }),
    );

const got =
  (path: string): Road =>
  async (url, authorization) =>
    refusalIn(await fetch(`${url}${path}`, { headers: { authorization } }));

/** Opens a socket; it is refused by the code with which the protocol closes it. */
async function socketOf(url: string, headers: Record<string, string>, payload: object): Promise<Refusal> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { headers });
  socket.on('open', () => socket.send(JSON.stringify({ type: 'connection_init', payload })));
  const code = await new Promise<number | null>((resolve, reject) => {
    socket.on('error', reject);
    socket.on('close', resolve);
    socket.on('message', () => resolve(null));
  });
  socket.terminate();
  return code === null ? null : { code: code === CloseCode.Forbidden ? 'UNAUTHENTICATED' : String(code) };
}

const cached = '{ log { kind } }';
const roads: Readonly<Record<string, Road>> = {
  'a query': posted('{ log { position } }'),
  'a query that was answered before': posted(cached),
  'a mutation': posted('mutation { revokeApiKey(input: { id: "0123456789abcdef" }) { apiKey { id } } }'),
  GET: got(`/graphql?query=${encodeURIComponent('{ log { position } }')}`),
  'an export': got('/export/villages.csv'),
  'an event stream': got(`/graphql/stream?query=${encodeURIComponent('{ log { position } }')}`),
  'a socket, by its first message': (url, authorization) => socketOf(url, {}, { authorization }),
  'a socket, by its header': (url, authorization) => socketOf(url, { authorization }, {}),
};

/** An address that nobody should ask, and how often it was asked. */
async function elsewhere(): Promise<{ url: string; asked: () => number; close: () => void }> {
  let asked = 0;
  const server = createServer((_, response) => {
    asked += 1;
    response.end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: () => asked,
    close: () => void server.close(),
  };
}

const now = Date.UTC(2024, 5, 1) / 1_000;
let server: RunningServer;
let forging: Forging;
let genuine: string;
let other: Awaited<ReturnType<typeof elsewhere>>;

beforeAll(async () => {
  const dir = mkdtempSync(join(tmpdir(), 'xiangyue-'));
  const key = ensureTokenKey(dir);
  const config = readConfig({ DATA_DIR: dir, PORT: '0', LOG_LEVEL: 'silent', REQUESTS_PER_SECOND_MAX: '0' });
  server = await startServer(config, { now: () => now * 1_000 });
  other = await elsewhere();
  const claims = {
    iss: 'xiangyue',
    aud: 'xiangyue',
    sub: 'forger',
    jti: '8b9d4d0e-6a53-4a43-8d2c-f5a5a2b5d0d1',
    iat: now,
    nbf: now,
    exp: now + 3_600,
    roles: ['clerk', 'approver', 'auditor', 'personal-data-reader', 'administrator'],
  };
  forging = { key, claims, now, elsewhere: other.url };
  genuine = `Bearer ${signed(key.privateKey, headerOf(key), claims)}`;
  return async () => {
    await server.close();
    other.close();
    rmSync(dir, { recursive: true });
  };
});

const invalid = 'The token is not valid.';
const said =
  /^(The token (is not valid|is not valid yet|has expired|is too long)|The Authorization header takes `Bearer` and one token or key)\.$/;

describe('a forged token', () => {
  it.each(Object.keys(roads))(
    'is refused, whatever it is, by the road of %s, which takes a genuine one',
    async (name) => {
      const road = roads[name] as Road;
      // So that an answer waits in the cache.
      expect(await posted(cached)(server.url, genuine)).toBeNull();
      expect((await road(server.url, genuine))?.code).not.toBe('UNAUTHENTICATED');
      const forged = forgedTokens(forging);
      expect(Object.keys(forged).length).toBeGreaterThan(50);
      for (const [what, authorization] of Object.entries(forged)) {
        const refusal = await road(server.url, authorization);
        expect(refusal?.code, what).toBe('UNAUTHENTICATED');
        expect(refusal?.message ?? invalid, what).toMatch(said);
      }
      expect(other.asked()).toBe(0);
    },
  );

  it('does not hide behind a genuine one in a header of its own', async () => {
    const body = '{"query":"{ __typename }"}';
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

describe('a socket', () => {
  it.each([7, true, ['Bearer x'], {}, ''])(
    'is nobody’s where its credential is no text but %j',
    async (authorization) => {
      expect(await socketOf(server.url, {}, { authorization })).toEqual({ code: 'UNAUTHENTICATED' });
    },
  );

  it('without a credential is anybody’s', async () => {
    expect(await socketOf(server.url, {}, {})).toBeNull();
  });
});
