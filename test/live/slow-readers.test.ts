import { once } from 'node:events';
import { get, request as httpRequest } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import type { Authenticator } from '../../src/access/authenticator.ts';
import type { Live, LiveMessage, LiveSink } from '../../src/live/live.ts';
import { liveServer } from '../support/live-server.ts';
import { eventsDocument } from '../support/live-sink.ts';
import { allRoles, everyone } from '../support/principals.ts';
import { RawSocket } from '../support/raw-socket.ts';

const long = '村'.repeat(20_000);
const watch = { id: 'a', type: 'subscribe', payload: { query: eventsDocument } };

interface State {
  taken: number;
  isFull: boolean;
}

/** Cursors that hand each message to every sink that takes one, and go on with a sink when it has drained. */
class Pour implements Live {
  readonly sinks = new Map<LiveSink, State>();

  subscribe(_: unknown, sink: LiveSink) {
    const state = { taken: 0, isFull: false };
    this.sinks.set(sink, state);
    return {
      get position() {
        return state.taken;
      },
      stop: () => void this.sinks.delete(sink),
    };
  }

  /** Hands one on; returns how many sinks took it. */
  pour(message: LiveMessage): number {
    let taken = 0;
    for (const [sink, state] of this.sinks) {
      if (state.isFull) continue;
      taken += 1;
      state.taken = message.position;
      state.isFull = !sink.send(message);
      if (state.isFull) void sink.drained().then(() => Object.assign(state, { isFull: false }));
    }
    return taken;
  }

  async close(): Promise<void> {
    for (const sink of this.sinks.keys()) sink.end();
  }
}

const messageOf = (position: number): LiveMessage => ({ position, json: JSON.stringify({ data: { position, long } }) });

/** Waits until so many have subscribed, and gives the newest of them. */
async function newest(live: Pour, count: number): Promise<State> {
  await vi.waitFor(() => expect(live.sinks.size).toBe(count), { timeout: 60_000, interval: 5 });
  return [...live.sinks.values()].at(-1) as State;
}

/** Pours until one is full; whoever reads has time to take each message. Returns the last position. */
async function pourUntilFull(live: Pour, stalled: State): Promise<number> {
  for (let position = 1; ; position += 1) {
    live.pour(messageOf(position));
    if (stalled.isFull || position === 10_000) return position;
    const others = [...live.sinks.values()].filter((state) => state !== stalled);
    await vi.waitFor(() => expect(others.some(({ isFull }) => isFull)).toBe(false), { timeout: 60_000, interval: 1 });
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('a reader that takes nothing', () => {
  it('is handed nothing more over a socket, and closed with its last position; the others go on', async () => {
    const live = new Pour();
    const { url } = await liveServer({ live, limits: { readerStalledMs: 200 } });
    const stalled = await RawSocket.ready(url);
    const other = await RawSocket.ready(url);
    other.say(watch);
    await newest(live, 1);
    stalled.say(watch);
    const state = await newest(live, 2);
    stalled.socket.pause();
    const last = await pourUntilFull(live, state);
    expect(last).toBeLessThan(10_000);
    await vi.waitFor(() => expect(other.heard.length).toBe(last + 1), { timeout: 60_000, interval: 5 });
    // The server has given it up, whatever it does now.
    await newest(live, 1);
    stalled.socket.resume();
    const { code, reason } = await stalled.ends();
    // Its socket may have been cut before the good-bye was read.
    expect([4008, 1006]).toContain(code);
    expect(code === 1006 || /^Stalled; last position \d+$/.test(reason)).toBe(true);
    expect(stalled.heard.length).toBeLessThan(last + 1);
    live.pour(messageOf(last + 1));
    await vi.waitFor(() => expect(other.heard.length).toBe(last + 2), { timeout: 60_000, interval: 5 });
    expect(other.closed).toBeUndefined();
  });

  it('is cut off its event stream; what it has taken says where it goes on', async () => {
    const live = new Pour();
    const { url } = await liveServer({ live, limits: { readerStalledMs: 200 } });
    const address = `${url}/graphql/stream?query=${encodeURIComponent(eventsDocument)}`;
    const request = get(address, { agent: false, headers: { accept: 'text/event-stream' } });
    const [response] = (await once(request, 'response')) as [import('node:http').IncomingMessage];
    response.pause();
    const last = await pourUntilFull(live, await newest(live, 1));
    expect(last).toBeLessThan(10_000);
    await vi.waitFor(() => expect(live.sinks.size).toBe(0), { timeout: 60_000, interval: 5 });
    let text = '';
    // A stream that is cut off says so by an error.
    response.on('error', () => undefined);
    response.setEncoding('utf8').on('data', (more: string) => {
      text += more;
    });
    response.resume();
    await new Promise((resolve) => response.once('close', resolve));
    const ids = [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));
    expect(ids).toEqual(ids.map((_, at) => at + 1));
    expect(ids.length).toBeLessThan(last + 1);
  });

  it('goes on when it reads again in time', async () => {
    const live = new Pour();
    const { url } = await liveServer({ live, limits: { readerStalledMs: 60_000 } });
    const raw = await RawSocket.ready(url);
    raw.say(watch);
    const state = await newest(live, 1);
    raw.socket.pause();
    const last = await pourUntilFull(live, state);
    raw.socket.resume();
    await vi.waitFor(() => expect(state.isFull).toBe(false), { timeout: 60_000, interval: 5 });
    live.pour(messageOf(last + 1));
    await vi.waitFor(() => expect(raw.heard.at(-1).payload.data.position).toBe(last + 1), {
      timeout: 60_000,
      interval: 5,
    });
    const positions = raw.heard.slice(1).map(({ payload }) => payload.data.position);
    expect(positions).toEqual(positions.map((_, at) => at + 1));
  });
});

describe('an open connection', () => {
  it('is closed when its credential is revoked', async () => {
    let holds = true;
    const authenticator: Authenticator = { ...everyone, authenticate: async () => allRoles, holds: async () => holds };
    const { url } = await liveServer({ authenticator, limits: { credentialLookMs: 20 } });
    const raw = await RawSocket.ready(url);
    raw.say(watch);
    await raw.hears(2);
    const response = await fetch(`${url}/graphql/stream?query=${encodeURIComponent(eventsDocument)}`, {
      headers: { accept: 'text/event-stream' },
    });
    holds = false;
    expect(await raw.ends()).toEqual({ code: 4403, reason: 'The credential was revoked' });
    // The stream ends, and does not say that it is complete: whoever it was may come with another credential.
    expect(await response.text()).not.toContain('event: complete');
  });

  it('is closed when it is old', async () => {
    const { url } = await liveServer({ limits: { socketAgeMs: 50 } });
    const raw = await RawSocket.ready(url);
    raw.say(watch);
    expect(await raw.ends()).toEqual({ code: 1001, reason: 'Too old' });
  });

  it('is given up when nobody answers its pings', async () => {
    const { url } = await liveServer({ limits: { pingMs: 30 } });
    const raw = await RawSocket.open(url);
    raw.say({ type: 'connection_init' });
    await raw.hears(1);
    (raw.socket as unknown as { pong: () => void }).pong = () => undefined;
    expect((await raw.ends()).code).toBe(1006);
  });
});

describe('a request that wishes for another protocol', () => {
  it('is answered in this one', async () => {
    const { url } = await liveServer();
    const headers = { connection: 'Upgrade, HTTP2-Settings', upgrade: 'h2c', 'http2-settings': 'AAMAAABk' };
    const request = httpRequest(`${url}/graphql?query=%7B__typename%7D`, { headers, agent: false });
    request.end();
    const [response] = (await once(request, 'response')) as [import('node:http').IncomingMessage];
    let text = '';
    for await (const part of response) text += part;
    expect([response.statusCode, JSON.parse(text).data]).toEqual([200, { __typename: 'Query' }]);
  });

  it('does not bring another request in with it', async () => {
    const { url } = await liveServer();
    const socket = connect((new URL(url) as URL & AddressInfo).port as unknown as number, '127.0.0.1');
    socket.write('GET /healthz HTTP/1.1\r\nhost: a\r\nconnection: upgrade\r\nupgrade: h2c\r\n\r\n');
    const [first] = (await once(socket, 'data')) as [Buffer];
    expect(String(first)).toMatch(/^HTTP\/1\.1 200 /);
    socket.destroy();
  });
});
