import { describe, expect, it } from 'vitest';
import { workforce } from '../../src/domain/workforce.ts';
import { by, committees, refusedAs } from '../support/acts.ts';
import { brokenField } from '../support/broken-field.ts';
import { given } from '../support/given.ts';
import { divisionIds } from '../support/hamlet-county.ts';

const day = '2021-05-06';
const workers = {
  division: divisionIds.province,
  definitionCode: 'COMMUNITY_WORKERS_PROVINCE',
  headcount: 300_000,
  qualifier: 'NEARLY',
};
const served = {
  division: divisionIds.province,
  periodFrom: '2020-01-01',
  periodTo: '2020-12-31',
  personTimes: 8_130_000,
  qualifier: 'EXACT',
  unit: 'PERSON_TIMES',
};

async function reporter() {
  const scene = await given(...committees);
  return (name: string, data: object, stream = 'workforce-wf_aaaaaaaa', header: object = by.province) =>
    scene.when(stream, name, data, day, header);
}

describe('reportWorkforce', () => {
  it('records how many workers a division counts, by which definition', async () => {
    const report = await reporter();
    await expect(report('reportWorkforce', workers)).resolves.toEqual([
      { type: 'WorkforceReported', effectiveOn: day, data: workers },
    ]);
  });

  it('asks for the definition by which they are counted', () => {
    const { definitionCode: _, ...undefinedWorkers } = workers;
    expect(brokenField(workforce.commands.reportWorkforce, undefinedWorkers)).toBe('definitionCode');
  });

  it('takes figures of two definitions for one day, and refuses two of one', async () => {
    const report = await reporter();
    const other = 'workforce-wf_bbbbbbbb';
    await report('reportWorkforce', workers);
    await expect(report('reportWorkforce', workers, other)).rejects.toEqual(refusedAs('workforce.REPORTED'));
    const household = { ...workers, definitionCode: 'PER_300_HOUSEHOLDS' };
    await expect(report('reportWorkforce', household)).rejects.toEqual(refusedAs('workforce.EXISTS'));
    await expect(report('reportWorkforce', household, other)).resolves.toHaveLength(1);
  });

  it.each([
    ['workforce.DIVISION_UNKNOWN', { division: 'd_absent000' }, by.province],
    ['act.FUTURE', { asOf: '2021-05-07' }, by.province],
    ['act.OTHER_TERRITORY', {}, by.prefecture],
  ])('refuses as %s: %o', async (refusal, change, header) => {
    const report = await reporter();
    const when = report('reportWorkforce', { ...workers, ...change }, undefined, header);
    await expect(when).rejects.toEqual(refusedAs(refusal));
  });
});

describe('reportServiceTally', () => {
  it('records person-times of a period, once', async () => {
    const report = await reporter();
    const { unit: _, ...data } = served;
    await expect(report('reportServiceTally', served)).resolves.toEqual([
      { type: 'ServiceTallyReported', effectiveOn: day, data },
    ]);
    const again = report('reportServiceTally', served, 'workforce-wf_bbbbbbbb');
    await expect(again).rejects.toEqual(refusedAs('workforce.REPORTED'));
  });

  it.each([
    ['workforce.PEOPLE', { unit: 'PEOPLE' }],
    ['workforce.NOT_OVER', { periodTo: '2021-12-31' }],
    ['workforce.DIVISION_UNKNOWN', { division: 'd_absent000' }],
  ])('refuses as %s: %o', async (refusal, change) => {
    const report = await reporter();
    await expect(report('reportServiceTally', { ...served, ...change })).rejects.toEqual(refusedAs(refusal));
  });

  it('asks for a period that ends after it begins', () => {
    const { reportServiceTally } = workforce.commands;
    expect(brokenField(reportServiceTally, { ...served, periodTo: '2019-12-31' })).toBe('periodTo');
  });
});
