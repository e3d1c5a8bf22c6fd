import fc from 'fast-check';
import { describe, it } from 'vitest';
import { retiredCadres } from '../../projections/retired-cadres.ts';
import { occurrencesOf } from '../support/arbitrary-history.ts';
import { holdsToTheFold } from '../support/holds-to-the-fold.ts';
import { some, villageId } from '../support/village-occurrences.ts';

const tier = fc.record({ minYears: some(0, 20), amountFen: some('15000', '30000'), per: some('PERSON_MONTH') });
const from = some('2021-05', '2021-06');

describe('retiredCadres', () => {
  it('answers for any moment what the fold of the log says', async () => {
    const occurrences = occurrencesOf('retired', ['rc_aaaaaaaa', 'rc_bbbbbbbb'], {
      RetiredCadreRecordCollected: fc.record({
        village: villageId,
        personRef: some('p_a'),
        leftOn: some('2011-05-31'),
      }),
      RetiredServiceVerified: fc.record({ countedMonths: some(120, 269) }),
      RetiredNoticePosted: fc.constant({}),
      RetirementAllowanceApproved: fc.record({ tier, from }),
      RetirementAllowanceRefused: fc.record({ ground: some('NOT_PROVEN') }),
      RetirementAllowanceSuspended: fc.record({ cause: some('NOT_CONFIRMED'), from }),
      RetirementAllowanceResumed: fc.record({ from }),
      RetirementAllowanceCeased: fc.record({ cause: some('DEATH'), from }),
      RetirementAllowanceRecomputed: fc.record({ newTier: tier, from }),
    });
    await holdsToTheFold(retiredCadres, occurrences, { runs: 8 });
  });
});
