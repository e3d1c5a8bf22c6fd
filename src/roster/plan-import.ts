/** What an import must command, from what the log held when it began and the rows of all editions. Pure: planned again after
 *  a crash, it is the same plan. */
import type { IdentityRule } from '../domain/scalars.ts';
import type { AnyAggregate } from '../es/aggregate.ts';
import type { LocalDate } from '../es/event.ts';
import { anchorsOf } from './anchors.ts';
import { assignIds, type Ids } from './assign-ids.ts';
import { clerkStatements } from './clerk-statements.ts';
import { type EditionSet, editionSet, type MatchCache } from './edition-set.ts';
import { type Edge, type Partition, partition } from './partition.ts';
import type { PlaceIndex } from './place-index.ts';
import { planDivisions } from './plan-divisions.ts';
import { planReviews } from './plan-reviews.ts';
import { planVillages } from './plan-villages.ts';
import type { RosterLog } from './roster-log.ts';
import type { Timelines } from './timelines.ts';

/** A command without what all commands of an import share. */
export interface PlannedCommand {
  readonly aggregate: AnyAggregate;
  readonly name: string;
  readonly stream: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly effectiveOn: LocalDate;
}

export interface ImportPlan {
  /** In order within each stream; divisions before villages before reviews. */
  readonly commands: readonly PlannedCommand[];
  /** How many of the edition's villages each rule recognised, and how many are missing. */
  readonly recognised: ReadonlyMap<IdentityRule, number>;
  /** Cases raised for a clerk. */
  readonly reviews: number;
  /** What the decisions on links look up. */
  readonly timelines: Timelines;
}

/** All that the parts of a plan rest on. */
export interface Identities {
  readonly set: EditionSet;
  readonly log: RosterLog;
  /** Number of the arriving edition. */
  readonly arriving: number;
  readonly divisions: Partition & Ids;
  readonly villages: Partition & Ids;
}

/** Plans the import of `arriving`. `log` holds the editions before it, and ends where the import began. */
export function planImport(
  log: RosterLog,
  known: readonly PlaceIndex[],
  arriving: PlaceIndex,
  cache: MatchCache,
): ImportPlan {
  const editions = [...known, arriving].sort((a, b) => (a.on < b.on ? -1 : 1));
  const set = editionSet(editions, cache);
  const identities = { set, log, arriving: editions.indexOf(arriving), ...identify(set, log) };
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

function identify(set: EditionSet, log: RosterLog): Pick<Identities, 'divisions' | 'villages'> {
  const days = set.editions.map(({ on }) => on);
  const divisionAnchors = anchorsOf(log.divisions, 'DivisionListed', set.divisions, set.editions);
  const divisions = partition(set.divisions.editionOf, set.divisions.edges(), []);
  const villageAnchors = anchorsOf(log.villages, 'VillageListed', set.villages, set.editions);
  const anchors = new Map(villageAnchors.map(({ id, record }) => [id, record]));
  const { together, apart } = clerkStatements(log, anchors, set.villages, days);
  const villages = partition(set.villages.editionOf, concat(together, set.villages.edges()), apart);
  const named = (kind: 'villages' | 'divisionList') => (record: number) => {
    const records = kind === 'villages' ? set.villages : set.divisions;
    const index = set.editions[records.editionOf[record] as number] as PlaceIndex;
    return [index.on, index[kind][records.placeOf(record)]?.code as string] as const;
  };
  return {
    divisions: { ...divisions, ...assignIds('d_', divisions, divisionAnchors, named('divisionList')) },
    villages: { ...villages, ...assignIds('v_', villages, villageAnchors, named('villages')) },
  };
}

function* concat(first: Iterable<Edge>, second: Iterable<Edge>): Iterable<Edge> {
  yield* first;
  yield* second;
}
