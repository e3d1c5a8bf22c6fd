import fc from 'fast-check';
import { describe, it } from 'vitest';
import { villageRetired } from '../../projections/village-retired.ts';
import { occurrencesOf } from '../support/arbitrary-history.ts';
import { holdsToTheFold } from '../support/holds-to-the-fold.ts';
import { some, villageEvents, villageId, villageIds } from '../support/village-occurrences.ts';

const village = villageId;
const tier = fc.record({
  minYears: some(0, 10, 20),
  amountFen: some('100000', '15000', '30000'),
  per: some('PERSON_ONCE', 'PERSON_MONTH'),
});
const stopped = fc.record({ village, cause: some('DEATH', 'FRAUD'), from: some('2021-05') });

/** Village streams stand for records here: what a row keeps goes by the stream's id, whatever that is. */
const retiredEvents = {
  RetiredCadreRecordCollected: fc.record({ village, leftOn: some('2011-05-31') }),
  RetiredServiceVerified: fc.record({ village, countedMonths: some(269) }),
  RetiredNoticePosted: fc.record({ village }),
  RetirementAllowanceApproved: fc.record({ village, tier, from: some('2016-01') }),
  RetirementAllowanceRefused: fc.record({ village, ground: some('NOT_PROVEN') }),
  RetirementAllowanceSuspended: stopped,
  RetirementAllowanceResumed: fc.record({ village, from: some('2021-06') }),
  RetirementAllowanceCeased: stopped,
  RetirementAllowanceRecomputed: fc.record({ village, oldTier: tier, newTier: tier, from: some('2021-06') }),
};

describe('villageRetired', () => {
  it('answers for any moment what the fold of the log says', async () => {
    const occurrences = occurrencesOf('village', villageIds, { ...villageEvents, ...retiredEvents });
    await holdsToTheFold(villageRetired, occurrences, { runs: 12 });
  });
});
