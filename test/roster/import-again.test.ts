import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { division } from '../../src/domain/division.ts';
import { village } from '../../src/domain/village.ts';
import type { AnyAggregate } from '../../src/es/aggregate.ts';
import type { RecordedEvent } from '../../src/es/event.ts';
import { execute } from '../../src/es/execute.ts';
import type { EventStore } from '../../src/es/store.ts';
import { worldOf } from '../../src/roster/timelines.ts';
import { editionRows, rowsOf } from '../support/editions.ts';
import { fileOf, identities, importFile, memoryLog, readRoster, today, villagesOn } from '../support/roster.ts';
import { stoppingAfter } from '../support/stopping-after.ts';

const county = (year: number, day: string) =>
  fileOf(
    day,
    editionRows(year).filter(({ code }) => code === '44' || code === '4412' || code.startsWith('441225')),
  );
const files = [county(2018, '2018-10-31'), county(2020, '2020-06-30'), county(2019, '2019-10-31')];

/** What each stream holds, but for when and where in the log it was written. */
async function contentOf(store: EventStore): Promise<Map<string, unknown[]>> {
  const streams = new Map<string, unknown[]>();
  const strip = ({ position: _, recordedAt: __, ...rest }: RecordedEvent) => rest;
  for (const event of await store.readLog({ limit: 10_000 })) {
    const events = streams.get(event.stream);
    if (events) events.push(strip(event));
    else streams.set(event.stream, [strip(event)]);
  }
  return streams;
}

describe('an import that is killed', () => {
  it('comes, run again, to what one clean run comes to, wherever it stopped', async () => {
    const clean = memoryLog();
    for (const file of files) await importFile(clean, file);
    const expected = await contentOf(clean);
    const appends = (await clean.head()).position;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: appends }), { minLength: 1, maxLength: 4 }),
        async (stops) => {
          const store = memoryLog();
          for (const file of files) {
            for (const stop of stops) await importFile(stoppingAfter(store, stop), file).catch(() => undefined);
            await importFile(store, file);
          }
          expect(await contentOf(store)).toEqual(expected);
        },
      ),
      { numRuns: 15 },
    );
  });
});

const town = { '440101100': '石滩镇', '440101101': '仙村镇' };
const at = (day: string, villages: Readonly<Record<string, string>>) => fileOf(day, rowsOf({ ...town, ...villages }));
const days = ['2016-07-31', '2017-10-31', '2018-10-31'] as const;

/** A clerk's command. Links look up what the log says. */
async function clerk(store: EventStore, stream: string, name: string, effectiveOn: string, data: object) {
  const log = await readRoster(store);
  const timelines = new Map(
    [...log.villages.keys()].map((id) => {
      const listed = villagesOn(log, days).map((each) => each.get(id) ?? null);
      const states = days.map((day, index) => ({ effectiveOn: day as string, record: listed[index] ?? null }));
      // A village's states begin with its first record.
      return [id, states.slice(states.findIndex(({ record }) => record !== null))] as const;
    }),
  );
  const township = {
    id: 'd_test0001',
    code: '440101100',
    name: '石滩镇',
    level: 'TOWNSHIP' as const,
    parent: 'd_test0002',
  };
  const prefecture = { id: 'd_test0002', code: '4401', name: '广州市', level: 'PREFECTURE' as const, parent: null };
  const divisionOf = (id: string) => (id === prefecture.id ? prefecture : township);
  const world = { ...worldOf(timelines), division: divisionOf };
  const aggregate: AnyAggregate = stream.startsWith('village-') ? village : division;
  const commandId = `clerk-${name}-${stream}-${effectiveOn}`;
  const command = { name, stream, data, commandId, effectiveOn, basis: [], recordedBy: 'clerk' };
  return execute({ store, today, world }, aggregate, command);
}

const villageNamed = async (store: EventStore, day: (typeof days)[number], name: string) => {
  const listed = villagesOn(await readRoster(store), days)[days.indexOf(day)];
  return [...(listed ?? [])].find(([, record]) => record.name.startsWith(name))?.[0] as string;
};

describe('an import after a clerk', () => {
  it('leaves a clerk’s rename standing where the editions say nothing new', async () => {
    const store = memoryLog();
    await importFile(store, at('2016-07-31', { '440101100201': '下围村委会' }));
    await importFile(store, at('2018-10-31', { '440101100201': '下围村委会' }));
    const id = await villageNamed(store, '2016-07-31', '下围');
    await clerk(store, `village-${id}`, 'renameVillage', '2018-10-31', { name: '上围村委会' });
    await importFile(store, at('2017-10-31', { '440101100201': '中围村委会' }));
    const names = villagesOn(await readRoster(store), days).map((each) => each.get(id)?.name);
    expect(names).toEqual(['下围村委会', '中围村委会', '上围村委会']);
  });

  it('holds to a clerk’s link, and follows the village from there', async () => {
    const store = memoryLog();
    await importFile(store, at('2016-07-31', { '440101100201': '带村村委会' }));
    await importFile(store, at('2017-10-31', { '440101100202': '戴村村委会' }));
    const [one, other] = [await villageNamed(store, '2016-07-31', '带'), await villageNamed(store, '2017-10-31', '戴')];
    await clerk(store, `village-${one}`, 'linkVillages', '2017-10-31', { other });
    await importFile(store, at('2018-10-31', { '440101101207': '戴村村委会' }));
    const log = await readRoster(store);
    expect(identities(log, days)).toEqual(['440101100201 440101100202 440101101207']);
    expect(villagesOn(log, days)[2]?.has(one)).toBe(true);
  });

  it('holds to a clerk’s unlink', async () => {
    const store = memoryLog();
    await importFile(store, at('2016-07-31', { '440101100201': '下围村委会' }));
    await importFile(store, at('2017-10-31', { '440101100201': '上围村委会' }));
    const id = await villageNamed(store, '2016-07-31', '下围');
    await clerk(store, `village-${id}`, 'unlinkVillage', '2017-10-31', {});
    await importFile(store, at('2018-10-31', { '440101100203': '上围村委会' }));
    expect(identities(await readRoster(store), days)).toEqual(['- 440101100201 440101100203', '440101100201 - -']);
  });
});
