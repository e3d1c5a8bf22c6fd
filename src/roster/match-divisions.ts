/** Which division of one edition is which of another. Names first; where they are not enough, the villages are the evidence. */
import type { IdentityRule } from '../domain/scalars.ts';
import type { DivisionUnit, PlaceIndex } from './place-index.ts';

export interface DivisionPair {
  readonly a: string;
  readonly b: string;
  readonly rule: IdentityRule;
}

export interface DivisionMatch {
  readonly pairs: readonly DivisionPair[];
  /** Codes of the one edition by codes of the other. */
  readonly toB: ReadonlyMap<string, string>;
  readonly toA: ReadonlyMap<string, string>;
}

/** Compares two editions' divisions, from the province downwards. Pure; the order of the editions does not matter to the pairs. */
export function matchDivisions(a: PlaceIndex, b: PlaceIndex): DivisionMatch {
  const match = new Matching(a, b);
  for (const level of ['PROVINCE', 'PREFECTURE', 'COUNTY', 'TOWNSHIP'] as const) {
    match.bySameCode(level, (one, other) => one.key === other.key, 'SAME_CODE_SAME_NAME');
    match.byKey(level, (unit, parent) => `${parent}|${unit.key}`, 'SAME_PARENT_OTHER_CODE');
    match.bySameCode(level, (one, other) => match.isUncontradicted(one, other), 'SAME_CODE_OTHER_NAME');
    match.byKey(level, (unit) => `${unit.code.slice(0, 4)}|${unit.key}`, 'OTHER_COUNTY', true);
    match.byVillages(level);
  }
  return match;
}

class Matching implements DivisionMatch {
  readonly pairs: DivisionPair[] = [];
  readonly toB = new Map<string, string>();
  readonly toA = new Map<string, string>();
  private readonly namesA: ReadonlyMap<string, ReadonlySet<string>>;
  private readonly namesB: ReadonlyMap<string, ReadonlySet<string>>;

  constructor(
    private readonly a: PlaceIndex,
    private readonly b: PlaceIndex,
  ) {
    this.namesA = villageNames(a);
    this.namesB = villageNames(b);
  }

  bySameCode(
    level: DivisionUnit['level'],
    holds: (a: DivisionUnit, b: DivisionUnit) => boolean,
    rule: IdentityRule,
  ): void {
    for (const one of this.openA(level)) {
      const other = this.b.divisions.get(one.code);
      if (!other || this.toA.has(other.code) || other.level !== level) continue;
      if (this.parentInB(one) === other.parent && holds(one, other)) this.pair(one, other, rule);
    }
  }

  /** Pairs what alone has its key on both sides. `needsVillage`: and shares a village. */
  byKey(
    level: DivisionUnit['level'],
    keyOf: (unit: DivisionUnit, parent: string | null) => string,
    rule: IdentityRule,
    needsVillage = false,
  ): void {
    const others = groupBy(this.openB(level), (unit) => keyOf(unit, unit.parent));
    for (const [key, ones] of groupBy(this.openA(level), (unit) => keyOf(unit, this.parentInB(unit)))) {
      const candidates = others.get(key) ?? [];
      if (ones.length !== 1 || candidates.length !== 1) continue;
      const [one, other] = [ones[0] as DivisionUnit, candidates[0] as DivisionUnit];
      if (!needsVillage || this.shared(one, other) > 0) this.pair(one, other, rule);
    }
  }

  /** Whether no other open division of the prefecture shares more villages with either of the two. */
  isUncontradicted(one: DivisionUnit, other: DivisionUnit): boolean {
    const shared = this.shared(one, other);
    const near = (unit: DivisionUnit) => unit.code.slice(0, 4) === one.code.slice(0, 4);
    return (
      this.openB(one.level).every((rival) => !near(rival) || this.shared(one, rival) <= shared) &&
      this.openA(one.level).every((rival) => !near(rival) || this.shared(rival, other) <= shared)
    );
  }

  /** Another name and another code, but more than half of the villages of either side in the other, and in no third. */
  byVillages(level: DivisionUnit['level']): void {
    const ones = this.openA(level);
    const others = this.openB(level);
    for (const one of ones) {
      const alike = others.filter((other) => this.isMostlyOne(one, other));
      const [other] = alike;
      if (other && alike.length === 1 && ones.filter((rival) => this.isMostlyOne(rival, other)).length === 1) {
        this.pair(one, other, 'SAME_VILLAGES');
      }
    }
  }

  private isMostlyOne(one: DivisionUnit, other: DivisionUnit): boolean {
    if (one.code.slice(0, 4) !== other.code.slice(0, 4)) return false;
    return this.shared(one, other) * 2 > Math.max(size(this.namesA, one), size(this.namesB, other));
  }

  private shared(one: DivisionUnit, other: DivisionUnit): number {
    const names = this.namesB.get(other.code);
    let shared = 0;
    if (names) for (const name of this.namesA.get(one.code) ?? []) if (names.has(name)) shared += 1;
    return shared;
  }

  private parentInB(unit: DivisionUnit): string | null {
    return unit.parent === null ? null : (this.toB.get(unit.parent) ?? 'none');
  }

  private pair(one: DivisionUnit, other: DivisionUnit, rule: IdentityRule): void {
    this.pairs.push({ a: one.code, b: other.code, rule });
    this.toB.set(one.code, other.code);
    this.toA.set(other.code, one.code);
  }

  private openA(level: DivisionUnit['level']): DivisionUnit[] {
    return [...this.a.divisions.values()].filter((unit) => unit.level === level && !this.toB.has(unit.code));
  }

  private openB(level: DivisionUnit['level']): DivisionUnit[] {
    return [...this.b.divisions.values()].filter((unit) => unit.level === level && !this.toA.has(unit.code));
  }
}

const size = (names: ReadonlyMap<string, ReadonlySet<string>>, unit: DivisionUnit): number =>
  names.get(unit.code)?.size ?? 0;

/** Kinds and names of the villages below each county and township. */
function villageNames({ villages }: PlaceIndex): Map<string, Set<string>> {
  const names = new Map<string, Set<string>>();
  for (const { township, county, kind, key } of villages) {
    for (const code of [township, county]) {
      if (code === null) continue;
      const known = names.get(code) ?? new Set<string>();
      names.set(code, known.add(`${kind}|${key}`));
    }
  }
  return names;
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
