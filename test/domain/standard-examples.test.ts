import { describe, expect, it } from 'vitest';
import { committees } from '../support/acts.ts';
import { given } from '../support/given.ts';
import { divisionIds, of, start } from '../support/hamlet-county.ts';
import { adopt } from '../support/money.ts';

const place = (id: string, code: string, name: string, level: string, parent: string) =>
  of(`division-${id}`, 'DivisionListed', start, { code, name, level, parent });
const cities = [
  place('d_huizhou0', '4413', '惠州市', 'PREFECTURE', divisionIds.province),
  place('d_zhongshan', '4420', '中山市', 'PREFECTURE', divisionIds.province),
  place('d_yangjiang', '4417', '阳江市', 'PREFECTURE', divisionIds.province),
  place('d_yangchun', '441781', '阳春市', 'COUNTY', 'd_yangjiang'),
];
const header = (division: string, organ: string, basis: object) => ({
  decidedBy: { level: 'PREFECTURE', division, organ },
  basis: [basis],
});
const take = async (data: object, on: string, by: object) =>
  adopt(await given(...committees, ...cities), 's_example0', data, on, by);

describe('a standard as the documents have it', () => {
  it('is printed the day before it holds: Huizhou, 2015', async () => {
    const title = '关于提高村干部补贴和经济薄弱村办公经费补助的通知';
    const data = {
      kind: 'ALLOWANCE',
      beneficiary: 'COMMITTEE_MEMBER',
      method: 'FIXED',
      per: 'PERSON_MONTH',
      amountFen: '300000',
      previousAmountFen: '200000',
      division: '4413',
      issuedOn: '2014-12-31',
      payoutMode: 'DIRECT_TO_PERSON',
      sharesOfIncrease: [
        { level: 'PREFECTURE', bp: 5000 },
        { level: 'COUNTY', bp: 5000 },
      ],
    };
    const organ = '中共惠州市委办公室、惠州市人民政府办公室';
    expect(await take(data, '2015-01-01', header('4413', organ, { title }))).toEqual([
      {
        type: 'SubsidyStandardAdopted',
        effectiveOn: '2015-01-01',
        data: { ...data, level: 'PREFECTURE', included: ['d_huizhou0'], excluded: [] },
      },
    ]);
  });

  it('is a formula, frozen for the term: Zhongshan, 2017', async () => {
    const data = {
      kind: 'ALLOWANCE',
      beneficiary: 'SUPERVISION_MEMBER',
      method: 'FORMULA',
      per: 'PERSON_MONTH',
      formula: {
        reference: 'AVG_TWO_COMMITTEES_INCOME_PREVIOUS_YEAR_EXCL_BONUS',
        multiplierBp: 2500,
        frozenForTerm: true,
      },
      headcount: [{ ifCollectiveIncomeFenBelow: '1000000000', max: 3 }, { max: 5 }],
      shares: [
        { level: 'PREFECTURE', bp: 4000 },
        { level: 'VILLAGE', bpMax: 2000 },
        { level: 'TOWNSHIP', remainder: true, minEqualsLevel: 'PREFECTURE' },
      ],
      division: '4420',
    };
    const unknown = { unknownBecause: '文号与标题未见' };
    const facts = await take(data, '2017-05-01', header('4420', '中山市', unknown));
    expect(facts).toMatchObject([{ type: 'SubsidyStandardAdopted', data }]);
  });

  it('goes by years served: 粤财农〔2015〕625号, 2016', async () => {
    const data = {
      kind: 'RETIREMENT_ALLOWANCE',
      beneficiary: 'RETIRED_CADRE',
      method: 'TIERED',
      tiers: [
        { maxYearsExclusive: 10, amountFen: '150000', per: 'PERSON_ONCE' },
        { minYears: 10, maxYearsExclusive: 20, amountFen: '15000', per: 'PERSON_MONTH' },
        { minYears: 20, amountFen: '30000', per: 'PERSON_MONTH' },
      ],
      division: '441781',
    };
    const basis = { documentNumber: '粤财农〔2015〕625号' };
    const facts = await take(data, '2016-01-01', header('4417', '中共阳江市委组织部', basis));
    expect(facts).toMatchObject([
      { effectiveOn: '2016-01-01', data: { tiers: data.tiers, included: ['d_yangchun'], level: 'PREFECTURE' } },
    ]);
  });
});
