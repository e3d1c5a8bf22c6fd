import fc from 'fast-check';
import { describe, it } from 'vitest';
import { villageAppraisals } from '../../projections/village-appraisals.ts';
import { occurrencesOf } from '../support/arbitrary-history.ts';
import { person } from '../support/committees-at-work.ts';
import { holdsToTheFold } from '../support/holds-to-the-fold.ts';
import { some, villageEvents, villageId, villageIds } from '../support/village-occurrences.ts';

const village = villageId;
const personRef = some(person(1), person(2));
const grade = some('COMPETENT', 'INCOMPETENT', 'EXCELLENT');
const result = fc.record({ personRef, competent: some(1), basicallyCompetent: some(0), incompetent: some(0), grade });

const events = {
  DemocraticAppraisalHeld: fc.record({
    village,
    year: some(2019, 2020),
    chairRef: some(person(11)),
    assembly: some('ADULTS'),
    eligible: some(60),
    attended: some(50),
    results: fc.array(result, { minLength: 1, maxLength: 2 }),
  }),
  AccountabilityAuditPublished: fc.record({
    village,
    kind: some('MID_TERM', 'END_OF_OFFICE'),
    termNumber: some(7, 8),
    from: some('2018-02-28'),
    to: some('2018-10-31'),
    items: some(['CLAIMS_AND_DEBTS']),
    flags: some(['AFTER_NEXT_ELECTION'], []),
  }),
  MemberResigned: fc.record({ village, personRef }),
};

describe('villageAppraisals', () => {
  it('answers for any moment what the fold of the log says', async () => {
    await holdsToTheFold(villageAppraisals, occurrencesOf('village', villageIds, { ...villageEvents, ...events }), {
      runs: 15,
    });
  });
});
