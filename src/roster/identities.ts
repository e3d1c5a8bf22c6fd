/** Which records are one thing, and which id it bears: what all parts of a plan rest on. */
import { anchorsOf } from './anchors.ts';
import { assignIds, type Ids } from './assign-ids.ts';
import { clerkStatements } from './clerk-statements.ts';
import { type EditionSet, editionSet, type MatchCache } from './edition-set.ts';
import { type Edges, type Partition, partition } from './partition.ts';
import type { PlaceIndex } from './place-index.ts';
import type { RosterLog } from './roster-log.ts';

export interface Identities {
  readonly set: EditionSet;
  readonly log: RosterLog;
  /** Number of the arriving edition. */
  readonly arriving: number;
  readonly divisions: Partition & Ids;
  readonly villages: Partition & Ids;
}

/** Compares the editions and gives each thing its id. `log` holds the editions before `arriving`. Pure, but for `cache`. */
export function identitiesOf(
  log: RosterLog,
  known: readonly PlaceIndex[],
  arriving: PlaceIndex,
  cache: MatchCache,
): Identities {
  const editions = [...known, arriving].sort((a, b) => (a.on < b.on ? -1 : 1));
  const set = editionSet(editions, cache);
  return { set, log, arriving: editions.indexOf(arriving), ...identify(set, log) };
}

function identify(set: EditionSet, log: RosterLog): Pick<Identities, 'divisions' | 'villages'> {
  const days = set.editions.map(({ on }) => on);
  const divisionAnchors = anchorsOf(log.divisions, 'DivisionListed', set.divisions, set.editions);
  const divisions = partition(set.divisions.editionOf, set.divisions.edges, []);
  const villageAnchors = anchorsOf(log.villages, 'VillageListed', set.villages, set.editions);
  const anchors = new Map(villageAnchors.map(({ id, record }) => [id, record]));
  const { together, apart } = clerkStatements(log, anchors, set.villages, days);
  const villageEdges: Edges = (visit) => {
    for (const { a, b, rule } of together) visit(a, b, rule);
    set.villages.edges(visit);
  };
  const villages = partition(set.villages.editionOf, villageEdges, apart);
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
