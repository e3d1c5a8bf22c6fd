/** How every store is read. */
import { describe, expect, it } from 'vitest';
import type { RecordedEvent } from '../../src/es/event.ts';
import type { EventStore, LogFilter, ReadLog, SharedEvents } from '../../src/es/store.ts';
import { fact } from '../support/facts.ts';
import { fill, type Opened } from './opened.ts';

export function readContract(opened: Opened): void {
  readStreamContract(opened);
  readSubjectContract(opened);
  readLogContract(opened);
  rebuildContract(opened);

  describe('identity()', () => {
    it('is fixed', async () => {
      const store = await opened();
      const identity = await store.identity();
      expect(identity).toMatchObject({ kind: 'real', id: expect.stringMatching(/./) });
      expect(await store.identity()).toEqual(identity);
    });
  });
}

const revisions = (events: readonly RecordedEvent[]) => events.map(({ revision }) => revision);
const ids = (events: readonly RecordedEvent[]) => events.map(({ id }) => id);

async function collected(batches: AsyncIterable<readonly RecordedEvent[]>): Promise<RecordedEvent[][]> {
  const all: RecordedEvent[][] = [];
  for await (const batch of batches) all.push([...batch]);
  return all;
}

function readStreamContract(opened: Opened): void {
  describe('readStream()', () => {
    it.each([
      { options: {}, found: [0, 1, 2, 3, 4] },
      { options: { from: 2 }, found: [2, 3, 4] },
      { options: { from: 1, limit: 2 }, found: [1, 2] },
      { options: { from: 9 }, found: [] },
      { options: { backwards: true }, found: [4, 3, 2, 1, 0] },
      { options: { backwards: true, from: 3, limit: 2 }, found: [3, 2] },
      { options: { backwards: true, limit: 1 }, found: [4] },
    ])('reads $options', async ({ options, found }) => {
      const store = await opened();
      await fill(store, 'village-a', 5);
      await fill(store, 'village-ab', 5);
      expect(revisions(await store.readStream('village-a', options))).toEqual(found);
    });

    it('finds nothing where there is no stream', async () => {
      expect(await (await opened()).readStream('village-none')).toEqual([]);
    });

    it('reads a long stream whole, both ways', async () => {
      const store = await opened();
      await fill(store, 'village-a', 2_500);
      const all = Array.from({ length: 2_500 }, (_, revision) => revision);
      expect(revisions(await store.readStream('village-a'))).toEqual(all);
      expect(revisions(await store.readStream('village-a', { backwards: true }))).toEqual(all.reverse());
    });
  });
}

function readSubjectContract(opened: Opened): void {
  describe('readSubject()', () => {
    it('finds what names the entity in its own stream and in others, once, by position', async () => {
      const store = await opened();
      await fill(store, 'village-b', 1);
      await store.append(
        'village-a',
        [fact('village-a', { subjects: ['village-a', 'village-b', 'village-b'] })],
        'none',
      );
      await fill(store, 'village-b', 1);
      await fill(store, 'village-c', 1);
      expect(ids(await store.readSubject('village-b'))).toEqual(['village-b.0', 'village-a.0', 'village-b.1']);
      expect(ids(await store.readSubject('village-a'))).toEqual(['village-a.0']);
      expect(await store.readSubject('village-none')).toEqual([]);
    });

    it('reads on past one slice', async () => {
      const store = await opened();
      for (const stream of ['village-a', 'village-b', 'village-a']) {
        await store.append(stream, Array(1_100).fill(fact(stream, { subjects: [stream, 'division-d'] })), 'any');
      }
      const found = await store.readSubject('division-d');
      expect(found).toEqual(await store.readLog({ limit: 10_000 }));
      expect(found).toHaveLength(3_300);
    });
  });
}

/** A log in which streams, types and subjects cross. */
async function mixed(store: EventStore, events: number): Promise<readonly RecordedEvent[]> {
  for (let i = 0; i < events; i += 1) {
    const stream = `village-${'abcde'[i % 5]}`;
    const subjects = i % 3 === 0 ? [stream, 'division-d', `village-${'abcde'[(i * 2) % 5]}`] : [stream];
    store.append(stream, [fact(stream, { subjects, type: ['Listed', 'Renamed', 'Moved'][i % 4] ?? 'Rare' })], 'any');
  }
  await fill(store, 'village-last', 1);
  return store.readLog({ limit: 10_000 });
}

function readLogContract(opened: Opened): void {
  const filters: LogFilter[] = [
    {},
    { types: ['Rare'] },
    { types: ['Listed', 'Moved'] },
    { types: ['Unknown'] },
    { types: [] },
    { streams: ['village-a', 'village-c', 'village-none'] },
    { streams: ['village-b'], types: ['Listed'] },
    { subjects: ['division-d'] },
    { subjects: ['village-a', 'division-d'] },
    { subjects: ['village-a'], streams: ['village-a', 'village-d'], types: ['Listed', 'Renamed', 'Moved'] },
    { subjects: [] },
    {
      subjects: Array.from({ length: 4_500 }, (_, i) => (i % 1_500 ? `village-x${i}` : `village-${'abc'[i / 1_500]}`)),
    },
  ];

  describe('readLog()', () => {
    it.each(filters.map((filter) => ({ filter })))('pages through $filter, both ways', async ({ filter }) => {
      const store = await opened();
      const log = await mixed(store, 300);
      const [after, until] = [log[10]?.position ?? 0, log[280]?.position ?? 0];
      const matching = log.filter((event) => matches(event, filter));
      const inside = matching.filter(({ position }) => position > after && position <= until);
      expect(await paged(store, { filter, limit: 7 })).toEqual(matching);
      expect(await paged(store, { filter, limit: 7, backwards: true })).toEqual([...matching].reverse());
      expect(await store.readLog({ filter, from: after, until, limit: 1_000 })).toEqual(inside);
      const backwards = { backwards: true, from: until + 1, until: after + 1 };
      expect(await store.readLog({ filter, ...backwards, limit: 1_000 })).toEqual(inside.reverse());
    });

    it('reads a page of more than one slice', async () => {
      const store = await opened();
      await fill(store, 'village-a', 9_000);
      await store.append('village-b', Array(3_000).fill(fact('village-b', { type: 'Rare' })), 'none');
      const rare = await store.readLog({ filter: { types: ['Rare'] }, limit: 2_500 });
      expect(revisions(rare)).toEqual(Array.from({ length: 2_500 }, (_, i) => i));
      const back = await store.readLog({ filter: { types: ['VillageRenamed'] }, backwards: true, limit: 10_000 });
      expect(revisions(back)).toEqual(Array.from({ length: 9_000 }, (_, i) => 8_999 - i));
    });

    it('finds nothing in an empty log', async () => {
      const store = await opened();
      expect(await store.readLog({ limit: 1 })).toEqual([]);
      expect(await store.readLog({ limit: 1, backwards: true })).toEqual([]);
    });

    it.each([0, 10_001, 1.5, Number.NaN])('refuses a limit of %s, as a defect', async (limit) => {
      await expect((await opened()).readLog({ limit })).rejects.toThrow('Invariant broken');
    });
  });
}

const matches = (event: RecordedEvent, { types, streams, subjects }: LogFilter) =>
  (types?.includes(event.type) ?? true) &&
  (streams?.includes(event.stream) ?? true) &&
  (subjects?.some((subject) => event.subjects.includes(subject)) ?? true);

/** Everything that matches, a page at a time. */
async function paged(store: EventStore, options: ReadLog): Promise<RecordedEvent[]> {
  const all: RecordedEvent[] = [];
  for (;;) {
    const page = await store.readLog({ ...options, from: all.at(-1)?.position });
    all.push(...page);
    if (page.length < options.limit) return all;
  }
}

function rebuildContract(opened: Opened): void {
  describe('readStreams()', () => {
    it('reads whole streams in the order of their names, by revision', async () => {
      const store = await opened();
      const streams = Array.from({ length: 40 }, (_, i) => `village-${(i * 17) % 40}`);
      await Promise.all(streams.flatMap((stream) => [fill(store, stream, 50), fill(store, stream, 30)]));
      const batches = await collected(store.readStreams({ until: (await store.head()).position }));
      const expected = [...streams].sort().flatMap((stream) => Array.from({ length: 80 }, (_, i) => `${stream}.${i}`));
      expect(ids(batches.flat())).toEqual(expected);
      const streamsOf = batches.flatMap((batch) => [...new Set(batch.map(({ stream }) => stream))]);
      expect(streamsOf).toEqual([...streams].sort());
      expect(batches.flat()).toEqual(await streamByStream(store, [...streams].sort()));
    });

    it('keeps a stream of any length in one batch', async () => {
      const store = await opened();
      await fill(store, 'village-a', 1);
      await fill(store, 'village-b', 2_600);
      await fill(store, 'village-c', 1);
      const batches = await collected(store.readStreams({ until: 10_000 }));
      expect(batches.filter((batch) => batch.some(({ stream }) => stream === 'village-b'))).toHaveLength(1);
      expect(batches.flat()).toHaveLength(2_602);
    });

    it('stays within its range and what was recorded by then', async () => {
      const store = await opened();
      for (const stream of ['a-1', 'b-1', 'b-2', 'c-1']) await fill(store, stream, 2);
      const until = (await store.head()).position;
      for (const stream of ['b-1', 'b-3']) await fill(store, stream, 1);
      const range = async (from?: string, before?: string) =>
        ids((await collected(store.readStreams({ from, before, until }))).flat());
      expect(await range('b-1', 'c-1')).toEqual(['b-1.0', 'b-1.1', 'b-2.0', 'b-2.1']);
      expect(await range('b-2')).toEqual(['b-2.0', 'b-2.1', 'c-1.0', 'c-1.1']);
      expect(await range(undefined, 'b-1')).toEqual(['a-1.0', 'a-1.1']);
      expect(await range('d-1')).toEqual([]);
    });
  });

  describe('readShared()', () => {
    it('reads what other streams say of each entity, by position, within its range and up to a position', async () => {
      const store = await opened();
      const log = await mixed(store, 3_500);
      const until = log[3_400]?.position ?? 0;
      const shared = (subject: string) =>
        log.filter(
          ({ stream, subjects, position }) => subjects.includes(subject) && stream !== subject && position <= until,
        );
      const named = [...new Set(log.flatMap(({ subjects }) => subjects))].sort();
      const all = named
        .map((subject) => ({ subject, events: shared(subject) }))
        .filter(({ events }) => events.length > 0);
      expect(all.length).toBeGreaterThan(1);
      const read = async (range: { from?: string; before?: string }) => {
        const found: SharedEvents[] = [];
        for await (const batch of store.readShared({ until, ...range })) found.push(...batch);
        return found;
      };
      expect(await read({})).toEqual(all);
      const [first, cut] = [all[0]?.subject ?? '', all[1]?.subject ?? ''];
      expect(await read({ before: cut })).toEqual(all.filter(({ subject }) => subject === first));
      expect(await read({ from: cut })).toEqual(all.filter(({ subject }) => subject !== first));
    });

    it('passes over types, as does readStreams(), but never what takes another event back', async () => {
      const store = await opened();
      const subjects = ['village-a', 'village-b'];
      const voiding = { ...fact('village-a', { type: 'Moved', subjects }), voids: 'village-a.0' };
      const events = [fact('village-a', { type: 'Moved', subjects }), fact('village-a', { type: 'Listed', subjects })];
      await store.append('village-a', [...events, voiding], 'none');
      const range = { until: 10, except: ['Moved'] };
      expect((await collected(store.readStreams(range))).map(revisions)).toEqual([[1, 2]]);
      const shared: SharedEvents[] = [];
      for await (const batch of store.readShared(range)) shared.push(...batch);
      expect(shared.map(({ subject, events }) => [subject, revisions(events)])).toEqual([['village-b', [1, 2]]]);
    });
  });
}

const streamByStream = async (store: EventStore, streams: readonly string[]) =>
  (await Promise.all(streams.map((stream) => store.readStream(stream)))).flat();
