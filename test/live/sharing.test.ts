import { describe, expect, it } from 'vitest';
import { anonymous } from '../../src/access/principal.ts';
import { CodedError } from '../../src/es/errors.ts';
import type { ReadLog } from '../../src/es/store.ts';
import { liveApi } from '../support/live-api.ts';
import { eventsDocument, Sink, subscribe } from '../support/live-sink.ts';
import { principalOf } from '../support/principals.ts';

const xiawei = 'v_xiawei0001';

describe('subscribers of the same', () => {
  it('share one read and one execution for each event, whenever they came', async () => {
    const api = await liveApi();
    const reads: ReadLog[] = [];
    const { store } = api.services;
    const readLog = (asked: ReadLog) => {
      reads.push(asked);
      return store.readLog(asked);
    };
    const watched = Object.assign(Object.create(store), { readLog, head: () => store.head() });
    const live = api.open({ store: watched });
    const readers = Array.from({ length: 100 }, (_, at) =>
      subscribe(live, { principal: anonymous, variables: { after: String(at % 2 === 0 ? 13 : 12) } }),
    );
    for (const [at, reader] of readers.entries()) await reader.has(at % 2 === 0 ? 1 : 2);
    const before = api.executions.length;
    reads.length = 0;
    await api.rename(xiawei, '下围社区居委会');
    await api.rename(xiawei, '下围社区');
    for (const [at, reader] of readers.entries()) await reader.has(at % 2 === 0 ? 3 : 4);
    expect(api.executions.length - before).toBe(2);
    expect(reads.length).toBeLessThanOrEqual(2);
    // The message itself is shared, and so is its text.
    expect(new Set(readers.map(({ messages }) => messages.at(-1))).size).toBe(1);
    expect(before).toBeLessThanOrEqual(2);
    expect(live.counts()).toMatchObject({ feeds: 1, subscriptions: 100 });
  });

  it('share what they catch up with', async () => {
    const api = await liveApi();
    const readers = Array.from({ length: 50 }, (_, at) =>
      subscribe(api.live, { variables: { after: String(at % 3) } }),
    );
    for (const reader of readers) await reader.until(() => reader.told.at(-1)?.__typename === 'CaughtUp');
    expect(readers.map(({ positions }) => positions.length)).toEqual(readers.map((_, at) => 13 - (at % 3)));
    expect(api.executions.length).toBeLessThanOrEqual(3 * 13);
  });

  it('are those with the same operation, variables and rights', async () => {
    const api = await liveApi();
    const asked = [
      { principal: anonymous },
      { principal: principalOf('nobody', []) },
      { principal: anonymous, variables: { after: '4' } },
      { principal: anonymous, variables: { filter: { types: ['VillageRenamed'] } } },
      { principal: principalOf('clerk', ['clerk']) },
      { principal: principalOf('other clerk', ['clerk']) },
      { principal: anonymous, query: `${eventsDocument} ` },
    ];
    for (const each of asked) await subscribe(api.live, each).has(1);
    expect(api.live.counts().feeds).toBe(5);
  });

  it('leave nothing behind', async () => {
    const api = await liveApi();
    const readers = [1, 2, 3].map(() => subscribe(api.live));
    for (const reader of readers) await reader.has(1);
    for (const { subscription } of readers) subscription.stop();
    expect(api.live.counts()).toEqual({ subscriptions: 0, feeds: 0, messages: 0, chars: 0 });
    await api.rename(xiawei, '下围社区居委会');
    expect(readers.map(({ messages, ended }) => [messages.length, ended])).toEqual(readers.map(() => [1, undefined]));
  });
});

describe('a reader that has stalled', () => {
  it('is handed nothing, costs no memory, holds nobody up, and misses nothing', { timeout: 120_000 }, async () => {
    const api = await liveApi();
    const slow = new Sink();
    slow.stallAfter(2);
    const [stalled, quick] = [subscribe(api.live, {}, slow), subscribe(api.live)];
    await quick.has(1);
    for (let at = 0; at < 400; at++) await api.rename(xiawei, `第${at}村委会`);
    await quick.has(401);
    expect([stalled.messages.length, stalled.unwanted]).toEqual([2, 0]);
    expect(api.live.counts().messages).toBeLessThanOrEqual(256);
    expect(stalled.subscription.position).toBe(14);
    stalled.drain();
    await stalled.until(() => stalled.positions.length === 400);
    expect(stalled.positions).toEqual(quick.positions);
    // From here on both are told by the same loop.
    const before = api.executions.length;
    await api.rename(xiawei, '下围社区居委会');
    await stalled.until(() => stalled.positions.length === 401);
    expect(api.executions.length).toBe(before + 1);
  });

  it('is served by itself while nobody else is there', async () => {
    const api = await liveApi();
    const slow = new Sink();
    slow.stallAfter(1);
    const reader = subscribe(api.live, { variables: { after: '0' } }, slow);
    for (let count = 1; count <= 13; count++) {
      await reader.has(count);
      expect(reader.messages.length).toBe(count);
      reader.drain(1);
    }
    await reader.has(14);
    expect(reader.told.at(-1)).toEqual({ __typename: 'CaughtUp', position: '13' });
  });
});

describe('each event', () => {
  it('has DataLoaders and a picture of its own', async () => {
    const api = await liveApi();
    const reader = subscribe(api.live, { variables: { after: '3' } });
    await reader.has(11);
    const contexts = api.executions.map(({ context }) => context as { loaders: object; basis: { position: number } });
    expect(new Set(contexts.map(({ loaders }) => loaders)).size).toBe(contexts.length);
    expect(contexts.slice(0, 10).map(({ basis }) => basis.position)).toEqual([4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
  });

  it('that cannot be shown is told as a failure without its inner words, and the next comes', async () => {
    const api = await liveApi();
    const query = eventsDocument.replace('summary', 'summary voidedBy');
    const broken = { readSubject: () => Promise.reject(new Error('SELECT secret FROM /var/lib')) };
    const live = api.open({ store: Object.assign(Object.create(api.services.store), broken, bound(api)) });
    const reader = subscribe(live, { query, variables: { after: '11' } });
    await reader.has(3);
    const [first, second] = reader.messages.map(({ json, position }) => ({ position, ...JSON.parse(json) }));
    expect([first.position, second.position]).toEqual([12, 13]);
    expect(first.errors[0]).toMatchObject({
      message: 'Something failed inside the server.',
      path: ['events', 'event', 'voidedBy'],
      extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: 'request-1' },
    });
    expect(first.data.events.event.id).toMatch(/^village-/);
    expect(JSON.stringify(reader.messages)).not.toContain('secret');
    expect(api.lines.join()).toContain('secret');
  });

  it('waits for a read model that is being built anew, and is told once', async () => {
    const api = await liveApi();
    let fails = 3;
    const { readModel } = api.services;
    const one = (...args: Parameters<typeof readModel.one>) => {
      if (fails-- > 0) throw new CodedError('E_UNAVAILABLE', 'The read model is damaged and is being built anew.');
      return readModel.one(...args);
    };
    const building = new Proxy(readModel, {
      get: (target, key) => {
        const value = key === 'one' ? one : Reflect.get(target, key);
        return typeof value === 'function' && key !== 'one' ? value.bind(target) : value;
      },
    });
    const live = api.open({ readModel: building });
    const reader = subscribe(live, { variables: { after: '11' } });
    await reader.has(3);
    expect(reader.told.map(({ position }) => position)).toEqual(['12', '13', '13']);
    expect(fails).toBeLessThan(0);
    expect(JSON.stringify(reader.messages)).not.toContain('errors');
  });
});

describe('Live.close()', () => {
  it('tells those who are up to date where they stand, ends all, and takes no new ones', async () => {
    const api = await liveApi();
    const quiet = subscribe(api.live, { variables: { filter: { types: ['CharterPassed'] } } });
    const slow = new Sink();
    slow.stallAfter(1);
    const stalled = subscribe(api.live, {}, slow);
    await quiet.has(1);
    await stalled.has(1);
    await api.rename(xiawei, '下围社区居委会');
    await api.live.close();
    expect(quiet.told).toEqual([
      { __typename: 'CaughtUp', position: '13' },
      { __typename: 'CaughtUp', position: '14' },
    ]);
    expect([quiet.ended, stalled.ended, stalled.messages.length, stalled.unwanted]).toEqual([[], [], 1, 0]);
    const late = subscribe(api.live);
    expect(late.ended?.[0]).toMatchObject({ extensions: { code: 'E_UNAVAILABLE', retryable: true } });
  });
});

/** The methods of a store that keeps its parts to itself, for an object in front of it. */
function bound({ services: { store } }: Awaited<ReturnType<typeof liveApi>>) {
  return { readLog: store.readLog.bind(store), head: store.head.bind(store), identity: store.identity.bind(store) };
}
