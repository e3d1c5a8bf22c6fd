import { describe, expect, it } from 'vitest';
import { aggregateNamed, commandCatalogue, eventCatalogue } from '../../src/domain/index.ts';
import { VOID_COMMAND } from '../../src/es/command.ts';
import { CodedError, invariant } from '../../src/es/errors.ts';
import { aggregateOf, type RecordedEvent } from '../../src/es/event.ts';
import { execute } from '../../src/es/execute.ts';
import { verifyLog } from '../../src/es/verify.ts';
import { Decider } from '../../src/simulation/decider.ts';
import { Histories } from '../../src/simulation/histories.ts';
import { simulateProvince } from '../../src/simulation/province.ts';
import { seededRandom } from '../../src/simulation/random.ts';
import { simulate } from '../../src/simulation/simulate.ts';
import { storyOf } from '../../src/simulation/story.ts';
import { simulatedWorld } from '../../src/simulation/world.ts';
import { MemoryStore } from '../../src/store/memory.ts';

const today = () => '2026-11-24';
const open = () => {
  let time = Date.UTC(2026, 0, 1);
  return new MemoryStore({ now: () => time++, identity: { id: 'simulated-log', kind: 'simulated' } });
};
const run = async (seed = 1) => {
  const store = open();
  return { store, report: await simulate({ store, villages: 24, years: 6, seed, today }) };
};
const logOf = async (store: MemoryStore): Promise<RecordedEvent[]> => {
  const log: RecordedEvent[] = [];
  for (;;) {
    const page = await store.readLog({ from: log.at(-1)?.position ?? 0, limit: 10_000 });
    if (page.length === 0) return log;
    log.push(...page);
  }
};

describe('simulate()', () => {
  it('writes a sound log and counts what it wrote', async () => {
    const { store, report } = await run();
    const verified = await verifyLog(store, (type) => eventCatalogue.get(type));
    expect(verified.findings).toEqual([]);
    expect(verified.events).toBe(report.events);
    const counted = Object.values(report.types).reduce((sum, count) => sum + count, 0);
    expect(counted).toBe(report.events);
  });

  it('gives the same log for the same seed, and another for another', async () => {
    const logs = await Promise.all([1, 1, 2].map(async (seed) => JSON.stringify(await logOf((await run(seed)).store))));
    expect(logs[0]).toBe(logs[1]);
    expect(logs[0]).not.toBe(logs[2]);
  });

  it('has late events and voids among them, and marks each as simulated', async () => {
    const log = await logOf((await run()).store);
    const latest = new Map<string, string>();
    const late = log.filter((event) => {
      const before = latest.get(event.stream) ?? '';
      if (event.effectiveOn > before) latest.set(event.stream, event.effectiveOn);
      return event.effectiveOn < before;
    });
    expect(late.length).toBeGreaterThan(0);
    const voids = log.filter(({ voids }) => voids !== undefined).length;
    expect(voids).toBeGreaterThan(log.length / 200);
    expect(voids).toBeLessThan(log.length / 50);
    expect(new Set(log.map(({ note }) => note))).toEqual(new Set(['simulated']));
  });

  it('has most of its commands accepted, and money in every form', async () => {
    const { report } = await run();
    const money = ['AllowanceRunPosted', 'ArrearsPosted', 'FundAllocated', 'OfficeFundUseReviewed'];
    for (const type of [...money, 'MonthClosed', 'SubsidyStandardAdopted', 'VillageFundTransferred']) {
      expect(report.types[type], type).toBeGreaterThan(0);
    }
    const refused = Object.values(report.refused).reduce((sum, count) => sum + count, 0);
    expect(refused).toBeGreaterThan(0);
    expect(refused).toBeLessThan(report.commands / 10);
  });

  it('goes on where it was stopped', async () => {
    const whole = await logOf((await run()).store);
    const store = open();
    for (const event of whole.slice(0, 200)) await store.append(event.stream, [event], 'any');
    const report = await simulate({ store, villages: 24, years: 6, seed: 1, today });
    expect(report).toMatchObject({ events: whole.length, resumedAt: 200 });
    const withoutTime = (log: readonly RecordedEvent[]) => log.map((event) => ({ ...event, recordedAt: 0 }));
    expect(withoutTime(await logOf(store))).toEqual(withoutTime(whole));
  });

  it('refuses to go on in a log that is not its own', async () => {
    const { store } = await run(1);
    const other = simulate({ store, villages: 24, years: 6, seed: 2, today });
    await expect(other).rejects.toMatchObject({ code: 'E_LOG_KIND' });
    const shorter = simulate({ store, villages: 1, years: 1, seed: 1, today });
    await expect(shorter).rejects.toMatchObject({ code: 'E_LOG_KIND' });
  });
});

describe('storyOf()', () => {
  it('speaks in commands that the catalogue takes, and comes through execute() to the same events', async () => {
    const province = simulateProvince(41, 3, seededRandom(3));
    const histories = new Histories();
    const world = simulatedWorld(province, histories);
    const decider = new Decider(histories, world, today);
    const store = open();
    let shared = 0;
    const story = storyOf({ province, years: 6, seed: 3 });
    for (let next = story.next(null); !next.done; ) {
      const told = next.value;
      if ('ends' in told) {
        if (told.ends === 'preface') shared = decider.position;
        else histories.forgetAfter(shared);
        next = story.next(null);
        continue;
      }
      if (told.name !== VOID_COMMAND) commandCatalogue.get(told.name)?.definition.decode(told.data, 1);
      const aggregate = aggregateNamed(aggregateOf(told.stream));
      invariant(aggregate, `an aggregate has ${told.stream}`);
      const executed = await answerOf(async () => (await execute({ store, today, world }, aggregate, told)).events);
      const decided = await answerOf(() => decider.decide(told).recorded);
      expect(decided).toEqual(executed);
      next = story.next(Array.isArray(decided) ? histories.known(told.stream).slice(-decided.length) : null);
    }
  });
});

/** Events without the time of their recording, as text; or the refusal. */
async function answerOf(ask: () => readonly RecordedEvent[] | Promise<readonly RecordedEvent[]>): Promise<unknown> {
  try {
    return (await ask()).map((event) => JSON.parse(JSON.stringify({ ...event, recordedAt: 0 })));
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    return { code: error.code, message: error.message };
  }
}
