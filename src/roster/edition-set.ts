/** The editions that are known, oldest first, and what comparing each with its neighbours says. */
import type { IdentityRule } from '../domain/scalars.ts';
import type { LocalDate } from '../es/event.ts';
import { type DivisionMatch, matchDivisions } from './match-divisions.ts';
import { matchVillages, type VillageMatch } from './match-villages.ts';
import type { Edge } from './partition.ts';
import type { PlaceIndex } from './place-index.ts';

/** One kind of record (villages or divisions) through all editions: numbered, oldest edition first. */
export interface RecordSet {
  readonly editionOf: Uint8Array;
  /** By edition: the number of its first record. */
  readonly firstOf: readonly number[];
  /** By edition: numbers by code. */
  readonly byCode: readonly ReadonlyMap<string, number>[];
  readonly edges: readonly Edge[];
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
  const villageCodes = editions.map(({ villages }) => villages.map(({ code }) => code));
  const divisionCodes = editions.map(({ divisions }) => [...divisions.keys()]);
  const nameOfVillage = (edition: number, code: string) => editions[edition]?.villageByCode.get(code)?.key;
  const nameOfDivision = (edition: number, code: string) => editions[edition]?.divisions.get(code)?.key;
  return {
    editions,
    matches,
    villages: recordSet(
      villageCodes,
      matches.map(({ villages }, at) =>
        villages.pairs.map(({ a, b, rule }) => ({
          a: villageCodes[at]?.[a] as string,
          b: villageCodes[at + 1]?.[b] as string,
          rule,
        })),
      ),
      nameOfVillage,
    ),
    divisions: recordSet(
      divisionCodes,
      matches.map(({ divisions }) => divisions.pairs),
      nameOfDivision,
    ),
  };
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

interface CodePair {
  readonly a: string;
  readonly b: string;
  readonly rule: IdentityRule;
}

function recordSet(
  codes: readonly (readonly string[])[],
  pairs: readonly (readonly CodePair[])[],
  nameOf: (edition: number, code: string) => string | undefined,
): RecordSet {
  const firstOf: number[] = [];
  let total = 0;
  for (const each of codes) {
    firstOf.push(total);
    total += each.length;
  }
  const editionOf = new Uint8Array(total);
  codes.forEach((each, edition) => {
    editionOf.fill(edition, firstOf[edition], (firstOf[edition] as number) + each.length);
  });
  const byCode = codes.map(
    (each, edition) => new Map(each.map((code, at) => [code, (firstOf[edition] as number) + at])),
  );
  const number = (edition: number, code: string) => byCode[edition]?.get(code) as number;
  const tied = new Set<number>();
  const edges: Edge[] = [];
  pairs.forEach((each, edition) => {
    for (const { a, b, rule } of each) {
      edges.push({ a: number(edition, a), b: number(edition + 1, b), rule });
      tied.add(number(edition + 1, b));
    }
  });
  codes.forEach((each, edition) => {
    for (const code of each) {
      const record = number(edition, code);
      if (edition < 2 || tied.has(record)) continue;
      const back = lastBefore(edition - 2, code, nameOf(edition, code), byCode, nameOf);
      if (back !== undefined) edges.push({ a: back, b: record, rule: 'RELISTED' });
    }
  });
  return { editionOf, firstOf, byCode, edges };
}

/** The newest record of the code and name, from the given edition backwards. */
function lastBefore(
  newest: number,
  code: string,
  name: string | undefined,
  byCode: readonly ReadonlyMap<string, number>[],
  nameOf: (edition: number, code: string) => string | undefined,
): number | undefined {
  for (let edition = newest; edition >= 0; edition -= 1) {
    if (nameOf(edition, code) === name) return byCode[edition]?.get(code);
  }
  return undefined;
}

/** The number of the edition of a day; -1 where there is none. */
export const editionAt = (editions: readonly PlaceIndex[], on: LocalDate): number =>
  editions.findIndex((edition) => edition.on === on);
