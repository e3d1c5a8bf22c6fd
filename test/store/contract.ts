/** What every store keeps. One suite, called once a store. */
import { describe, expect, it, onTestFinished } from 'vitest';
import type { EventStore } from '../../src/es/store.ts';
import { fact, fullFact } from '../support/facts.ts';
import { executeContract } from './execute-contract.ts';
import { fill, type Opened } from './opened.ts';
import { readContract } from './read-contract.ts';

/** Opens an empty real log. `now` is its clock. The suite closes it. */
export type OpenStore = (now: () => number) => EventStore | Promise<EventStore>;

export function storeContract(name: string, open: OpenStore): void {
  /** A store of the test that asks for it, on a clock that stands at `clock.now`. */
  const opened = async (clock = { now: 1_000 }): Promise<EventStore> => {
    const store = await open(() => clock.now);
    onTestFinished(() => store.close());
    return store;
  };

  describe(name, () => {
    appendContract(opened);
    clockContract(opened);
    bellContract(opened);
    readContract(opened);
    executeContract(opened);
  });
}

function appendContract(opened: Opened): void {
  describe('append()', () => {
    it('gives events their places in the stream and in the log', async () => {
      const store = await opened();
      const first = await store.append('village-a', [fact('village-a'), fact('village-a')], 'none');
      const second = await store.append('village-b', [fact('village-b')], 'none');
      expect(first.events.map(({ id, revision }) => [id, revision])).toEqual([
        ['village-a.0', 0],
        ['village-a.1', 1],
      ]);
      expect(first.revision).toBe(1);
      expect(first.position).toBe(first.events[1]?.position);
      expect(second.position).toBeGreaterThan(first.position);
      expect(await store.head()).toEqual({ position: second.position, recordedAt: 1_000 });
    });

    it('answers what a read answers later, every part of the envelope', async () => {
      const store = await opened();
      await fill(store, 'village-a', 1);
      const full = [fullFact('village-a', ['village-b', 'division-d']), fact('village-a')];
      const { events } = await store.append('village-a', full, 0);
      expect(events).toMatchObject(full);
      expect((await store.readStream('village-a')).slice(1)).toEqual(events);
    });

    it('keeps what was appended from later changes of the object', async () => {
      const store = await opened();
      const data = { name: '下围' };
      await store.append('village-a', [fact('village-a', { data })], 'none');
      data.name = '上围';
      expect(await store.readStream('village-a')).toMatchObject([{ data: { name: '下围' } }]);
    });

    it.each([
      { what: 'an exact revision that has passed', held: 3, expected: 1, actualRevision: 2 },
      { what: 'an exact revision that is not reached', held: 1, expected: 5, actualRevision: 0 },
      { what: 'an exact revision of an empty stream', held: 0, expected: 0, actualRevision: -1 },
      { what: 'a new stream that is there', held: 2, expected: 'none' as const, actualRevision: 1 },
    ])('refuses $what', async ({ held, expected, actualRevision }) => {
      const store = await opened();
      if (held > 0) await fill(store, 'village-a', held);
      const before = await store.head();
      const append = store.append('village-a', [fact('village-a'), fact('village-a')], expected);
      await expect(append).rejects.toMatchObject({ code: 'E_STALE_REVISION', details: { actualRevision } });
      expect(await store.head()).toEqual(before);
    });

    it('takes any revision where any will do', async () => {
      const store = await opened();
      const revisions = [];
      for (let i = 0; i < 3; i += 1)
        revisions.push((await store.append('village-a', [fact('village-a')], 'any')).revision);
      expect(revisions).toEqual([0, 1, 2]);
    });

    it('lets one of many that expect the same win, and fails only the others', async () => {
      const store = await opened();
      const rivals = Array.from({ length: 20 }, () => store.append('village-a', [fact('village-a')], 'none'));
      const others = Array.from({ length: 20 }, (_, i) =>
        store.append(`village-o${i}`, [fact(`village-o${i}`)], 'none'),
      );
      const outcomes = await Promise.allSettled(rivals);
      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', ...Array(19).fill('rejected')]);
      expect(await Promise.all(others)).toHaveLength(20);
      expect((await store.readLog({ limit: 100 })).length).toBe(21);
    });

    it('keeps the order of asking, within and across streams', async () => {
      const store = await opened();
      const asked = Array.from({ length: 200 }, (_, i) => `village-s${i % 7}`);
      const answers = await Promise.all(asked.map((stream) => store.append(stream, [fact(stream)], 'any')));
      const positions = answers.map(({ position }) => position);
      expect(positions).toEqual([...positions].sort((a, b) => a - b));
      expect((await store.readLog({ limit: 1_000 })).map(({ stream }) => stream)).toEqual(asked);
    });

    it('refuses an append of nothing, as a defect', async () => {
      const store = await opened();
      await expect(store.append('village-a', [], 'any')).rejects.toThrow('Invariant broken');
    });

    it('refuses an event that is not first of its own stream, as a defect', async () => {
      const store = await opened();
      await expect(store.append('village-a', [fact('village-b')], 'any')).rejects.toThrow('Invariant broken');
    });

    it('takes 10,000 events as one and refuses one more', async () => {
      const store = await opened();
      const events = Array(10_001).fill(fact('village-a'));
      await expect(store.append('village-a', events, 'none')).rejects.toMatchObject({ code: 'E_TOO_MANY_EVENTS' });
      expect((await store.append('village-a', events.slice(1), 'none')).revision).toBe(9_999);
      expect(await store.readStream('village-a')).toHaveLength(10_000);
    });

    it('refuses an event over 1 MiB, counted in bytes, and all that came with it', async () => {
      const store = await opened();
      const big = fact('village-a', { data: { text: '村'.repeat(350_000) } });
      const append = store.append('village-a', [fact('village-a'), big], 'none');
      await expect(append).rejects.toMatchObject({ code: 'E_EVENT_INVALID' });
      expect((await store.head()).position).toBe(0);
    });
  });
}

function clockContract(opened: Opened): void {
  describe('recordedAt', () => {
    it('never runs backwards along the log', async () => {
      const clock = { now: 5_000 };
      const store = await opened(clock);
      await fill(store, 'village-a', 1);
      clock.now = 4_000;
      await fill(store, 'village-b', 1);
      clock.now = 6_000;
      await fill(store, 'village-c', 1);
      expect((await store.readLog({ limit: 10 })).map(({ recordedAt }) => recordedAt)).toEqual([5_000, 5_000, 6_000]);
    });
  });

  describe('positionAt()', () => {
    it('finds the last position recorded at or before an instant', async () => {
      const clock = { now: 0 };
      const store = await opened(clock);
      const positions = [0];
      for (const now of [100, 200, 200, 300]) {
        clock.now = now;
        positions.push((await fill(store, 'village-a', 1))[0]?.position ?? -1);
      }
      const found = await Promise.all([99, 100, 199, 200, 299, 300, 9_999].map((instant) => store.positionAt(instant)));
      expect(found).toEqual([0, 1, 1, 3, 3, 4, 4].map((index) => positions[index]));
    });

    it('answers 0 in an empty log', async () => {
      const store = await opened();
      expect(await store.positionAt(1)).toBe(0);
      expect(await store.head()).toEqual({ position: 0, recordedAt: 0 });
    });
  });
}

function bellContract(opened: Opened): void {
  describe('onAppend()', () => {
    it('rings when the events can be read, and no more after it is stopped', async () => {
      const store = await opened();
      let rung = 0;
      const stop = store.onAppend(() => {
        rung += 1;
      });
      await fill(store, 'village-a', 1);
      expect(rung).toBe(1);
      stop();
      await fill(store, 'village-a', 1);
      expect(rung).toBe(1);
    });

    it('does not ring for a refused append', async () => {
      const store = await opened();
      let rung = 0;
      store.onAppend(() => {
        rung += 1;
      });
      await expect(store.append('village-a', [fact('village-a')], 4)).rejects.toThrow();
      expect(rung).toBe(0);
    });
  });

  describe('close()', () => {
    it('still writes what was asked for, and refuses what comes after', async () => {
      const store = await opened();
      const asked = fill(store, 'village-a', 1);
      const closing = store.close();
      await expect(store.append('village-b', [fact('village-b')], 'any')).rejects.toMatchObject({
        code: 'E_UNAVAILABLE',
      });
      await closing;
      expect(await asked).toHaveLength(1);
    });
  });
}
