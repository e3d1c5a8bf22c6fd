import { describe, expect, it } from 'vitest';
import { by, committees, refusedAs, villageIds } from '../support/acts.ts';
import { given, type Scene } from '../support/given.ts';
import { divisionIds, of, start, streams, xiawei } from '../support/hamlet-county.ts';
import { adopt, allowance, officeFund } from '../support/money.ts';

const village = villageIds.villagers;
const stream = `fund-${village}`;
const standard = 's_office000';
const transfer = { kind: 'OFFICE_FUND', amountFen: '3000000', fiscalYear: 2019, standard };

async function entitled(data: object = officeFund): Promise<Scene> {
  const scene = await given(...committees);
  await adopt(scene, standard, data, '2018-01-01', by.county);
  return scene;
}
const pay = (scene: Scene, change: object = {}, on = '2019-03-01', header: object = by.county) =>
  scene.when(stream, 'transferVillageFund', { ...transfer, ...change }, on, header);

describe('transferVillageFund', () => {
  it('keeps who paid and where the village lay', async () => {
    const { shitan: township, county, prefecture } = divisionIds;
    expect(await pay(await entitled())).toEqual([
      {
        type: 'VillageFundTransferred',
        effectiveOn: '2019-03-01',
        data: { village, ...transfer, fromLevel: 'COUNTY', township, county, prefecture },
      },
    ]);
  });

  it('gives a village what the standard says in a fiscal year, and not a fen more', async () => {
    const scene = await entitled();
    await pay(scene, {}, '2019-09-01');
    await expect(pay(scene, { amountFen: '2000001' })).rejects.toEqual(refusedAs('fund.ABOVE_ENTITLEMENT'));
    await expect(pay(scene, { amountFen: '2000000' })).resolves.toHaveLength(1);
    await expect(pay(scene, { fiscalYear: 2020, amountFen: '5000000' })).resolves.toHaveLength(1);
  });

  it('is flagged where no standard is named', async () => {
    const facts = await pay(await entitled(), { standard: undefined, amountFen: '9000000' });
    expect(facts).toMatchObject([{ data: { flags: ['NO_STANDARD'] } }]);
  });

  it('refuses an amount of zero', async () => {
    await expect(pay(await entitled(), { amountFen: '0' })).rejects.toEqual(refusedAs('fund.ZERO_AMOUNT'));
  });

  it('refuses a standard of another day, kind or place', async () => {
    const early = pay(await entitled(), {}, '2017-12-31');
    await expect(early).rejects.toEqual(refusedAs('fund.NO_STANDARD'));
    await expect(pay(await entitled(allowance))).rejects.toEqual(refusedAs('fund.NO_STANDARD'));
    const scene = await given(...committees);
    const neighbour = { decidedBy: { ...by.county.decidedBy, division: '440119' } };
    await adopt(scene, standard, { ...officeFund, division: '440119' }, '2018-01-01', neighbour);
    await expect(pay(scene)).rejects.toEqual(refusedAs('fund.NO_STANDARD'));
  });

  it('refuses a unit that is no committee, the province, and another county', async () => {
    const farm = { ...xiawei, code: '440118102500', name: '农场', shortName: '农场', kind: 'QUASI_VILLAGERS' };
    const scene = await given(...committees, of(streams.absent, 'VillageListed', start, farm));
    const data = { ...transfer, standard: undefined };
    const unit = scene.when('fund-v_absent000', 'transferVillageFund', data, '2019-03-01', by.county);
    await expect(unit).rejects.toEqual(refusedAs('act.KIND_MISMATCH'));
    await expect(pay(scene, data, '2019-03-01', by.province)).rejects.toEqual(refusedAs('act.NOT_AUTHORIZED'));
    const neighbour = { decidedBy: { ...by.county.decidedBy, division: '440119' } };
    await expect(pay(scene, data, '2019-03-01', neighbour)).rejects.toEqual(refusedAs('act.OTHER_TERRITORY'));
  });
});

describe('reviewOfficeFundUse', () => {
  const reviewers = ['SECRETARY', 'CHAIR', 'FINANCE_GROUP', 'SUPERVISION'];
  const review = async (change: object) =>
    (await entitled()).when(stream, 'reviewOfficeFundUse', { fiscalYear: 2019, reviewers, ...change }, '2020-01-15');

  it('is joint and posted, or flagged', async () => {
    expect(await review({ usedFen: '2900000', postedOn: '2020-01-20' })).toEqual([
      {
        type: 'OfficeFundUseReviewed',
        effectiveOn: '2020-01-15',
        data: { village, fiscalYear: 2019, reviewers, usedFen: '2900000', postedOn: '2020-01-20' },
      },
    ]);
    const alone = await review({ reviewers: ['CHAIR'] });
    expect(alone).toMatchObject([{ data: { flags: ['NOT_JOINT', 'NOT_POSTED'] } }]);
  });

  it('refuses a result that is posted before the review, or after today', async () => {
    await expect(review({ postedOn: '2020-01-14' })).rejects.toEqual(refusedAs('fund.POSTED_EARLY'));
    await expect(review({ postedOn: '2099-01-01' })).rejects.toEqual(refusedAs('act.FUTURE'));
  });
});
