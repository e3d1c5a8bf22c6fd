import { describe, expect, it } from 'vitest';
import type { Authenticator } from '../../src/access/authenticator.ts';
import { CodedError } from '../../src/es/errors.ts';
import { MemoryRateLimiter } from '../../src/graphql/rate-limit.ts';
import { named, principalOf } from '../support/principals.ts';
import { ask, startSmallServer } from '../support/small-server.ts';

/** So slow that no token comes back while a test runs. */
const slow = { requestsPerSecond: 1 / 3_600, requestsBurst: 2 };
const two = named([principalOf('ann', ['clerk']), principalOf('ben', ['clerk'])]);
const bearer = (authorization: string) => ({ authorization: `Bearer ${authorization}` });

describe('requests', () => {
  it('are counted, and say what is left', async () => {
    const server = await startSmallServer({ limits: { requestsPerSecond: 1 / 3_600, requestsBurst: 3 } });
    const { headers } = await ask(server, '{ position }');
    expect([headers.get('ratelimit-limit'), headers.get('ratelimit-remaining')]).toEqual(['3', '2']);
    const reset = Number(headers.get('ratelimit-reset'));
    expect(reset).toBeGreaterThan(3_000);
    expect(reset).toBeLessThanOrEqual(3_600);
  });

  it('beyond the burst are told when to come again, even where the answer is cached', async () => {
    const server = await startSmallServer({ limits: slow });
    await ask(server, '{ position }');
    expect((await ask(server, '{ position }')).headers.get('x-cache')).toBe('hit');
    const { status, headers, body } = await ask(server, '{ position }');
    expect(status).toBe(429);
    expect(body.errors).toMatchObject([{ extensions: { code: 'RATE_LIMITED', retryable: true } }]);
    const seconds = Number(headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(3_000);
    expect(seconds).toBeLessThanOrEqual(3_600);
    expect(headers.get('ratelimit-remaining')).toBe('0');
  });

  it('of a principal are its own, from whatever address', async () => {
    const server = await startSmallServer({ limits: slow, authenticator: two });
    const statuses = [];
    for (const who of ['ann', 'ann', 'ann', 'ben', 'ben', 'ben']) {
      statuses.push((await ask(server, '{ position }', {}, bearer(who))).status);
    }
    expect(statuses).toEqual([200, 200, 429, 200, 200, 429]);
    expect((await ask(server, '{ position }')).status).toBe(200);
  });

  it('with a credential that nobody knows count against their address, before it is looked at', async () => {
    let looks = 0;
    const forgeries: Authenticator = {
      known: () => undefined,
      authenticate: async () => {
        looks += 1;
        throw new CodedError('UNAUTHENTICATED', 'Forged.');
      },
      holds: async () => false,
    };
    const server = await startSmallServer({ limits: slow, authenticator: forgeries });
    const statuses = [];
    for (const forged of ['a', 'b', 'c', 'd']) {
      statuses.push((await ask(server, '{ position }', {}, bearer(forged))).status);
    }
    expect(statuses).toEqual([401, 401, 429, 429]);
    expect(looks).toBe(2);
  });

  it('for exports, files and nothing at all are counted with the others', async () => {
    const server = await startSmallServer({ limits: slow });
    await fetch(`${server.url}/nothing`);
    await fetch(`${server.url}/schema.graphql`);
    const refused = await fetch(`${server.url}/export/villages.csv`);
    expect(refused.status).toBe(429);
    expect(await refused.json()).toMatchObject({ errors: [{ extensions: { code: 'RATE_LIMITED' } }] });
  });

  it('are refused in the media type that is asked for', async () => {
    const server = await startSmallServer({ limits: { ...slow, requestsBurst: 1 } });
    const accept = 'application/graphql-response+json';
    await ask(server, '{ position }', {}, { accept });
    const { status, headers } = await ask(server, '{ position }', {}, { accept });
    expect([status, headers.get('content-type')]).toEqual([429, `${accept}; charset=utf-8`]);
  });

  it('of those who watch the server are free', async () => {
    const server = await startSmallServer({ limits: { ...slow, requestsBurst: 1 } });
    await ask(server, '{ position }');
    for (const path of ['/healthz', '/readyz', '/metrics']) expect((await fetch(server.url + path)).status).toBe(200);
    expect((await ask(server, '{ position }')).status).toBe(429);
  });

  it('can be counted elsewhere, by a limiter that takes its time', async () => {
    const memory = new MemoryRateLimiter({ perSecond: 1 / 3_600, burst: 1 });
    const rateLimiter = { take: async (key: string) => memory.take(key) };
    const server = await startSmallServer({ rateLimiter });
    expect((await ask(server, '{ position }')).headers.get('ratelimit-remaining')).toBe('0');
    expect((await ask(server, '{ position }')).status).toBe(429);
  });

  it('are not limited where the rate is 0', async () => {
    const server = await startSmallServer({ limits: { requestsPerSecond: 0, requestsBurst: 1 } });
    await ask(server, '{ position }');
    const { status, headers } = await ask(server, '{ position }');
    expect([status, headers.get('ratelimit-limit')]).toEqual([200, null]);
  });
});
