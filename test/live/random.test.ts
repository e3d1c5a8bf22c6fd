import { fc } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import type { RecordedEvent } from '../../src/es/event.ts';
import type { Live } from '../../src/live/live.ts';
import { type LiveApi, liveApi } from '../support/live-api.ts';
import { Sink, subscribe } from '../support/live-sink.ts';

const villages = ['v_xiawei0001', 'v_baima00001', 'v_xintang001', 'v_humen00001'] as const;
/** Filters, and what they mean, said another way. */
const filters: readonly (readonly [object, (event: RecordedEvent) => boolean])[] = [
  [{}, () => true],
  [{ types: ['VillageRenamed'] }, ({ type }) => type === 'VillageRenamed'],
  [{ types: ['VillageListed', 'Nothing'] }, ({ type }) => type === 'VillageListed'],
  [{ streams: ['village-v_humen00001'] }, ({ stream }) => stream === 'village-v_humen00001'],
  [{ village: 'v_baima00001' }, ({ subjects }) => subjects.includes('village-v_baima00001')],
  [{ within: '4419' }, ({ subjects }) => subjects.some((each) => /humen|dongguan/.test(each))],
  [
    { within: '440118101', types: ['VillageRenamed'] },
    ({ id, type }) => /xintang/.test(id) && type === 'VillageRenamed',
  ],
  [{ effective: { from: '2019-01-01' } }, ({ effectiveOn }) => effectiveOn >= '2019-01-01'],
  [{ commandId: 'told-3' }, ({ commandId }) => commandId === 'told-3'],
  [{ document: 'none' }, () => false],
];

const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ rename: fc.nat(villages.length - 1) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      back: fc.option(fc.nat(40)),
      filter: fc.nat(filters.length - 1),
      stallAfter: fc.option(fc.integer({ min: 1, max: 6 })),
    }),
  },
  { weight: 2, arbitrary: fc.record({ drain: fc.nat(20), again: fc.option(fc.integer({ min: 1, max: 3 })) }) },
  { weight: 1, arbitrary: fc.constant({ restart: true }) },
);

/** One who follows the log over several subscriptions. */
interface Follower {
  readonly start: number;
  readonly filter: number;
  readonly sinks: ReturnType<typeof subscribe>[];
}

let names = 0;

class World {
  private readonly followers: Follower[] = [];
  private live: Live;

  constructor(private readonly api: LiveApi) {
    this.live = api.open();
  }

  async rename(village: number): Promise<void> {
    names += 1;
    await this.api.rename(villages[village] as string, `第${names}村委会`);
  }

  follow(back: number | null, filter: number, stallAfter: number | null): void {
    const head = this.api.readModel.position;
    const sink = new Sink();
    if (stallAfter !== null) sink.stallAfter(stallAfter);
    const after = back === null ? null : String(Math.max(0, head - back));
    const subscribed = subscribe(this.live, { variables: { after, filter: filters[filter]?.[0] } }, sink);
    this.followers.push({ start: Number(after ?? head), filter, sinks: [subscribed] });
  }

  drain(which: number, again: number | null): void {
    const follower = this.followers[which % Math.max(1, this.followers.length)];
    follower?.sinks.at(-1)?.drain(again ?? undefined);
  }

  async restart(): Promise<void> {
    await this.live.close();
    this.live = this.api.open();
    for (const { sinks, filter } of this.followers) {
      const last = sinks.at(-1) as Follower['sinks'][number];
      expect(last.ended).toEqual([]);
      const after = last.messages.at(-1)?.position ?? last.subscription.position;
      sinks.push(subscribe(this.live, { variables: { filter: filters[filter]?.[0] }, after }));
    }
  }

  /** Every follower was told exactly what it asked for, and each subscription where the head was. */
  async check(): Promise<void> {
    const log = await this.api.services.store.readLog({ limit: 10_000 });
    for (const { start, filter, sinks } of this.followers) {
      const meant = log.filter((event) => event.position > start && filters[filter]?.[1](event));
      const expected = meant.map(({ position }) => position);
      const last = sinks.at(-1) as Follower['sinks'][number];
      await last.until(() => {
        last.drain();
        return last.told.some(({ __typename }) => __typename === 'CaughtUp') && told(sinks).length >= expected.length;
      });
      expect(told(sinks)).toEqual(expected);
      expect(sinks.map(({ unwanted }) => unwanted)).toEqual(sinks.map(() => 0));
      for (const sink of sinks) this.checkCaughtUp(sink, start, expected);
    }
    await this.live.close();
  }

  /** All that it asked for up to the head it was told of came before, and nothing of it after. */
  private checkCaughtUp({ told: messages }: Sink, start: number, expected: readonly number[]): void {
    const heads = messages.flatMap(({ __typename }, at) => (__typename === 'CaughtUp' ? [at] : []));
    expect(heads.length).toBeLessThanOrEqual(2);
    for (const at of heads) {
      const head = Number(messages[at].position);
      const [before, after] = [messages.slice(0, at), messages.slice(at + 1)].map((part) =>
        part.flatMap(({ __typename, position }) => (__typename === 'EventRecorded' ? [Number(position)] : [])),
      );
      expect(head).toBeGreaterThanOrEqual(start);
      expect(before?.every((position) => position <= head)).toBe(true);
      expect(after?.every((position) => position > head)).toBe(true);
      // What it was told in subscriptions before this one is no part of its messages.
      const first = before?.[0] ?? Number.POSITIVE_INFINITY;
      expect(before).toEqual(expected.filter((position) => position >= first && position <= head));
    }
  }
}

const told = (sinks: readonly Sink[]) => sinks.flatMap(({ positions }) => positions);

describe('readers of events()', () => {
  it('are told exactly what they ask for, once, in order, whatever happens', { timeout: 240_000 }, async () => {
    const api = await liveApi();
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
        const world = new World(api);
        for (const each of steps) {
          if ('rename' in each) await world.rename(each.rename);
          else if ('drain' in each) world.drain(each.drain, each.again);
          else if ('restart' in each) await world.restart();
          else world.follow(each.back, each.filter, each.stallAfter);
        }
        await world.check();
      }),
      { numRuns: 60 },
    );
  });
});
