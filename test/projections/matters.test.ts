import fc from 'fast-check';
import { describe, it } from 'vitest';
import { matters } from '../../projections/matters.ts';
import { occurrencesOf } from '../support/arbitrary-history.ts';
import { holdsToTheFold } from '../support/holds-to-the-fold.ts';
import { some, villageId } from '../support/village-occurrences.ts';

const matterIds = ['m_aaaaaaaa', 'm_bbbbbbbb', 'm_cccccccc'];
const village = villageId;
const noticeOn = some('2017-08-10', '2018-10-20');
const count = some(2, 30);

const matterEvents = {
  MatterRaised: fc.record({
    village,
    title: some('商铺招租', '道路硬化'),
    category: some('PUBLIC_AFFAIR', 'DISPUTE'),
    raisedBy: some('COMMITTEE', 'RESIDENT'),
    important: fc.boolean(),
    partyStudyOn: fc.option(noticeOn, { nil: undefined }),
  }),
  DeliberationConvened: fc.record({ village, form: some('REPRESENTATIVE_ASSEMBLY', 'COUNCIL'), noticeOn }),
  DeliberationHeld: fc.record({ village, eligible: count, attended: count }),
  MatterResolved: fc.record({
    village,
    outcome: some('ADOPTED', 'REJECTED', 'DEFERRED'),
    inFavour: count,
    against: count,
    abstained: count,
  }),
  ResolutionPublished: fc.record({ village }),
  ResolutionImplemented: fc.record({ village }),
  ResolutionBlocked: fc.record({ village }),
  MatterReferredToTownship: fc.record({ village }),
};

describe('matters', () => {
  it('answers for any moment what the fold of the log says', async () => {
    await holdsToTheFold(matters, occurrencesOf('matter', matterIds, matterEvents), { runs: 10 });
  });
});
