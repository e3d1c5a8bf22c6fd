import { describe, expect, it } from 'vitest';
import { standardCommands } from '../../src/domain/standard-catalogue.ts';
import { by, committees, refusedAs, villageIds } from '../support/acts.ts';
import { given } from '../support/given.ts';
import { divisionIds } from '../support/hamlet-county.ts';
import { adopt, allowance, officeFund } from '../support/money.ts';

const first = 's_first000';
const second = 's_second00';
const tiers = [
  { maxYearsExclusive: 10, amountFen: '150000', per: 'PERSON_ONCE' },
  { minYears: 10, maxYearsExclusive: 20, amountFen: '15000', per: 'PERSON_MONTH' },
  { minYears: 20, amountFen: '30000', per: 'PERSON_MONTH' },
];
const retired = { kind: 'RETIREMENT_ALLOWANCE', beneficiary: 'RETIRED_CADRE', method: 'TIERED', tiers, division: '44' };
const none = () => given(...committees);
const adopted = async (data: object = allowance, header: object = by.county) => {
  const scene = await none();
  await adopt(scene, first, data, '2018-01-01', header);
  return scene;
};

describe('adoptStandard', () => {
  const take = async (change: object) =>
    adopt(await none(), first, { ...allowance, ...change }, '2018-01-01', by.county);

  it('keeps the level that decided and the divisions that its code meant', async () => {
    const data = { ...allowance, level: 'COUNTY', included: [divisionIds.county], excluded: [] };
    expect(await take({})).toEqual([{ type: 'SubsidyStandardAdopted', effectiveOn: '2018-01-01', data }]);
  });

  it.each([
    ['less than the whole', [{ level: 'COUNTY', bp: 9_999 }]],
    [
      'more than the whole',
      [
        { level: 'COUNTY', bp: 9_000 },
        { level: 'TOWNSHIP', bp: 1_001 },
      ],
    ],
    [
      'a level twice',
      [
        { level: 'COUNTY', bp: 5_000 },
        { level: 'COUNTY', bp: 5_000 },
      ],
    ],
    [
      'the rest twice',
      [
        { level: 'COUNTY', remainder: true },
        { level: 'TOWNSHIP', remainder: true },
      ],
    ],
    ['a level that bears nothing that is said', [{ level: 'COUNTY', bp: 10_000 }, { level: 'TOWNSHIP' }]],
    [
      'an upper bound and nobody for the rest',
      [
        { level: 'COUNTY', bp: 10_000 },
        { level: 'VILLAGE', bpMax: 2_000 },
      ],
    ],
  ])('refuses shares with %s', async (_, shares) => {
    await expect(take({ shares })).rejects.toEqual(refusedAs('standard.SHARES'));
    await expect(take({ sharesOfIncrease: shares })).rejects.toEqual(refusedAs('standard.SHARES'));
  });

  it.each([
    ['standard.TIERS_OVERLAP', [{ maxYearsExclusive: 11 }, { minYears: 10 }]],
    ['standard.TIERS_OVERLAP', [{ minYears: 10, maxYearsExclusive: 10 }]],
    ['standard.TIERS_OVERLAP', [{}, { minYears: 10 }]],
    ['standard.TIERS_GAP', [{ maxYearsExclusive: 10 }, { minYears: 11 }]],
  ])('refuses as %s: %o', async (refusal, years) => {
    const made = years.map((each) => ({ ...each, amountFen: '100', per: 'PERSON_MONTH' }));
    const when = adopt(await none(), first, { ...retired, tiers: made }, '2018-01-01', by.province);
    await expect(when).rejects.toEqual(refusedAs(refusal));
  });

  it('refuses an amount of zero', async () => {
    await expect(take({ amountFen: '0' })).rejects.toEqual(refusedAs('standard.ZERO_AMOUNT'));
    const zero = { ...retired, tiers: [{ amountFen: '0', per: 'PERSON_ONCE' }] };
    const when = adopt(await none(), first, zero, '2018-01-01', by.province);
    await expect(when).rejects.toEqual(refusedAs('standard.ZERO_AMOUNT'));
  });

  it('holds from a day before it was issued only where it says so, and is flagged', async () => {
    const late = { issuedOn: '2018-01-02' };
    await expect(take(late)).rejects.toEqual(refusedAs('standard.BEFORE_ISSUED'));
    await expect(take({ ...late, retroactive: true })).resolves.toMatchObject([{ data: { flags: ['RETROACTIVE'] } }]);
  });

  it('refuses an id that is taken', async () => {
    const again = adopt(await adopted(), first, officeFund, '2018-02-01', by.county);
    await expect(again).rejects.toEqual(refusedAs('standard.EXISTS'));
  });

  it('refuses a division or a region tier that is not there', async () => {
    const place = { division: undefined, regionTier: 't_absent00' };
    await expect(take({ division: '440199' })).rejects.toEqual(refusedAs('standard.UNKNOWN_DIVISION'));
    await expect(take(place)).rejects.toEqual(refusedAs('standard.UNKNOWN_TIER'));
  });

  it('holds for the divisions of its region tier', async () => {
    const scene = await none();
    const set = { name: '石滩镇', include: ['440118'], exclude: ['440118104'] };
    await scene.when('tier-t_county00', 'defineRegionTier', set, '2018-01-01', by.prefecture);
    const data = { ...allowance, division: undefined, regionTier: 't_county00' };
    const pinned = { included: [divisionIds.county], excluded: [divisionIds.zhongxin] };
    await expect(adopt(scene, first, data, '2018-01-01', by.county)).resolves.toMatchObject([{ data: pinned }]);
  });

  it('lets a village decide the allowance for lost work, and nothing else', async () => {
    const village = { division: undefined, village: villageIds.villagers };
    await expect(take(village)).rejects.toEqual(refusedAs('standard.VILLAGE_DECIDES'));
    const meeting = { kind: 'LOST_WORK_ALLOWANCE', beneficiary: 'REPRESENTATIVE', per: 'MEETING', amountFen: '3000' };
    const scene = await none();
    const data = { ...allowance, ...meeting, ...village };
    await expect(adopt(scene, first, data, '2018-01-01', {})).resolves.toMatchObject([{ data: { level: 'VILLAGE' } }]);
    const other = { ...data, village: villageIds.second };
    await expect(adopt(scene, second, other, '2018-01-01', {})).resolves.toHaveLength(1);
  });

  it('takes exactly the fields of its method, and one region', () => {
    const { schema } = standardCommands.adoptStandard;
    const pathOf = (change: object) => schema.safeParse({ ...allowance, ...change }).error?.issues[0]?.path[0];
    expect(pathOf({})).toBeUndefined();
    expect(pathOf({ amountFen: undefined })).toBe('amountFen');
    expect(pathOf({ tiers })).toBe('tiers');
    expect(pathOf({ method: 'TIERED', amountFen: undefined, per: undefined })).toBe('tiers');
    expect(pathOf({ method: 'FORMULA', amountFen: undefined, per: undefined })).toBe('formula');
    expect(pathOf({ division: undefined })).toBe('regionTier');
    expect(pathOf({ village: villageIds.villagers })).toBe('regionTier');
  });
});

describe('a standard beside others', () => {
  it('refuses a second one of its kind, beneficiary and level in a part of its region', async () => {
    const scene = await adopted();
    const again = (change: object, header: object = by.county) =>
      adopt(scene, second, { ...allowance, ...change }, '2019-01-01', header);
    await expect(again({})).rejects.toEqual(refusedAs('standard.OVERLAP'));
    const neighbour = { decidedBy: { ...by.county.decidedBy, division: '440119' } };
    await expect(again({ division: '440119' }, neighbour)).resolves.toHaveLength(1);
  });

  it('takes the place of the one that it supersedes', async () => {
    const scene = await adopted();
    const next = { ...allowance, amountFen: '200000', supersedes: first };
    await adopt(scene, second, next, '2019-01-01', by.county);
    const end = scene.when(`standard-${first}`, 'supersedeStandard', {}, '2020-01-01', by.county);
    await expect(end).rejects.toEqual(refusedAs('standard.ABSENT'));
  });

  it('supersedes only what stands, of its own kind, beneficiary and level', async () => {
    const scene = await adopted();
    const next = (data: object, header: object = by.county) =>
      adopt(scene, second, { ...allowance, supersedes: first, ...data }, '2019-01-01', header);
    for (const change of [{ supersedes: 's_absent00' }, { kind: 'BASIC_PAY' }, { beneficiary: 'SUPERVISION_MEMBER' }]) {
      await expect(next(change)).rejects.toEqual(refusedAs('standard.NOT_SUPERSEDED'));
    }
    await expect(next({ division: '4401' }, by.prefecture)).rejects.toEqual(refusedAs('standard.NOT_SUPERSEDED'));
  });

  it.each([
    ['FLOOR', 'standard.BELOW_FLOOR', '4999999'],
    ['CEILING', 'standard.ABOVE_CEILING', '5000001'],
  ])('keeps to the %s of a higher level', async (limit, refusal, amountFen) => {
    const scene = await adopted({ ...officeFund, division: '44', limit }, by.province);
    const county = (change: object) => adopt(scene, second, { ...officeFund, ...change }, '2019-01-01', by.county);
    await expect(county({ amountFen })).rejects.toEqual(refusedAs(refusal));
    await expect(county({})).resolves.toHaveLength(1);
  });

  it('keeps to a floor tier by tier, and where it is corrected', async () => {
    const scene = await adopted({ ...retired, limit: 'FLOOR' }, by.province);
    const lower = tiers.map((tier) => (tier.minYears === 20 ? { ...tier, amountFen: '29999' } : tier));
    const county = (change: object) =>
      adopt(scene, second, { ...retired, division: '440118', ...change }, '2019-01-01', by.county);
    await expect(county({ tiers: lower })).rejects.toEqual(refusedAs('standard.BELOW_FLOOR'));
    await expect(county({})).resolves.toHaveLength(1);
    const slip = { method: 'TIERED', tiers: lower, reason: '录入有误' };
    const correct = scene.when(`standard-${second}`, 'correctStandard', slip, '2020-01-01', by.county);
    await expect(correct).rejects.toEqual(refusedAs('standard.BELOW_FLOOR'));
  });
});

describe('supersedeStandard', () => {
  const end = async (data: object, on = '2019-01-01', header: object = by.county) =>
    (await adopted()).when(`standard-${first}`, 'supersedeStandard', data, on, header);

  it('ends it, and is flagged where nothing follows', async () => {
    expect(await end({ reason: '期满' })).toEqual([
      {
        type: 'SubsidyStandardSuperseded',
        effectiveOn: '2019-01-01',
        data: { reason: '期满', flags: ['LEAVES_GAP'] },
      },
    ]);
    const scene = await adopted();
    const next = { ...allowance, kind: 'BASIC_PAY' };
    await adopt(scene, second, next, '2019-01-01', by.county);
    const followed = scene.when(`standard-${first}`, 'supersedeStandard', { by: second }, '2019-01-01', by.county);
    await expect(followed).resolves.toMatchObject([{ data: { by: second } }]);
  });

  it('refuses one that does not stand, or stands from that day', async () => {
    const none = (await given(...committees)).when(
      `standard-${first}`,
      'supersedeStandard',
      {},
      '2019-01-01',
      by.county,
    );
    await expect(none).rejects.toEqual(refusedAs('standard.ABSENT'));
    await expect(end({}, '2018-01-01')).rejects.toEqual(refusedAs('standard.ABSENT'));
  });

  it('refuses a body below the one that adopted it', async () => {
    await expect(end({}, '2019-01-01', by.township)).rejects.toEqual(refusedAs('act.OTHER_TERRITORY'));
    const scene = await adopted({ ...allowance, division: '440118' }, by.prefecture);
    const below = scene.when(`standard-${first}`, 'supersedeStandard', {}, '2019-01-01', by.county);
    await expect(below).rejects.toEqual(refusedAs('act.NOT_AUTHORIZED'));
  });
});

describe('correctStandard', () => {
  const slip = { method: 'FIXED', per: 'PERSON_MONTH', amountFen: '160000', reason: '录入有误' };

  it('says it anew from its first day on', async () => {
    const when = (await adopted()).when(`standard-${first}`, 'correctStandard', slip, '2020-05-01', by.county);
    expect(await when).toEqual([{ type: 'SubsidyStandardCorrected', effectiveOn: '2018-01-01', data: slip }]);
  });

  it('refuses once money was paid by it, until the arrears are posted', async () => {
    const scene = await adopted();
    const line = { personRef: `p_${'a'.repeat(24)}`, village: villageIds.villagers, amountFen: '150000', post: '委员' };
    const run = { kind: 'ALLOWANCE', headcount: 1, totalFen: '150000', lines: [line] };
    const stream = `payrun-${divisionIds.county}`;
    const paid = { ...run, month: '2018-02', standard: first };
    await scene.when(stream, 'postAllowanceRun', paid, '2018-02-20', by.county);
    const correct = () => scene.when(`standard-${first}`, 'correctStandard', slip, '2020-05-01', by.county);
    await expect(correct()).rejects.toEqual(refusedAs('standard.PAID'));
    const months = { fromMonth: '2018-02', toMonth: '2018-02', oldStandard: first, newStandard: first };
    const more = { ...run, ...months, totalFen: '10000', lines: [{ ...line, amountFen: '10000' }] };
    await scene.when(stream, 'postArrears', more, '2020-04-20', by.county);
    await expect(correct()).resolves.toHaveLength(1);
  });
});
