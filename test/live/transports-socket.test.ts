import { createClient } from 'graphql-ws';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Authenticator } from '../../src/access/authenticator.ts';
import { anonymous, type Principal } from '../../src/access/principal.ts';
import { CodedError } from '../../src/es/errors.ts';
import { type LiveServer, liveServer } from '../support/live-server.ts';
import { eventsDocument } from '../support/live-sink.ts';
import { principalOf } from '../support/principals.ts';
import { declined, RawSocket } from '../support/raw-socket.ts';

const xiawei = 'v_xiawei0001';
const watch = (id: string, variables: object = {}) => ({
  id,
  type: 'subscribe',
  payload: { query: eventsDocument, variables },
});
const ask = (id: string, query: string) => ({ id, type: 'subscribe', payload: { query } });

/** Takes `Bearer <id>` for the principal and refuses all else but nothing. */
const only = (principal: Principal, holds = async () => true): Authenticator => ({
  known: () => undefined,
  authenticate: async (authorization) => {
    if (authorization === undefined) return anonymous;
    if (authorization === `Bearer ${principal.id}`) return principal;
    throw new CodedError('UNAUTHENTICATED', 'No credential of this server.');
  },
  holds,
});

describe('a socket, by the protocol of graphql-transport-ws', () => {
  it('acknowledges, answers pings, tells events and completes what the client completes', async () => {
    const { api, url } = await liveServer();
    const raw = await RawSocket.ready(url);
    raw.say({ type: 'ping', payload: { at: 1 } });
    raw.say(watch('a', { after: '12' }));
    await raw.hears(4);
    raw.say({ id: 'a', type: 'complete' });
    raw.say(ask('b', '{ __typename }'));
    await raw.hears(6);
    await api.rename(xiawei, '下围社区居委会');
    raw.say(ask('c', '{ __typename }'));
    const heard = await raw.hears(8);
    expect(heard.map(({ type, id }) => [type, id])).toEqual([
      ['connection_ack', undefined],
      ['pong', undefined],
      ['next', 'a'],
      ['next', 'a'],
      ['next', 'b'],
      ['complete', 'b'],
      ['next', 'c'],
      ['complete', 'c'],
    ]);
    expect(heard[2].payload.data.events).toMatchObject({ __typename: 'EventRecorded', position: '13' });
    expect(heard[3].payload.data.events).toEqual({ __typename: 'CaughtUp', position: '13' });
  });

  it('answers what is wrong with an operation to that operation alone', async () => {
    const { url } = await liveServer();
    const raw = await RawSocket.ready(url);
    raw.say(watch('kept'));
    await raw.hears(2);
    raw.say(ask('syntax', '{'));
    raw.say(ask('field', '{ nothing }'));
    raw.say(ask('deep', `{ ${'log { '.repeat(20)} id ${'}'.repeat(20)} }`));
    raw.say(ask('fine', '{ __typename }'));
    const heard = await raw.hears(7);
    const errors = heard.filter(({ type }) => type === 'error');
    expect(errors.map(({ id, payload }) => [id, payload[0].extensions.code])).toEqual([
      ['syntax', 'GRAPHQL_PARSE_FAILED'],
      ['field', 'GRAPHQL_VALIDATION_FAILED'],
      ['deep', 'E_LIMIT'],
    ]);
    expect(raw.closed).toBeUndefined();
  });

  it.each([
    ['what is no JSON', 'nonsense', 4400],
    ['an unknown type', '{"type":"start"}', 4400],
    ['a key named twice', '{"type":"ping","type":"ping"}', 4400],
    ['a second connection_init', '{"type":"connection_init"}', 4429],
    ['an id that is in use', JSON.stringify(watch('used')), 4409],
  ])('closes for %s', async (_, text, code) => {
    const { url } = await liveServer();
    const raw = await RawSocket.ready(url);
    raw.say(watch('used'));
    await raw.hears(2);
    raw.socket.send(text);
    expect((await raw.ends()).code).toBe(code);
  });

  it('closes for an operation before the acknowledgement, for silence, and for another subprotocol', async () => {
    const { url } = await liveServer({ limits: { connectionInitMs: 20 } });
    const hasty = await RawSocket.open(url);
    hasty.say(watch('a'));
    expect(await hasty.ends()).toEqual({ code: 4401, reason: 'Unauthorized' });
    const silent = await RawSocket.open(url);
    expect(await silent.ends()).toEqual({ code: 4408, reason: 'Connection initialisation timeout' });
    await expect(RawSocket.open(url, {}, 'graphql-ws')).rejects.toThrow();
  });

  it('lets an id be used again as soon as the client has completed it', async () => {
    const { url } = await liveServer();
    const raw = await RawSocket.ready(url);
    raw.say(watch('a'));
    await raw.hears(2);
    // In one piece, so that the server reads both at once.
    const { _socket: stream } = raw.socket as unknown as { _socket: { cork(): void; uncork(): void } };
    stream.cork();
    raw.say({ id: 'a', type: 'complete' });
    raw.say(watch('a', { after: '12' }));
    stream.uncork();
    const heard = await raw.hears(4);
    expect(heard.slice(2).map(({ type, payload }) => [type, payload?.data.events.position])).toEqual([
      ['next', '13'],
      ['next', '13'],
    ]);
    raw.say(ask('z', '{ __typename }'));
    expect((await raw.hears(6)).slice(4).map(({ id }) => id)).toEqual(['z', 'z']);
  });

  it('serves the client of graphql-ws', async () => {
    const { url } = await liveServer();
    const client = createClient({ url: `${url.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket });
    const positions: unknown[] = [];
    for await (const { data } of client.iterate({ query: eventsDocument, variables: { after: '11' } })) {
      const { __typename, position } = (data as { events: Record<string, string> }).events;
      positions.push(position);
      if (__typename === 'CaughtUp') break;
    }
    expect(positions).toEqual(['12', '13', '13']);
    await client.dispose();
  });
});

describe('who may open and keep a socket', () => {
  const auditor = principalOf('auditor', ['auditor']);

  it('takes a credential by the first message or by the header, and refuses a wrong one', async () => {
    const { url } = await liveServer({ authenticator: only(auditor) });
    const byHeader = { headers: { authorization: 'Bearer auditor' } };
    const codes: unknown[] = [];
    for (const raw of [
      await RawSocket.ready(url),
      await RawSocket.ready(url, { authorization: 'Bearer auditor' }),
      await RawSocket.ready(url, undefined, byHeader),
    ]) {
      raw.say(ask('m', 'mutation { __typename }'));
      codes.push((await raw.hears(2))[1].payload[0]?.extensions.code ?? 'answered');
    }
    expect(codes).toEqual(['UNAUTHENTICATED', 'answered', 'answered']);
    const wrong = await RawSocket.open(url);
    wrong.say({ type: 'connection_init', payload: { authorization: 'Bearer somebody' } });
    expect((await wrong.ends()).code).toBe(4403);
  });

  it('closes when the credential expires', async () => {
    const expiring = { ...auditor, expiresAt: Date.UTC(2024, 0, 1) };
    const { url } = await liveServer({ authenticator: only(expiring) });
    const raw = await RawSocket.open(url);
    raw.say({ type: 'connection_init', payload: { authorization: 'Bearer auditor' } });
    expect(await raw.ends()).toEqual({ code: 4403, reason: 'The credential has expired' });
  });

  it('opens to programs, to its own pages and to those of the list, and to no other page', async () => {
    const { url } = await liveServer({ origins: ['https://example.org'] });
    for (const origin of [undefined, url, 'https://example.org']) {
      await RawSocket.ready(url, undefined, origin === undefined ? {} : { origin });
    }
    const others = ['https://example.org:444', 'http://example.org', 'null', 'https://evil.example'];
    expect(await Promise.all(others.map((origin) => declined(url, { origin })))).toEqual([403, 403, 403, 403]);
  });

  it('opens no more than one client may have', async () => {
    const { url } = await liveServer({ limits: { socketsMax: 1, subscriptionsMax: 1 } });
    const raw = await RawSocket.ready(url);
    expect(await declined(url)).toBe(429);
    raw.say(watch('a'));
    await raw.hears(2);
    raw.say(watch('b'));
    const [, , refused] = await raw.hears(3);
    expect(refused).toMatchObject({ id: 'b', type: 'error', payload: [{ extensions: { code: 'RATE_LIMITED' } }] });
    raw.say({ id: 'a', type: 'complete' });
    raw.say(watch('c'));
    expect((await raw.hears(4))[3]).toMatchObject({ id: 'c', type: 'next' });
  });

  it('closes for a message above the limit, and when nothing is subscribed', async () => {
    const { url } = await liveServer({ limits: { frameBytesMax: 1_000, socketIdleMs: 50 } });
    const long = await RawSocket.ready(url);
    long.say(ask('a', `{ __typename } #${'x'.repeat(1_000)}`));
    expect((await long.ends()).code).toBe(1009);
    const idle = await RawSocket.ready(url);
    expect((await idle.ends()).code).toBe(1001);
  });
});

describe('a server that stops', () => {
  it('tells those who are up to date their position and closes their sockets', async () => {
    const server: LiveServer = await liveServer();
    const raw = await RawSocket.ready(server.url);
    raw.say(watch('a', { after: '12' }));
    await raw.hears(3);
    await server.close();
    expect((await raw.ends()).code).toBe(1001);
    expect(raw.heard[3].payload.data.events).toEqual({ __typename: 'CaughtUp', position: '13' });
  });
});
