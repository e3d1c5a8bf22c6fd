/** What a comparison of two editions leaves to a clerk: records that something speaks for, and no rule decides. */
import type { DivisionMatch } from './match-divisions.ts';
import { type PlaceIndex, placeOf, type VillageUnit } from './place-index.ts';

export interface OpenCase {
  readonly reason: 'SEVERAL_CANDIDATES' | 'SIMILAR_NAME' | 'RULES_DISAGREE';
  /** Places in the earlier edition's `villages`, ascending; at least one. */
  readonly a: readonly number[];
  /** Places in the later edition's `villages`, ascending; at least one. */
  readonly b: readonly number[];
}

/** A finished comparison, as far as it is looked at here. */
interface Comparison {
  readonly a: PlaceIndex;
  readonly b: PlaceIndex;
  readonly divisions: DivisionMatch;
  readonly pairs: readonly { readonly a: number; readonly b: number; readonly rule: string }[];
  readonly several: readonly { readonly ones: readonly VillageUnit[]; readonly others: readonly VillageUnit[] }[];
  openA(): readonly VillageUnit[];
  openB(): readonly VillageUnit[];
}

/** All open cases of a finished comparison, in the order of the earlier records. */
export function openCases(match: Comparison): OpenCase[] {
  const gone = match.openA();
  const come = match.openB();
  return [
    ...severalCandidates(match, gone, come),
    ...similarNames(match, gone, come),
    ...disagreements(match, gone, come),
  ];
}

function severalCandidates(
  { several }: Comparison,
  gone: readonly VillageUnit[],
  come: readonly VillageUnit[],
): OpenCase[] {
  const cases = new Map<string, OpenCase>();
  for (const { ones, others } of several) {
    const a = ones.filter((unit) => gone.includes(unit)).map(({ at }) => at);
    const b = others.filter((unit) => come.includes(unit)).map(({ at }) => at);
    if (a.length > 0 && b.length > 0) cases.set(`${a}|${b}`, { reason: 'SEVERAL_CANDIDATES', a, b });
  }
  return [...cases.values()];
}

/** One character apart, in one township or in one that is new in the county: 带村 and 戴村. */
function similarNames(match: Comparison, gone: readonly VillageUnit[], come: readonly VillageUnit[]): OpenCase[] {
  const { divisions } = match;
  return gone.flatMap((one) => {
    const b = come.filter((other) => isNear(one, other, divisions) && isOneApart(one, other)).map(({ at }) => at);
    return b.length > 0 ? [{ reason: 'SIMILAR_NAME' as const, a: [one.at], b }] : [];
  });
}

function isNear(one: VillageUnit, other: VillageUnit, { toA, toB }: DivisionMatch): boolean {
  if (one.kind !== other.kind) return false;
  if (toB.get(one.township) === other.township) return true;
  return !toA.has(other.township) && toB.get(placeOf(one, 'county')) === placeOf(other, 'county');
}

function isOneApart(one: VillageUnit, other: VillageUnit): boolean {
  const a = [...one.shortName];
  const b = [...other.shortName];
  return a.length === b.length && a.length > 1 && a.filter((character, at) => character !== b[at]).length === 1;
}

/** A rename, while the old or the new name stands unpaired elsewhere in the county: the code says one thing, the name another. */
function disagreements(match: Comparison, gone: readonly VillageUnit[], come: readonly VillageUnit[]): OpenCase[] {
  const { a, b, divisions } = match;
  const county = (unit: VillageUnit) => divisions.toB.get(placeOf(unit, 'county'));
  return match.pairs.flatMap((pair) => {
    if (pair.rule !== 'SAME_CODE_OTHER_NAME') return [];
    const one = a.villages[pair.a] as VillageUnit;
    const other = b.villages[pair.b] as VillageUnit;
    const isNamed = (unit: VillageUnit, name: VillageUnit) => unit.kind === name.kind && unit.key === name.key;
    const elsewhere = come.filter((unit) => isNamed(unit, one) && placeOf(unit, 'county') === county(one));
    const before = gone.filter((unit) => isNamed(unit, other) && county(unit) === placeOf(other, 'county'));
    if (elsewhere.length + before.length === 0) return [];
    const places = (first: number, rest: readonly VillageUnit[]) =>
      [first, ...rest.map(({ at }) => at)].sort((x, y) => x - y);
    return [{ reason: 'RULES_DISAGREE' as const, a: places(pair.a, before), b: places(pair.b, elsewhere) }];
  });
}
