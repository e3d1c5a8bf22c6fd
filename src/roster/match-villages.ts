/** Which village of one edition is which of another: the rules of docs/identity.md, in their order. */
import type { IdentityRule } from '../domain/scalars.ts';
import type { DivisionMatch } from './match-divisions.ts';
import { isSpelledOut } from './name-key.ts';
import { type OpenCase, openCases } from './open-cases.ts';
import { type PlaceIndex, placeOf, type VillageUnit, type Within } from './place-index.ts';

export interface VillagePair {
  /** Places in the two editions' `villages`. */
  readonly a: number;
  readonly b: number;
  readonly rule: IdentityRule;
}

export interface VillageMatch {
  readonly pairs: readonly VillagePair[];
  /** Cases for a clerk. */
  readonly open: readonly OpenCase[];
}

/** Compares two editions, the earlier one first. Pure: the same two editions give the same answer. */
export function matchVillages(a: PlaceIndex, b: PlaceIndex, divisions: DivisionMatch): VillageMatch {
  const match = new VillageMatching(a, b, divisions);
  match.bySameCode((one, other) => match.isAtHome(one, other) && one.key === other.key, 'SAME_CODE_SAME_NAME');
  match.byName('township', true, 'SAME_TOWNSHIP_OTHER_CODE');
  match.bySameCode((one, other) => one.key === other.key, 'SAME_CODE_SAME_NAME');
  match.bySameCode((one, other) => isSpelledOut(one.shortName, other.shortName), 'SAME_CODE_SAME_NAME');
  match.bySameCode((one, other) => match.isAtHome(one, other), 'SAME_CODE_OTHER_NAME');
  match.byName('county', true, 'SAME_COUNTY_SAME_NAME');
  match.byName('township', false, 'KIND_CHANGED');
  match.byName('prefecture', true, 'OTHER_COUNTY');
  return { pairs: match.pairs, open: openCases(match) };
}

/** The state of a comparison: what is paired so far, and what was found to be undecidable. */
class VillageMatching {
  readonly pairs: VillagePair[] = [];
  /** Groups of records that share all that a rule asks for, but are not one against one. */
  readonly several: { readonly ones: readonly VillageUnit[]; readonly others: readonly VillageUnit[] }[] = [];
  private readonly toB: Int32Array;
  private readonly toA: Int32Array;

  constructor(
    readonly a: PlaceIndex,
    readonly b: PlaceIndex,
    readonly divisions: DivisionMatch,
  ) {
    this.toB = new Int32Array(a.villages.length).fill(-1);
    this.toA = new Int32Array(b.villages.length).fill(-1);
  }

  isAtHome(one: VillageUnit, other: VillageUnit): boolean {
    return this.divisions.toB.get(one.township) === other.township;
  }

  bySameCode(holds: (one: VillageUnit, other: VillageUnit) => boolean, rule: IdentityRule): void {
    for (const one of this.openA()) {
      const other = this.b.villageByCode.get(one.code);
      if (other && this.toA[other.at] === -1 && holds(one, other)) this.pair(one, other, rule);
    }
  }

  /** Pairs what alone has its base name (and kind) within a place, on both sides. */
  byName(within: Within, sameKind: boolean, rule: IdentityRule): void {
    const key = (unit: VillageUnit, place: string) => `${place}|${sameKind ? unit.kind : ''}|${unit.key}`;
    const others = new Map<string, VillageUnit[]>();
    for (const unit of this.openB()) push(others, key(unit, placeOf(unit, within)), unit);
    const groups = new Map<string, VillageUnit[]>();
    for (const unit of this.openA()) {
      const place = this.divisions.toB.get(placeOf(unit, within));
      if (place !== undefined) push(groups, key(unit, place), unit);
    }
    for (const [name, ones] of groups) {
      const candidates = others.get(name);
      if (!candidates) continue;
      const [one, other] = [ones[0] as VillageUnit, candidates[0] as VillageUnit];
      if (ones.length === 1 && candidates.length === 1) this.pair(one, other, rule);
      else this.several.push({ ones, others: candidates });
    }
  }

  openA(): VillageUnit[] {
    return this.a.villages.filter(({ at }) => this.toB[at] === -1);
  }

  openB(): VillageUnit[] {
    return this.b.villages.filter(({ at }) => this.toA[at] === -1);
  }

  private pair(one: VillageUnit, other: VillageUnit, rule: IdentityRule): void {
    this.toB[one.at] = other.at;
    this.toA[other.at] = one.at;
    this.pairs.push({ a: one.at, b: other.at, rule });
  }
}

function push(groups: Map<string, VillageUnit[]>, key: string, unit: VillageUnit): void {
  const group = groups.get(key);
  if (group) group.push(unit);
  else groups.set(key, [unit]);
}
