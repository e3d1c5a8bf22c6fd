import { describe, expect, it } from 'vitest';
import { division } from '../../src/domain/division.ts';
import type { VillageRecord } from '../../src/domain/village-catalogue.ts';
import { recordsOn } from '../../src/roster/dated-states.ts';
import { ImportSession, importEdition } from '../../src/roster/import-edition.ts';
import type { RosterLog } from '../../src/roster/roster-log.ts';
import { editionBytes, editionRows } from '../support/editions.ts';
import { openLogForAll } from '../support/open-log-for-all.ts';
import { readRoster, today, villagesOn } from '../support/roster.ts';

/** Editions' days, and villages, residents' and villagers' committees on them (data/README.md). */
const editions = [
  [2016, '2016-07-31', 26_288, 25_990],
  [2017, '2017-10-31', 26_467, 26_169],
  [2018, '2018-10-31', 26_513, 26_224],
  [2019, '2019-10-31', 26_593, 26_340],
  [2020, '2020-06-30', 26_631, 26_375],
  [2021, '2021-10-31', 26_735, 26_483],
  [2022, '2022-10-31', 26_797, 26_548],
  [2023, '2023-06-30', 26_842, 26_599],
] as const;
const days = editions.map(([, day]) => day);

describe('the eight editions, imported', () => {
  const open = openLogForAll();
  let log: RosterLog;
  let listed: Map<string, VillageRecord>[];

  const session = new ImportSession();

  const on = (day: string) => listed[days.indexOf(day as (typeof days)[number])] as Map<string, VillageRecord>;
  const idOf = (day: string, code: string) => [...on(day)].find(([, record]) => record.code === code)?.[0];

  it.each(editions)('come in: %i', async (year, day, total) => {
    const ledger = { store: open(), today };
    const report = await importEdition({ ledger, bytes: editionBytes(year), recordedBy: 'test', session });
    expect([report.editionOn, report.villages]).toEqual([day, total]);
  });

  it('are read back', async () => {
    log = await readRoster(open());
    listed = villagesOn(log, days);
    expect(listed.map(({ size }) => size)).toEqual(editions.map(([, , total]) => total));
  });

  it.each(editions)('hold the rows of %i exactly on %s, and as many', (year, day, total, committees) => {
    const names = (rows: Iterable<{ code?: string; name: string }>) =>
      new Map([...rows].map(({ code, name }) => [code, name] as const).sort());
    const villages = editionRows(year).filter(({ code }) => code.length === 12);
    expect(names(on(day).values())).toEqual(names(villages));
    const kinds = [...on(day).values()].map(({ kind }) => kind);
    expect([kinds.length, kinds.filter((kind) => kind.endsWith('COMMITTEE')).length]).toEqual([total, committees]);
  });

  it.each(editions)('hold the divisions of %i exactly on %s', (year, day) => {
    const held = [...log.divisions].flatMap(([id, events]) => {
      const [record] = recordsOn<{ code: string; name: string }>(division, id, events, [day]);
      return record ? [`${record.code} ${record.name}`] : [];
    });
    const rows = editionRows(year).filter(({ code }) => code.length < 12 && code !== '441900' && code !== '442000');
    expect(held.sort()).toEqual(rows.map(({ code, name }) => `${code} ${name}`).sort());
  });

  it('know nothing of the day before the first', () => {
    expect(villagesOn(log, ['2016-07-30'])[0]?.size).toBe(0);
  });

  it('place each village in the divisions of its code, and in no county where there is none', () => {
    for (const day of days) {
      const codes = new Map(
        [...log.divisions].map(([id, events]) => [
          id,
          recordsOn<{ code: string }>(division, id, events, [day])[0]?.code,
        ]),
      );
      const wrong = [...on(day).values()].filter(({ code = '', township, county, prefecture }) => {
        const hasNone = code.startsWith('4419') || code.startsWith('4420');
        const isRight =
          codes.get(township) === code.slice(0, 9) &&
          codes.get(prefecture) === code.slice(0, 4) &&
          (hasNone ? county === undefined : codes.get(county ?? '') === code.slice(0, 6));
        return !isRight;
      });
      expect(wrong).toEqual([]);
    }
  });

  it('follow 稔田 out of 福永, 白马 to its new code, and 坪山 out of 龙岗', () => {
    expect(idOf('2017-10-31', '440306021008')).toBe(idOf('2016-07-31', '440306004013'));
    expect(idOf('2023-06-30', '441427102201')).toBe(idOf('2016-07-31', '441427116201'));
    expect(idOf('2017-10-31', '440310002003')).toBe(idOf('2016-07-31', '440307007003'));
  });

  it('keep 石便 and 戴村 apart when the one’s code passes to the other', () => {
    const stonesBefore = idOf('2019-10-31', '441225104202');
    expect(on('2019-10-31').get(stonesBefore as string)?.shortName).toBe('石便');
    expect(idOf('2020-06-30', '441225104203')).toBe(stonesBefore);
    const daicun = idOf('2020-06-30', '441225104202');
    expect(on('2020-06-30').get(daicun as string)?.shortName).toBe('戴村');
    expect(daicun).not.toBe(stonesBefore);
  });

  it('take a name with a lost character for the same village when it is spelled out', () => {
    expect(on('2020-06-30').get(idOf('2020-06-30', '441204111206') as string)?.name).toBe('大?村委会');
    expect(idOf('2021-10-31', '441204111206')).toBe(idOf('2020-06-30', '441204111206'));
  });
});
