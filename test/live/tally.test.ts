import { fc } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { type LiveApi, liveApi } from '../support/live-api.ts';
import { Sink, subscribe } from '../support/live-sink.ts';

const fields = 'id code tally { villages { total villagersCommittees } honours { held } money { transferredFen } }';
const tallyDocument = `subscription Tally($level: DivisionLevel!, $within: DivisionCode, $after: Position) {
  tally(level: $level, within: $within, after: $after) {
    __typename
    ... on TallyChanged { position effectiveOn divisions { ${fields} } }
    ... on CaughtUp { position }
    ... on MustRefetch { position reason }
  }
}`;
const query = `query($level: DivisionLevel!, $within: DivisionCode) { divisions(level: $level, within: $within) { ${fields} } }`;

type Told = { __typename: string; position: string; effectiveOn: string; divisions: { id: string; code: string }[] };

const follow = (api: LiveApi, variables: Record<string, unknown>, sink = new Sink()) =>
  subscribe(api.live, { query: tallyDocument, variables }, sink);

const codesOf = (told: Told[]) =>
  told.map(({ __typename, divisions }) => (divisions ? divisions.map(({ code }) => code) : __typename));

/** What a reader has after all it was told. */
function folded(sinks: readonly Sink[]): unknown[] {
  const counts = new Map<string, { code: string }>();
  for (const message of sinks.flatMap(({ told }) => told) as Told[]) {
    for (const division of message.divisions ?? []) counts.set(division.id, division);
  }
  return [...counts.values()].sort((one, other) => (one.code < other.code ? -1 : 1));
}

const transfer = (api: LiveApi, village: string, township: string, effectiveOn = '2021-01-01') =>
  api.tell({ name: 'transferVillage', stream: `village-${village}`, data: { township }, effectiveOn });

describe('tally()', () => {
  it('tells all counts first, then those that an event changes', async () => {
    const api = await liveApi();
    const reader = follow(api, { level: 'TOWNSHIP' });
    const [first] = await reader.has(2);
    expect(first).toMatchObject({ position: '13', effectiveOn: '2024-06-01' });
    expect(codesOf(reader.told)).toEqual([['440118101', '440118102', '441900121'], 'CaughtUp']);
    await api.rename('v_xiawei0001', '下围社区居委会');
    await transfer(api, 'v_xiawei0001', 'd_xintang001');
    await reader.has(3);
    expect(codesOf(reader.told).slice(2)).toEqual([['440118101', '440118102']]);
    expect(folded([reader])).toEqual((await api.ask(query, { level: 'TOWNSHIP' })).divisions);
    expect(reader.subscription.position).toBe(15);
  });

  it('tells what differs from a position', async () => {
    const api = await liveApi();
    const before = follow(api, { level: 'TOWNSHIP', within: '440118', after: '9' });
    await before.has(2);
    expect(codesOf(before.told)).toEqual([['440118101', '440118102'], 'CaughtUp']);
    // Soon after it was recorded: who was away for long is told all.
    api.onDay('2024-01-03');
    const same = follow(api, { level: 'COUNTY', after: '13' });
    expect(await same.has(1)).toEqual([{ __typename: 'CaughtUp', position: '13' }]);
    const other = follow(api, { level: 'COUNTY', after: '12' });
    await other.has(1);
    expect(codesOf(other.told)).toEqual(['CaughtUp']);
  });

  it('tells what a new day changes, though the log is quiet', async () => {
    const api = await liveApi();
    await transfer(api, 'v_baima00001', 'd_xintang001', '2024-06-02');
    const reader = follow(api, { level: 'TOWNSHIP' });
    await reader.has(2);
    api.onDay('2024-06-02');
    const told = await reader.has(3);
    expect(told[2]).toMatchObject({ position: '14', effectiveOn: '2024-06-02' });
    expect(codesOf(told).slice(2)).toEqual([['440118101', '440118102']]);
    expect(folded([reader])).toEqual((await api.ask(query, { level: 'TOWNSHIP' })).divisions);
  });

  it('tells one who comes again on a later day what has changed by any day', async () => {
    const api = await liveApi();
    await transfer(api, 'v_baima00001', 'd_xintang001', '2024-01-10');
    // Recorded on 2024-01-01, so that the reader may have had the counts of any day since.
    api.onDay('2024-01-12');
    const reader = follow(api, { level: 'TOWNSHIP', after: '14' });
    await reader.has(2);
    expect(codesOf(reader.told)).toEqual([['440118101', '440118102'], 'CaughtUp']);
  });

  it('shows a division once more that is listed no longer', async () => {
    const api = await liveApi();
    const reader = follow(api, { level: 'TOWNSHIP' });
    await reader.has(2);
    const data = { rule: 'MISSING' };
    await api.tell({ name: 'delistDivision', stream: 'division-d_humen00001', data, effectiveOn: '2022-01-01' });
    await reader.has(3);
    expect(codesOf(reader.told).slice(2)).toEqual([['441900121']]);
  });

  it('refuses a position after the head', async () => {
    const api = await liveApi();
    const reader = follow(api, { level: 'PROVINCE', after: '99' });
    expect(await reader.has(1)).toEqual([{ __typename: 'MustRefetch', position: '13', reason: 'POSITION_UNKNOWN' }]);
    expect(reader.ended).toEqual([]);
  });

  it('folds to what a query says, whatever happens', { timeout: 240_000 }, async () => {
    const api = await liveApi();
    const villages = ['v_xiawei0001', 'v_baima00001', 'v_xintang001'];
    const townships = ['d_shitan0001', 'd_xintang001'];
    const step = fc.oneof(
      fc.record({ move: fc.nat(2), to: fc.nat(1), on: fc.integer({ min: 0, max: 6 }) }),
      fc.record({ day: fc.integer({ min: 0, max: 6 }) }),
      fc.record({ again: fc.nat(5) }),
      fc.record({
        follow: fc.constantFrom('PROVINCE', 'COUNTY', 'TOWNSHIP'),
        stallAfter: fc.option(fc.integer({ min: 1, max: 3 })),
      }),
    );
    const day = (at: number) => `2024-01-0${at + 1}`;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
        const readers: { level: string; sinks: ReturnType<typeof follow>[] }[] = [];
        const open = (level: string, sink = new Sink(), after?: string) => follow(api, { level, after }, sink);
        for (const each of steps) {
          if ('move' in each) {
            await transfer(api, villages[each.move] ?? '', townships[each.to] ?? '', day(each.on)).catch(() => null);
          } else if ('day' in each) api.onDay(day(each.day));
          else if ('again' in each) {
            const reader = readers[each.again % Math.max(1, readers.length)];
            const last = reader?.sinks.at(-1);
            if (!reader || !last || last.messages.length === 0) continue;
            last.subscription.stop();
            const { position } = last.messages.at(-1) ?? { position: 0 };
            reader.sinks.push(open(reader.level, new Sink(), String(position)));
          } else {
            const sink = new Sink();
            if (each.stallAfter !== null) sink.stallAfter(each.stallAfter);
            readers.push({ level: each.follow, sinks: [open(each.follow, sink)] });
          }
        }
        for (const { level, sinks } of readers) {
          const { divisions } = await api.ask(query, { level });
          const last = sinks.at(-1) as Sink;
          await last.until(() => {
            last.drain();
            return JSON.stringify(folded(sinks)) === JSON.stringify(divisions);
          });
          expect(sinks.map(({ unwanted }) => unwanted)).toEqual(sinks.map(() => 0));
          for (const { subscription } of sinks) subscription.stop();
        }
      }),
      { numRuns: 30 },
    );
  });
});
