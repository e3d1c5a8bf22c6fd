import fc from 'fast-check';
import { describe, it } from 'vitest';
import { regionTiers } from '../../projections/region-tiers.ts';
import { standards } from '../../projections/standards.ts';
import { occurrencesOf } from '../support/arbitrary-history.ts';
import { holdsToTheFold } from '../support/holds-to-the-fold.ts';
import { divisionId, some } from '../support/village-occurrences.ts';

const standardIds = ['s_aaaaaaaa', 's_bbbbbbbb'];
const tierIds = ['t_aaaaaaaa', 't_bbbbbbbb'];
const included = fc.array(divisionId, { minLength: 1, maxLength: 2 });
const terms = { method: fc.constant('FIXED'), per: fc.constant('PERSON_MONTH'), amountFen: some('30000', '60000') };
const pinned = { include: fc.constant(['4413']), included, excluded: fc.constant([]) };

describe('money', () => {
  it('answers for any moment what the fold of the log says: standards', async () => {
    const adopted = { kind: some('ALLOWANCE'), beneficiary: some('COMMITTEE_MEMBER'), level: some('PREFECTURE') };
    const occurrences = occurrencesOf('standard', standardIds, {
      SubsidyStandardAdopted: fc.record({
        ...adopted,
        ...terms,
        included,
        excluded: fc.constant([]),
        supersedes: fc.option(some(...standardIds), { nil: undefined }),
      }),
      SubsidyStandardSuperseded: fc.record({ by: fc.option(some(...standardIds), { nil: undefined }) }),
      SubsidyStandardCorrected: fc.record({ ...terms, reason: some('x') }),
    });
    await holdsToTheFold(standards, occurrences, { runs: 10 });
  });

  it('answers for any moment what the fold of the log says: region tiers', async () => {
    const occurrences = occurrencesOf('tier', tierIds, {
      RegionTierDefined: fc.record({ name: some('甲', '乙'), ...pinned }),
      RegionTierChanged: fc.record(pinned),
      RegionTierEnded: fc.constant({}),
    });
    await holdsToTheFold(regionTiers, occurrences, { runs: 10 });
  });
});
