import fc from 'fast-check';
import { describe, it } from 'vitest';
import { villageMatters } from '../../projections/village-matters.ts';
import { streamOf } from '../../src/es/event.ts';
import { occurrencesOf } from '../support/arbitrary-history.ts';
import { holdsToTheFold } from '../support/holds-to-the-fold.ts';
import { some, villageEvents, villageId, villageIds } from '../support/village-occurrences.ts';

const matterIds = ['m_aaaaaaaa', 'm_bbbbbbbb', 'm_cccccccc'];
const village = villageId;

/** A matter's events stand in its own stream and name the village that they tell. */
const matterOccurrences = occurrencesOf('matter', matterIds, {
  MatterRaised: fc.record({ village }),
  MatterResolved: fc.record({ village, outcome: some('ADOPTED', 'REJECTED', 'DEFERRED') }),
  ResolutionPublished: fc.record({ village }),
  ResolutionImplemented: fc.record({ village }),
  ResolutionBlocked: fc.record({ village }),
  MatterReferredToTownship: fc.record({ village }),
}).map(({ type, subjects, data }) => ({
  type,
  data,
  subjects: [...subjects, streamOf('village', (data as { village: string }).village)],
}));

describe('villageMatters', () => {
  it('answers for any moment what the fold of the log says', async () => {
    const occurrences = fc.oneof(
      { weight: 2, arbitrary: matterOccurrences },
      { weight: 1, arbitrary: occurrencesOf('village', villageIds, villageEvents) },
    );
    await holdsToTheFold(villageMatters, occurrences, { runs: 10 });
  });
});
