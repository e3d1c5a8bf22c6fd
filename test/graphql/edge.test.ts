import { request as httpsRequest } from 'node:https';
import { describe, expect, it } from 'vitest';
import { publicOnly } from '../../src/access/authenticator.ts';
import { plainEdge } from '../../src/graphql/http-application.ts';
import { rawHttp, statusesOf } from '../support/raw-http.ts';
import { selfSigned } from '../support/self-signed.ts';
import { ask, post, type SmallServer, startSmallServer } from '../support/small-server.ts';

const at = (edge: Partial<typeof plainEdge>) => startSmallServer({ edge: { ...plainEdge, ...edge } });

const preflight = ({ url }: SmallServer, origin: string) =>
  fetch(`${url}/graphql`, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type',
    },
  });
const allowed = ({ headers }: { headers: Headers }) => headers.get('access-control-allow-origin');

describe('pages of other origins', () => {
  it('read nothing where none are named', async () => {
    const server = await at({});
    expect(allowed(await preflight(server, 'https://a.example'))).toBeNull();
    expect(allowed(await ask(server, '{ position }', {}, { origin: 'https://a.example' }))).toBeNull();
  });

  it('read what they are named for, and no other origin does, however alike', async () => {
    const server = await at({ origins: ['https://a.example', 'http://b.example:8080'] });
    expect(allowed(await preflight(server, 'https://a.example'))).toBe('https://a.example');
    expect(allowed(await preflight(server, 'http://b.example:8080'))).toBe('http://b.example:8080');
    const others = [
      'https://a.example.evil.example',
      'https://xa.example',
      'http://a.example',
      'https://a.example:444',
      'null',
      'http://b.example',
    ];
    for (const origin of others) expect([origin, allowed(await preflight(server, origin))]).toEqual([origin, null]);
  });

  it('are told what they may send and read, and never that they are known by a cookie', async () => {
    const server = await at({ origins: ['https://a.example'] });
    const asked = await preflight(server, 'https://a.example');
    expect(asked.status).toBe(204);
    expect(asked.headers.get('access-control-allow-headers')).toMatch(/authorization.*content-type/);
    expect(asked.headers.get('access-control-allow-credentials')).toBeNull();
    const answered = await ask(server, '{ position }', {}, { origin: 'https://a.example' });
    expect(allowed(answered)).toBe('https://a.example');
    expect(answered.headers.get('vary')).toMatch(/origin/i);
    expect(answered.headers.get('access-control-expose-headers')).toMatch(/x-request-id.*x-cost-.*retry-after/);
    expect(answered.headers.get('access-control-allow-credentials')).toBeNull();
  });

  it('can read a refusal', async () => {
    const server = await at({ origins: ['https://a.example'] });
    expect(allowed(await post(server, '{', { origin: 'https://a.example' }))).toBe('https://a.example');
    expect(allowed(await fetch(`${server.url}/nowhere`, { headers: { origin: 'https://a.example' } }))).toBeTruthy();
  });

  it('read everything where all may', async () => {
    const server = await at({ origins: ['*'] });
    expect(allowed(await ask(server, '{ position }', {}, { origin: 'https://whoever.example' }))).toBe('*');
  });
});

describe('a proxy', () => {
  const forwarded = { 'x-forwarded-for': '203.0.113.7', 'x-forwarded-proto': 'https' };

  it('is believed where it is named', async () => {
    const server = await at({ trustProxy: ['127.0.0.1'] });
    expect((await ask(server, '{ position }', {}, forwarded)).headers.get('strict-transport-security')).toBe(
      'max-age=31536000',
    );
  });

  it.each([[[]], [['10.0.0.0/8']]])('is not believed by %j: the header may be anybody’s', async (trustProxy) => {
    const server = await at({ trustProxy });
    expect((await ask(server, '{ position }', {}, forwarded)).headers.get('strict-transport-security')).toBeNull();
  });

  it('shares its clients’ requests out by their addresses, and a forged header wins nobody more', async () => {
    const limits = { requestsPerSecond: 1, requestsBurst: 2 };
    const asked = async (trustProxy: string[]) => {
      const edge = { ...plainEdge, trustProxy };
      const server = await startSmallServer({ limits, edge, authenticator: publicOnly });
      const statuses: number[] = [];
      for (const address of ['203.0.113.1', '203.0.113.2', '203.0.113.3']) {
        statuses.push((await ask(server, '{ position }', {}, { 'x-forwarded-for': address })).status);
      }
      return statuses;
    };
    expect(await asked(['127.0.0.1'])).toEqual([200, 200, 200]);
    expect(await asked([])).toEqual([200, 200, 429]);
    expect(await asked(['10.0.0.0/8'])).toEqual([200, 200, 429]);
  });
});

describe('every answer', () => {
  it.each(['/healthz', '/readyz', '/metrics', '/nowhere', '/schema.graphql', '/graphql', '/graphiql/start.js'])(
    'says that nothing in it is guessed at, framed or run: %s',
    async (path) => {
      const { headers } = await fetch((await at({})).url + path);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f]{12}-/);
      expect(headers.get('x-powered-by')).toBeNull();
      expect(headers.get('server')).toBeNull();
    },
  );
});

describe('TLS', () => {
  it('is spoken with the certificate that is given, and says so for a year', async () => {
    const tls = selfSigned();
    const server = await at({ tls });
    expect(server.url).toMatch(/^https:/);
    const answered = await new Promise<Record<string, unknown>>((resolve, reject) => {
      const sent = httpsRequest(`${server.url}/healthz`, { ca: tls.cert, agent: false }, (response) => {
        response.resume();
        response.on('end', () => resolve({ status: response.statusCode, ...response.headers }));
      });
      sent.on('error', reject).end();
    });
    expect(answered).toMatchObject({ status: 200, 'strict-transport-security': 'max-age=31536000' });
  });
});

const queryAs = (headers: string, body = '{"query":"{ position }"}') =>
  `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\nconnection: close\r\n${headers}\r\n\r\n${body}`;

describe('HTTP that can be read in two ways', () => {
  it.each([
    ['two lengths', queryAs('content-length: 24\r\ncontent-length: 3')],
    ['a length and chunks', queryAs('content-length: 24\r\ntransfer-encoding: chunked')],
    ['chunks in disguise', queryAs('transfer-encoding: chunked, identity')],
    ['a length that is none', queryAs('content-length: +24')],
    ['a header folded over lines', queryAs('x-a: b\r\n c: d\r\ncontent-length: 24\r\nx y: z')],
    ['a chunk whose size is none', queryAs('transfer-encoding: chunked', 'zz\r\n{}\r\n0\r\n\r\n')],
    ['a bare line feed in a header', queryAs('x-a: b\rcontent-length: 24')],
    ['no HTTP at all', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n'],
    ['HTTP/2 without agreement', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['no host', 'GET /healthz HTTP/1.1\r\nconnection: close\r\n\r\n'],
  ])('is refused: %s', async (_, text) => {
    const server = await at({});
    const answer = await rawHttp(server.url, text);
    expect(statusesOf(answer)).toEqual([400]);
    expect((await ask(server, '{ position }')).body.data).toEqual({ position: '0' });
  });

  it('is told with a code', async () => {
    const server = await at({});
    const answer = await rawHttp(server.url, queryAs('content-length: 24\r\ncontent-length: 3'));
    expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')))).toMatchObject({
      errors: [{ extensions: { code: 'BAD_REQUEST' } }],
    });
  });
});

describe('HTTP without end', () => {
  it('is refused where headers are too large', async () => {
    const server = await at({});
    const answer = await rawHttp(server.url, `GET /healthz HTTP/1.1\r\nhost: x\r\nx-a: ${'a'.repeat(20_000)}\r\n\r\n`);
    expect(statusesOf(answer)).toEqual([431]);
    expect(answer).toContain('"limit":"headerBytesMax"');
  });

  it('is refused where an address is', async () => {
    const server = await at({});
    expect(statusesOf(await rawHttp(server.url, `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nhost: x\r\n\r\n`))).toEqual([
      431,
    ]);
    expect((await fetch(`${server.url}/${'a'.repeat(10_000)}`)).status).toBe(404);
  });

  it('is cut where headers or bodies come too slowly', async () => {
    const server = await startSmallServer({ limits: { headersMs: 40, requestMs: 80 } });
    expect(statusesOf(await rawHttp(server.url, 'GET /healthz HTTP/1.1\r\nhost: x\r\nx-a: '))).toEqual([408]);
    expect(statusesOf(await rawHttp(server.url, queryAs('content-length: 24', '{"query"')))).toEqual([408]);
  });

  it('is cut where neither side says anything', async () => {
    const server = await startSmallServer({ limits: { connectionSilentMs: 40 } });
    expect(await rawHttp(server.url, '')).toBe('');
  });

  it('may come in a row, and is answered in its order', async () => {
    const server = await at({});
    const one = 'GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n';
    const last = 'GET /nowhere HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n';
    expect(statusesOf(await rawHttp(server.url, one.repeat(100) + last))).toEqual([...Array(100).fill(200), 404]);
  });
});

describe('addresses and methods that are not there', () => {
  it.each(['DELETE', 'PUT', 'PATCH', 'TRACE', 'PROPFIND'])('are refused with a code: %s', async (method) => {
    const server = await at({});
    const answer = await rawHttp(
      server.url,
      `${method} /export/villages.csv HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`,
    );
    expect(statusesOf(answer)).toEqual([404]);
    expect(answer).toContain('"code":"E_NOT_FOUND"');
  });

  it.each([
    '/%ff',
    '/%00',
    '/..%2f..%2fetc%2fpasswd',
    '/graphiql/..%2f..%2fpackage.json',
    '//evil.example',
    '/graphql/%c0%af',
  ])('lead nowhere: %s', async (path) => {
    const server = await at({});
    const answer = await rawHttp(server.url, `GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
    expect([400, 404]).toContain(statusesOf(answer)[0]);
    expect(answer).toMatch(/"code":"(BAD_REQUEST|E_NOT_FOUND)"/);
  });
});
