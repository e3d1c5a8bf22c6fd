import fc from 'fast-check';
import { describe, it } from 'vitest';
import { proposals } from '../../projections/proposals.ts';
import { occurrencesOf } from '../support/arbitrary-history.ts';
import { holdsToTheFold } from '../support/holds-to-the-fold.ts';

const ids = ['pr_aaaaaaaa', 'pr_bbbbbbbb'];
const some = fc.constantFrom;

describe('proposals', () => {
  it('answers for any moment what the fold of the log says', async () => {
    const occurrences = occurrencesOf('proposal', ids, {
      ActProposed: fc.record({
        command: some('voidEvent', 'adoptStandard'),
        target: some('village-v_xiawei0001', 'standard-s_aaaaaaaa'),
        input: some('{}', '{"a":1}'),
        expiresOn: some('2020-01-01', '2021-01-01'),
      }),
      ProposalApproved: fc.record({}),
      ProposalRejected: fc.record({ reason: some('no', 'a slip') }),
      ProposalCarriedOut: fc.record({ eventIds: fc.subarray(['village-v_xiawei0001.1', 'village-v_xiawei0001.2']) }),
      ProposalFailed: fc.record({ code: some('E_NOT_FOUND'), message: some('gone') }),
    });
    await holdsToTheFold(proposals, occurrences, { runs: 10 });
  });
});
