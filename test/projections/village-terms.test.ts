import fc from 'fast-check';
import { describe, it } from 'vitest';
import { villageTerms } from '../../projections/village-terms.ts';
import { occurrencesOf } from '../support/arbitrary-history.ts';
import { person, supervisor } from '../support/committees-at-work.ts';
import { holdsToTheFold } from '../support/holds-to-the-fold.ts';
import { some, villageEvents, villageId, villageIds } from '../support/village-occurrences.ts';

const village = villageId;
const personRef = some(person(1), person(2), person(3));
const termNumber = some(7, 8);
const day = some('2018-10-31', '2020-06-30', '2097-01-01');
const votes = { registered: some(1_000), votesCast: some(600, 900), invalid: some(0), proxyVotes: some(0) };
const result = fc.record({
  personRef,
  post: some('CHAIR', 'MEMBER'),
  votes: some(500),
  elected: fc.boolean(),
  woman: fc.boolean(),
  isNonHukou: fc.boolean(),
  otherPosts: some(['PARTY_SECRETARY'], []),
});
const ballot = { ...votes, results: fc.array(result, { minLength: 1, maxLength: 3 }), kin: some([]), flags: some([]) };
const moved = fc.record({ village, termNumber, oldEndsOn: day, newEndsOn: day });

const events = {
  CommitteeSeatsApproved: fc.record({ village, viceChairs: some(0, 1), members: some(2) }),
  CommitteeElected: fc.record({ village, termNumber, ballotRound: some(1, 2), ...ballot }),
  TermStarted: fc.record({ village, termNumber, plannedEndsOn: day }),
  TermRanOut: fc.record({ village, termNumber, endsOn: day }),
  TermExtended: moved,
  TermShortened: moved,
  HandoverCompleted: fc.record({ village, items: some(['公章']), flags: some(['LATE_HANDOVER'], []) }),
  MemberResigned: fc.record({ village, personRef }),
  MemberByElected: fc.record({ village, termNumber, ...ballot }),
  NonHukouPilotDesignated: fc.record({ village, year: some(2020) }),
  SupervisionCommitteeFormed: fc.record({
    village,
    members: some([supervisor(11), supervisor(12)]),
    headRef: some(person(11)),
    kin: some([]),
    flags: some([]),
  }),
  SupervisionMemberReplaced: fc.record({
    village,
    leftRef: some(person(12)),
    joined: some(supervisor(13)),
    headRef: some(person(11)),
    kin: some([]),
    flags: some(['NO_FINANCE_KNOWLEDGE']),
  }),
};

describe('villageTerms', () => {
  it('answers for any moment what the fold of the log says', async () => {
    await holdsToTheFold(villageTerms, occurrencesOf('village', villageIds, { ...villageEvents, ...events }), {
      runs: 15,
    });
  });
});
