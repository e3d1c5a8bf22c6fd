import { describe, expect, it } from 'vitest';
import { aggregates, eventCatalogue } from '../../src/domain/index.ts';
import { verifyLog } from '../../src/es/verify.ts';
import { simulate } from '../../src/simulation/simulate.ts';
import { MemoryStore } from '../../src/store/memory.ts';

const open = () => {
  let time = Date.UTC(2026, 0, 1);
  return new MemoryStore({ now: () => time++, identity: { id: 'simulated-log', kind: 'simulated' } });
};
const run = (store: MemoryStore, seed: number) => simulate({ store, events: 2_500, seed, today: () => '2026-11-24' });

describe('simulate()', () => {
  it('writes at least the events that were asked for, into a sound log', async () => {
    const store = open();
    const report = await run(store, 1);
    expect(report.events).toBeGreaterThanOrEqual(2_500);
    const verified = await verifyLog(store, (type) => eventCatalogue.get(type));
    expect(verified.findings).toEqual([]);
    expect(verified.events).toBe(report.events);
  });

  it('gives the same log for the same seed, and another for another', async () => {
    const logs = await Promise.all(
      [1, 1, 2].map(async (seed) => {
        const store = open();
        await run(store, seed);
        return JSON.stringify(await store.readLog({ limit: 10_000 }));
      }),
    );
    expect(logs[0]).toBe(logs[1]);
    expect(logs[0]).not.toBe(logs[2]);
  });

  it('has late events and voids among them, and marks each as simulated', async () => {
    const store = open();
    await run(store, 1);
    const events = await store.readLog({ limit: 10_000 });
    const latest = new Map<string, string>();
    const late = events.filter((event) => {
      const before = latest.get(event.stream) ?? '';
      if (event.effectiveOn > before) latest.set(event.stream, event.effectiveOn);
      return event.effectiveOn < before;
    });
    expect(late.length).toBeGreaterThan(20);
    expect(events.filter((event) => event.type === 'EventVoided').length).toBeGreaterThan(5);
    expect(new Set(events.map((event) => event.note))).toEqual(new Set(['simulated']));
  });

  it('refuses a log that is not empty', async () => {
    const store = open();
    await run(store, 1);
    await expect(run(store, 1)).rejects.toMatchObject({ code: 'E_LOG_KIND' });
  });

  it('speaks of divisions and villages only through known aggregates', async () => {
    const store = open();
    await run(store, 3);
    const names = new Set((await store.readLog({ limit: 10_000 })).map((event) => event.stream.split('-')[0]));
    expect([...names].every((name) => aggregates.some((each) => each.name === name))).toBe(true);
  });
});
