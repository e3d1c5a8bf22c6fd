import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventStore } from '../../src/es/store.ts';
import { ImportSession } from '../../src/roster/import-edition.ts';
import { editionRows } from '../support/editions.ts';
import { openLogForAll } from '../support/open-log-for-all.ts';
import {
  type EditionFile,
  fileOf,
  identities,
  importFile,
  memoryLog,
  readRoster,
  villagesOn,
} from '../support/roster.ts';

const daysOfYears = {
  2016: '2016-07-31',
  2017: '2017-10-31',
  2018: '2018-10-31',
  2019: '2019-10-31',
  2020: '2020-06-30',
  2021: '2021-10-31',
  2022: '2022-10-31',
  2023: '2023-06-30',
};
const editionDays = Object.values(daysOfYears);
/** Each edition's day, the day before it, and a day between. */
const moments = editionDays
  .flatMap((day) => [`${Number(day.slice(0, 4)) - 1}-12-31`, day.replace(/\d$/, '0'), day])
  .sort();

/** The rows of each edition that lie in one of the places or above it. */
const filesOf = (places: readonly string[]): EditionFile[] =>
  Object.entries(daysOfYears).map(([year, day]) => {
    const isWithin = (code: string) => places.some((place) => code.startsWith(place) || place.startsWith(code));
    return fileOf(
      day,
      editionRows(Number(year)).filter(({ code }) => isWithin(code)),
    );
  });

interface Outcome {
  /** By moment and township's code: how many villages of each kind. */
  readonly tallies: readonly string[];
  readonly identities: readonly string[];
}

async function outcomeAfter(store: EventStore, files: readonly EditionFile[]): Promise<Outcome> {
  const session = new ImportSession();
  for (const file of files) await importFile(store, file, session);
  return outcomeOf(store);
}

async function outcomeOf(store: EventStore): Promise<Outcome> {
  const log = await readRoster(store);
  const tallies = villagesOn(log, moments).flatMap((listed, at) => {
    const counts = new Map<string, number>();
    for (const { code, kind } of listed.values()) {
      const key = `${moments[at]} ${code?.slice(0, 9)} ${kind}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    return [...counts].map(([key, count]) => `${key} ${count}`).sort();
  });
  return { tallies, identities: identities(log, editionDays) };
}

const byDay = (files: readonly EditionFile[]) =>
  [...files].sort((a, b) => (a.meta.editionOn < b.meta.editionOn ? -1 : 1));

describe('the editions in any order', () => {
  it('come to the same tallies and the same villages: 深圳 and four counties, four editions and more', async () => {
    const files = filesOf(['4403', '440511', '440823', '441225', '441427']);
    const orders = fc.shuffledSubarray(files, { minLength: 4 });
    await fc.assert(
      fc.asyncProperty(orders, async (order) => {
        const shuffled = await outcomeAfter(memoryLog(), order);
        expect(shuffled).toEqual(await outcomeAfter(memoryLog(), byDay(order)));
      }),
      { numRuns: 4 },
    );
  });

  describe('all eight of the whole province', () => {
    const files = filesOf(['44']);
    const [inOrder, shuffled] = [openLogForAll(), openLogForAll()];
    const sessions = [new ImportSession(), new ImportSession()];

    it.each(editionDays.map((day, at) => [day, at] as const))(
      'take the edition of %s in its order',
      async (day, at) => {
        const report = await importFile(inOrder(), files[at] as EditionFile, sessions[0]);
        expect(report.editionOn).toBe(day);
      },
    );

    it.each([5, 1, 7, 2, 0, 6, 3, 4])('and in another order: number %i', async (at) => {
      const report = await importFile(shuffled(), files[at] as EditionFile, sessions[1]);
      expect(report.editionOn).toBe(editionDays[at]);
    });

    it('come to the same villages and the same tallies', async () => {
      const [one, other] = [await outcomeOf(inOrder()), await outcomeOf(shuffled())];
      expect(one.identities.length).toBeGreaterThan(26_000);
      expect(other.identities).toEqual(one.identities);
      expect(other.tallies).toEqual(one.tallies);
    });
  });
});
