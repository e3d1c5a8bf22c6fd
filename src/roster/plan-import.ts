/** What an import must command, from what the log held when it began and the rows of all editions. Pure: planned again after
 *  a crash, it is the same plan. */
import type { MatchCache } from './edition-set.ts';
import { identitiesOf } from './identities.ts';
import type { ImportPlan } from './import-plan.ts';
import type { PlaceIndex } from './place-index.ts';
import { planDivisions } from './plan-divisions.ts';
import { planReviews } from './plan-reviews.ts';
import { planVillages } from './plan-villages.ts';
import type { RosterLog } from './roster-log.ts';

/** Plans the import of `arriving`. `log` holds the editions before it, and ends where the import began. */
export function planImport(
  log: RosterLog,
  known: readonly PlaceIndex[],
  arriving: PlaceIndex,
  cache: MatchCache,
): ImportPlan {
  const identities = identitiesOf(log, known, arriving, cache);
  const divisions = planDivisions(identities);
  const villages = planVillages(identities);
  const reviews = planReviews(identities, villages.contradictions);
  return {
    commands: [...divisions, ...villages.commands, ...reviews],
    recognised: villages.recognised,
    reviews: reviews.filter(({ name }) => name === 'raiseIdentityReview').length,
    timelines: villages.timelines,
  };
}
