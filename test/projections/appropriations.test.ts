import fc from 'fast-check';
import { describe, it } from 'vitest';
import { appropriations } from '../../projections/appropriations.ts';
import { occurrencesOf } from '../support/arbitrary-history.ts';
import { holdsToTheFold } from '../support/holds-to-the-fold.ts';
import { divisionId, some } from '../support/village-occurrences.ts';

const optional = <T>(...values: T[]) => fc.option(some(...values), { nil: undefined });

describe('appropriations', () => {
  it('answers for any moment what the fold of the log says', async () => {
    const occurrences = occurrencesOf('appropriation', ['a_aaaaaaaa', 'a_bbbbbbbb'], {
      FundAppropriated: fc.record({
        purpose: some('ALLOWANCE', 'OFFICE_FUND'),
        amountFen: some('153290016000', '710000000000'),
        fiscalYear: some(2016, 2018),
        regionTier: optional('t_aaaaaaaa'),
        documentNumber: optional('粤财农〔2015〕668号'),
        fromLevel: some('PROVINCE', 'COUNTY'),
        fromDivision: optional('44'),
      }),
      FundAllocated: fc.record({
        toDivision: some('4413', '440118'),
        amountFen: some('100', '200'),
        villages: optional(1043),
        headcount: optional(3),
        fiscalYear: some(2016),
        division: divisionId,
        regionTier: optional('t_aaaaaaaa'),
      }),
    });
    await holdsToTheFold(appropriations, occurrences, { runs: 12 });
  });
});
