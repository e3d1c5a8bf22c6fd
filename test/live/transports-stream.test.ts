import { createClient } from 'graphql-sse';
import { describe, expect, it } from 'vitest';
import { getStream, postStream, type StreamEvent } from '../support/event-source.ts';
import { liveServer } from '../support/live-server.ts';
import { eventsDocument } from '../support/live-sink.ts';
import { named } from '../support/principals.ts';

const xiawei = 'v_xiawei0001';
const watch = (after: string) => ({ query: eventsDocument, variables: { after } });
const idsOf = (events: readonly StreamEvent[]) => events.map(({ event, id }) => [event, id]);
const codesOf = ({ data }: StreamEvent) =>
  (JSON.parse(data) as { errors: { extensions: { code: string } }[] }).errors.map(({ extensions: { code } }) => code);

describe('a stream, by the protocol of graphql-sse', () => {
  it('tells events with their positions as ids, and goes on after the last of them', async () => {
    const { api, url } = await liveServer();
    const first = await getStream(url, watch('11'));
    expect(first.response.status).toBe(200);
    expect(first.response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    expect(idsOf(await first.has(3))).toEqual([
      ['next', '12'],
      ['next', '13'],
      ['next', '13'],
    ]);
    first.leave();
    await api.rename(xiawei, '下围社区居委会');
    const again = await getStream(url, watch('11'), { 'last-event-id': '13' });
    expect(idsOf(await again.has(2))).toEqual([
      ['next', '14'],
      ['next', '14'],
    ]);
  });

  it('answers a query and a command with one event and its end; a command comes by POST alone', async () => {
    const { url } = await liveServer();
    const query = await postStream(url, { query: '{ __typename }' });
    const events = await query.ends();
    expect(events.map(({ event }) => event)).toEqual(['next', 'complete']);
    expect(JSON.parse((events[0] as StreamEvent).data).data).toEqual({ __typename: 'Query' });
    const command = await postStream(url, { query: 'mutation { __typename }' });
    expect((await command.ends()).map(({ event }) => event)).toEqual(['next', 'complete']);
    const byGet = await getStream(url, { query: 'mutation { __typename }' });
    expect([byGet.response.status, byGet.response.headers.get('allow')]).toEqual([405, 'POST']);
  });

  it('tells what is wrong with a document within the stream', async () => {
    const { url } = await liveServer();
    for (const [query, code] of [
      ['{', 'GRAPHQL_PARSE_FAILED'],
      ['subscription { nothing }', 'GRAPHQL_VALIDATION_FAILED'],
      [`{ ${'log { '.repeat(20)} id ${'}'.repeat(20)} }`, 'E_LIMIT'],
    ] as const) {
      const stream = await getStream(url, { query });
      const events = await stream.ends();
      expect([stream.response.status, events.map(({ event }) => event)]).toEqual([200, ['next', 'complete']]);
      expect(codesOf(events[0] as StreamEvent)).toEqual([code]);
    }
  });

  it('refuses over HTTP what is no request of somebody it takes requests from', async () => {
    const { url } = await liveServer({ authenticator: named([]), limits: { socketsMax: 1 } });
    const statusOf = async (init: RequestInit) => (await fetch(`${url}/graphql/stream`, init)).status;
    const json = { 'content-type': 'application/json' };
    expect(await statusOf({ method: 'POST', headers: json, body: '{' })).toBe(400);
    expect(await statusOf({ method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{}' })).toBe(415);
    expect((await postStream(url, { query: 'mutation { __typename }' })).response.status).toBe(401);
    expect((await getStream(url, watch('1'), { 'last-event-id': 'x' })).response.status).toBe(400);
    await (await getStream(url, watch('12'))).has(2);
    expect((await getStream(url, watch('12'))).response.status).toBe(429);
  });

  it('lets pages of allowed origins read it', async () => {
    const { url } = await liveServer({ origins: ['https://example.org'] });
    const stream = await getStream(url, watch('12'), { origin: 'https://example.org' });
    expect(stream.response.headers.get('access-control-allow-origin')).toBe('https://example.org');
  });

  it('serves the client of graphql-sse', async () => {
    const { url } = await liveServer();
    const client = createClient({ url: `${url}/graphql/stream` });
    const positions: unknown[] = [];
    for await (const { data } of client.iterate({ query: eventsDocument, variables: { after: '11' } })) {
      const { __typename, position } = (data as { events: Record<string, string> }).events;
      positions.push(position);
      if (__typename === 'CaughtUp') break;
    }
    expect(positions).toEqual(['12', '13', '13']);
    client.dispose();
  });

  it('ends when the server stops, with the position of those who are up to date', async () => {
    const server = await liveServer();
    const stream = await getStream(server.url, watch('12'));
    await stream.has(2);
    await server.close();
    expect(idsOf(await stream.ends()).slice(2, 3)).toEqual([['next', '13']]);
  });
});
