import fc from 'fast-check';
import { describe, it } from 'vitest';
import { fundYears } from '../../projections/fund-years.ts';
import { occurrencesOf } from '../support/arbitrary-history.ts';
import { holdsToTheFold } from '../support/holds-to-the-fold.ts';
import { county, divisionId, some } from '../support/village-occurrences.ts';

const village = some('v_aaaaaaaa');
const fiscalYear = some(2018);
const reviewers = fc.constant(['SECRETARY']);

describe('fundYears', () => {
  it('answers for any moment what the fold of the log says', async () => {
    const occurrences = occurrencesOf('fundyear', ['v_aaaaaaaa-2018', 'v_bbbbbbbb-2018'], {
      VillageFundTransferred: fc.record({
        village,
        fiscalYear,
        kind: some('OFFICE_FUND', 'PARTY_SERVICE_FUND'),
        amountFen: some('5000000', '6000000'),
        fromLevel: some('COUNTY'),
        township: divisionId,
        county,
        prefecture: divisionId,
      }),
      OfficeFundUseReviewed: fc.record({
        village,
        fiscalYear,
        reviewers,
        usedFen: fc.option(some('4000000'), { nil: undefined }),
        postedOn: fc.option(some('2019-01-31'), { nil: undefined }),
        flags: fc.option(fc.constant(['NOT_JOINT']), { nil: undefined }),
      }),
    });
    await holdsToTheFold(fundYears, occurrences, { runs: 12 });
  });
});
