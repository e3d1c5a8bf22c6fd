import { describe, expect, it } from 'vitest';
import { CodedError } from '../../src/es/errors.ts';
import { importEdition } from '../../src/roster/import-edition.ts';
import { rowsOf } from '../support/editions.ts';
import { fileOf, identities, importFile, memoryLog, readRoster, today, villagesOn } from '../support/roster.ts';
import { stoppingAfter } from '../support/stopping-after.ts';

const town = { '440101100': '石滩镇', '440101101': '仙村镇' };
const first = fileOf('2016-07-31', rowsOf({ ...town, '440101100201': '下围村委会', '440101100202': '石便村委会' }));
const second = fileOf(
  '2017-10-31',
  rowsOf({ ...town, '440101100201': '下围村民委员会', '440101101202': '石便村委会' }),
);
const third = fileOf('2018-10-31', rowsOf({ ...town, '440101100201': '下围村委会', '440101101203': '石便村委会' }));
const days = ['2016-07-30', '2016-07-31', '2017-10-30', '2017-10-31', '2018-10-31'];

/** By day: code and name of what is listed. */
async function picture(store: Parameters<typeof readRoster>[0]) {
  const listed = villagesOn(await readRoster(store), days);
  return listed.map((each) => [...each.values()].map(({ code, name }) => `${code} ${name}`).sort());
}

const expected = [
  [],
  ['440101100201 下围村委会', '440101100202 石便村委会'],
  ['440101100201 下围村委会', '440101100202 石便村委会'],
  ['440101100201 下围村民委员会', '440101101202 石便村委会'],
  ['440101100201 下围村委会', '440101101203 石便村委会'],
];

const codeOf = async (import_: Promise<unknown>) => {
  const error = await import_.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof CodedError)) throw error ?? new Error('nothing was refused');
  return error.code;
};

describe('importEdition()', () => {
  it('makes the edition’s rows hold from its day on, not before', async () => {
    const store = memoryLog();
    for (const file of [first, second, third]) await importFile(store, file);
    expect(await picture(store)).toEqual(expected);
  });

  it('says so in one import: its events bear its name, its stream says how it went', async () => {
    const store = memoryLog();
    const report = await importFile(store, first);
    const log = await store.readLog({ limit: 100 });
    expect(new Set(log.map(({ correlationId }) => correlationId))).toEqual(new Set(['roster-nbs-2016-07-31']));
    expect(log[0]).toMatchObject({ type: 'RosterImportStarted', effectiveOn: '2016-07-31' });
    expect(log.at(-1)).toMatchObject({
      type: 'RosterImportCompleted',
      data: { eventsAppended: log.length - 2, recognised: [{ rule: 'FIRST_RECORD', count: 2 }], villages: 2 },
    });
    expect(report).toMatchObject({ isRepeat: false, recognised: { FIRST_RECORD: 2 }, written: { VillageListed: 2 } });
  });

  it('gives the rule on each event', async () => {
    const store = memoryLog();
    await importFile(store, first);
    await importFile(store, second);
    const log = await store.readLog({ limit: 100, filter: { types: ['VillageRenamed', 'VillageCodeChanged'] } });
    expect(log.map(({ type, data }) => [type, (data as { rule: string }).rule])).toEqual([
      ['VillageRenamed', 'SAME_CODE_SAME_NAME'],
      ['VillageCodeChanged', 'SAME_COUNTY_SAME_NAME'],
    ]);
  });

  it('gives the same ids on every machine', async () => {
    const [here, there] = [memoryLog(), memoryLog()];
    for (const store of [here, there]) for (const file of [first, second]) await importFile(store, file);
    expect([...(await readRoster(here)).villages.keys()]).toEqual([...(await readRoster(there)).villages.keys()]);
  });

  it('appends nothing when a file comes again', async () => {
    const store = memoryLog();
    await importFile(store, first);
    await importFile(store, second);
    const before = await store.head();
    expect((await importFile(store, first)).isRepeat).toBe(true);
    expect(await store.head()).toEqual(before);
  });

  it('refuses another file of the same edition, and appends nothing', async () => {
    const store = memoryLog();
    await importFile(store, first);
    const before = await store.head();
    const other = fileOf('2016-07-31', second.rows);
    expect(await codeOf(importFile(store, other))).toBe('E_EDITION_CONFLICT');
    expect(await store.head()).toEqual(before);
  });

  it('refuses a broken file, and one that it knows nothing of, before anything is appended', async () => {
    const store = memoryLog();
    const send = (text: string) =>
      importEdition({ ledger: { store, today }, bytes: Buffer.from(text), recordedBy: 'test' });
    expect(await codeOf(send('code;name\n'))).toBe('E_ROSTER_INVALID');
    expect(await codeOf(send('code,name\n44,广东省\n'))).toBe('E_ROSTER_UNKNOWN');
    expect((await store.head()).position).toBe(0);
  });

  it('takes the editions in any order, to the same picture and the same villages', async () => {
    for (const order of [
      [third, first, second],
      [second, third, first],
      [third, second, first],
    ]) {
      const store = memoryLog();
      for (const file of order) await importFile(store, file);
      expect(await picture(store)).toEqual(expected);
      expect(identities(await readRoster(store), ['2016-07-31', '2017-10-31', '2018-10-31'])).toEqual([
        '440101100201 440101100201 440101100201',
        '440101100202 440101101202 440101101203',
      ]);
    }
  });

  it('links what a late edition proves to be one village', async () => {
    // Two changes at once: without the edition between them nothing ties the ends together.
    const ends = [
      fileOf('2016-07-31', rowsOf({ ...town, '440101100201': '松朗村委会' })),
      fileOf('2018-10-31', rowsOf({ ...town, '440101101207': '蓢下村委会' })),
    ] as const;
    const between = fileOf('2017-10-31', rowsOf({ ...town, '440101100201': '蓢下村委会' }));
    const store = memoryLog();
    await importFile(store, ends[0]);
    await importFile(store, ends[1]);
    expect((await readRoster(store)).villages.size).toBe(2);
    await importFile(store, between);
    const links = await store.readLog({ limit: 10, filter: { types: ['VillagesLinked'] } });
    expect(links).toHaveLength(1);
    const log = await readRoster(store);
    expect(identities(log, ['2016-07-31', '2017-10-31', '2018-10-31'])).toEqual([
      '440101100201 440101100201 440101101207',
    ]);
  });

  it('takes a village that comes back with code and name for the same, listed anew', async () => {
    const gone = fileOf('2017-10-31', rowsOf({ ...town, '440101100202': '石便村委会' }));
    for (const order of [
      [first, gone, third],
      [third, gone, first],
      [gone, first, third],
    ]) {
      const store = memoryLog();
      for (const file of order) await importFile(store, file);
      expect(identities(await readRoster(store), ['2016-07-31', '2017-10-31', '2018-10-31'])).toEqual([
        '440101100201 - 440101100201',
        '440101100202 440101100202 440101101203',
      ]);
    }
  });

  it('leaves what no rule decides to a clerk, and takes it back when a later import settles it', async () => {
    const before = fileOf('2016-07-31', rowsOf({ ...town, '440101100201': '带村村委会' }));
    const after = fileOf('2018-10-31', rowsOf({ ...town, '440101100202': '戴村村委会' }));
    const store = memoryLog();
    await importFile(store, before);
    expect((await importFile(store, after)).reviews).toBe(1);
    const [raised] = await store.readLog({ limit: 10, filter: { types: ['IdentityReviewRaised'] } });
    expect(raised?.data).toMatchObject({
      reason: 'SIMILAR_NAME',
      candidates: [
        { code: '440101100201', on: '2016-07-31' },
        { code: '440101100202', on: '2018-10-31' },
      ],
    });
    await importFile(store, fileOf('2017-10-31', rowsOf({ ...town, '440101100201': '戴村村委会' })));
    const dismissed = await store.readLog({ limit: 10, filter: { types: ['IdentityReviewDismissed'] } });
    expect(dismissed.map(({ stream }) => stream)).toEqual([raised?.stream]);
    expect(identities(await readRoster(store), ['2016-07-31', '2018-10-31'])).toEqual(['440101100201 440101100202']);
  });

  it('imports nothing else while an import is unfinished', async () => {
    const store = memoryLog();
    await importFile(store, first);
    const stopped = stoppingAfter(store, 1);
    await expect(importFile(stopped, second)).rejects.toThrow('power cut');
    expect(await codeOf(importFile(store, third))).toBe('E_ROSTER_UNFINISHED');
    await importFile(store, second);
    await importFile(store, third);
    expect(await picture(store)).toEqual(expected);
  });
});
