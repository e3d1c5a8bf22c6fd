import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrearsBetween, type DatedAmount, sharesOf } from '../../src/domain/arrears.ts';

const yuan = (amount: number) => amount * 100;
const half = [
  { level: 'PREFECTURE', bp: 5_000 },
  { level: 'COUNTY', bp: 5_000 },
] as const;
const amount = (standard: string, from: string, amountFen: number, more: Partial<DatedAmount> = {}): DatedAmount => ({
  standard,
  from,
  endedOn: null,
  amountFen,
  ...more,
});

describe('arrearsBetween()', () => {
  // Huizhou: printed on 2014-12-31, in force on 2015-01-01, 5 : 5 for the increase. What was paid before is illustrative.
  const old = amount('s_old', '2012-01-01', yuan(2_000));
  const raised = amount('s_new', '2015-01-01', yuan(3_000), { sharesOfIncrease: half });

  it('finds what a standard recorded in March gives since January, and who bears it', () => {
    const after = [{ ...old, endedOn: '2015-01-01' }, raised];
    expect(arrearsBetween([old], after, '2015-03')).toEqual([
      {
        standard: 's_new',
        fromMonth: '2015-01',
        toMonth: '2015-03',
        months: 3,
        monthlyFen: yuan(1_000),
        byLevel: [
          { level: 'PREFECTURE', fen: yuan(500) },
          { level: 'COUNTY', fen: yuan(500) },
        ],
      },
    ]);
  });

  it('takes what the document says it was before, where no standard before is known', () => {
    const told = { ...raised, previousAmountFen: yuan(2_000) };
    expect(arrearsBetween([], [told], '2015-03')).toEqual(arrearsBetween([old], [raised], '2015-03'));
  });

  it('finds the fifteen months of a notice of 2019-09-26 that holds from 2018-07-01', () => {
    const found = arrearsBetween([old], [old, amount('s_new', '2018-07-01', yuan(2_300))], '2019-09');
    expect(found).toMatchObject([{ fromMonth: '2018-07', toMonth: '2019-09', months: 15, monthlyFen: yuan(300) }]);
  });

  it('finds nothing where the standard begins after the last month', () => {
    expect(arrearsBetween([old], [old, raised], '2014-12')).toEqual([]);
  });

  it('finds nothing where both pictures say the same, or the newer gives less', () => {
    expect(arrearsBetween([raised], [raised], '2016-12')).toEqual([]);
    expect(arrearsBetween([raised], [old], '2016-12')).toMatchObject([{ fromMonth: '2012-01', toMonth: '2014-12' }]);
  });

  it('begins with the first whole month, and ends where the standard ends', () => {
    const mid = amount('s_new', '2015-01-15', yuan(3_000), { endedOn: '2015-04-01' });
    expect(arrearsBetween([old], [mid], '2015-12')).toMatchObject([{ fromMonth: '2015-02', toMonth: '2015-03' }]);
  });

  it('makes another span where another amount was corrected in between', () => {
    const before = [{ ...old, endedOn: '2015-03-01' }, amount('s_mid', '2015-03-01', yuan(2_400))];
    expect(arrearsBetween(before, [raised], '2015-04')).toMatchObject([
      { fromMonth: '2015-01', toMonth: '2015-02', monthlyFen: yuan(1_000) },
      { fromMonth: '2015-03', toMonth: '2015-04', monthlyFen: yuan(600) },
    ]);
  });
});

describe('sharesOf()', () => {
  it('lets the level that bears the rest bear what rounding leaves', () => {
    const shares = [
      { level: 'PROVINCE', bp: 3_333 },
      { level: 'COUNTY', remainder: true },
      { level: 'TOWNSHIP', bp: 3_333 },
    ] as const;
    expect(sharesOf(101, shares)).toEqual([
      { level: 'PROVINCE', fen: 33 },
      { level: 'COUNTY', fen: 35 },
      { level: 'TOWNSHIP', fen: 33 },
    ]);
    expect(sharesOf(101, half)).toEqual([
      { level: 'PREFECTURE', fen: 50 },
      { level: 'COUNTY', fen: 51 },
    ]);
  });

  it('says nothing where a share is only bounded', () => {
    expect(sharesOf(100, [{ level: 'PREFECTURE', bpMax: 5_000 }, ...half])).toEqual([]);
    expect(sharesOf(100, [])).toEqual([]);
  });

  it('gives away every fen, whatever the shares', () => {
    const cut = fc.integer({ min: 0, max: 10_000 });
    fc.assert(
      fc.property(fc.nat(10 ** 12), cut, (sumFen, bp) => {
        const borne = sharesOf(sumFen, [
          { level: 'PREFECTURE', bp },
          { level: 'COUNTY', bp: 10_000 - bp },
        ]);
        expect(borne.reduce((sum, { fen }) => sum + fen, 0)).toBe(sumFen);
      }),
      { numRuns: 50 },
    );
  });
});
