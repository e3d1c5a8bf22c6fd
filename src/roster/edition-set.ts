/** The editions that are known, oldest first, and what comparing each with its neighbours says. */
import type { LocalDate } from '../es/event.ts';
import { type DivisionMatch, matchDivisions } from './match-divisions.ts';
import { matchVillages, type VillageMatch } from './match-villages.ts';
import type { Edge, Edges } from './partition.ts';
import type { PlaceIndex } from './place-index.ts';

/** A record of an edition, as far as it is numbered here. */
interface Unit {
  readonly at: number;
  readonly code: string;
  readonly key: string;
}

/** One kind of record (villages or divisions) through all editions: numbered, oldest edition first. */
export interface RecordSet {
  readonly editionOf: Uint8Array;
  /** Edges between neighbours by their editions, then those over a gap. */
  readonly edges: Edges;
  /** Number of an edition's record by its code; undefined where there is none. */
  numberOf(edition: number, code: string): number | undefined;
  /** Number of an edition's record by its place. */
  numberAt(edition: number, at: number): number;
  /** Place of a record in its edition. */
  placeOf(record: number): number;
}

export interface EditionSet {
  readonly editions: readonly PlaceIndex[];
  readonly villages: RecordSet;
  readonly divisions: RecordSet;
  /** Between each edition and the next. */
  readonly matches: readonly NeighbourMatch[];
}

export interface NeighbourMatch {
  readonly divisions: DivisionMatch;
  readonly villages: VillageMatch;
}

/** Comparisons that were made before, by the days of the two editions: they cost most of an import's thinking. */
export type MatchCache = Map<string, NeighbourMatch>;

/** Compares each edition with the next. `editions` ascend by day. Pure, but for what it leaves in `cache`. */
export function editionSet(editions: readonly PlaceIndex[], cache: MatchCache): EditionSet {
  const matches = editions.slice(1).map((later, at) => compare(editions[at] as PlaceIndex, later, cache));
  const villages = recordSet(
    editions.map((index) => ({ units: index.villages, byCode: index.villageByCode })),
    matches.map((match) => match.villages.pairs),
  );
  const divisions = recordSet(
    editions.map((index) => ({ units: index.divisionList, byCode: index.divisions })),
    matches.map((match, at) =>
      match.divisions.pairs.map(({ a, b, rule }) => ({
        a: editions[at]?.divisions.get(a)?.at as number,
        b: editions[at + 1]?.divisions.get(b)?.at as number,
        rule,
      })),
    ),
  );
  return { editions, matches, villages, divisions };
}

function compare(earlier: PlaceIndex, later: PlaceIndex, cache: MatchCache): NeighbourMatch {
  const key = `${earlier.on} ${later.on}`;
  const known = cache.get(key);
  if (known) return known;
  const divisions = matchDivisions(earlier, later);
  const match = { divisions, villages: matchVillages(earlier, later, divisions) };
  cache.set(key, match);
  return match;
}

interface EditionUnits {
  readonly units: readonly Unit[];
  readonly byCode: ReadonlyMap<string, Unit>;
}

function recordSet(editions: readonly EditionUnits[], pairs: readonly (readonly Edge[])[]): RecordSet {
  const firstOf: number[] = [];
  let total = 0;
  for (const { units } of editions) {
    firstOf.push(total);
    total += units.length;
  }
  const editionOf = new Uint8Array(total);
  for (const [edition, { units }] of editions.entries()) {
    const first = firstOf[edition] as number;
    editionOf.fill(edition, first, first + units.length);
  }
  const numberAt = (edition: number, at: number) => (firstOf[edition] as number) + at;
  const gaps = edgesOverGaps(editions, pairs, numberAt);
  return {
    editionOf,
    edges: (visit) => {
      for (const [edition, each] of pairs.entries()) {
        for (const { a, b, rule } of each) visit(numberAt(edition, a), numberAt(edition + 1, b), rule);
      }
      for (const { a, b, rule } of gaps) visit(a, b, rule);
    },
    numberAt,
    numberOf: (edition, code) => {
      const unit = editions[edition]?.byCode.get(code);
      return unit && numberAt(edition, unit.at);
    },
    placeOf: (record) => record - (firstOf[editionOf[record] as number] as number),
  };
}

/** From each record that nothing ties to the edition before, to the newest earlier one of its code and name. */
function edgesOverGaps(
  editions: readonly EditionUnits[],
  pairs: readonly (readonly Edge[])[],
  numberAt: (edition: number, at: number) => number,
): Edge[] {
  return editions.flatMap(({ units }, edition) => {
    if (edition < 2) return [];
    const tied = new Uint8Array(units.length);
    for (const { b } of pairs[edition - 1] ?? []) tied[b] = 1;
    return units.flatMap((unit): Edge[] => {
      if (tied[unit.at] === 1) return [];
      const back = editions
        .slice(0, edition - 1)
        .findLastIndex(({ byCode }) => byCode.get(unit.code)?.key === unit.key);
      const earlier = editions[back]?.byCode.get(unit.code);
      return earlier ? [{ a: numberAt(back, earlier.at), b: numberAt(edition, unit.at), rule: 'RELISTED' }] : [];
    });
  });
}

/** The number of the edition of a day; -1 where there is none. */
export const editionAt = (editions: readonly PlaceIndex[], on: LocalDate): number =>
  editions.findIndex((edition) => edition.on === on);
