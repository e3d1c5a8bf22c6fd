/** An edition as its parts are looked for when two editions are compared. */

import type { VillageKind } from '../domain/scalars.ts';
import { shortNameOf } from '../domain/village-name.ts';
import { isVirtualCode, kindOfCode } from '../domain/village-rules.ts';
import type { LocalDate } from '../es/event.ts';
import { divisionKey } from './division-key.ts';
import type { RosterRow } from './edition.ts';
import { baseNameKey } from './name-key.ts';

export interface DivisionUnit {
  /** Place among the edition's divisions. */
  readonly at: number;
  readonly code: string;
  readonly name: string;
  /** What two spellings of its name share: 福永 of 福永街道办事处. */
  readonly key: string;
  readonly level: 'PROVINCE' | 'PREFECTURE' | 'COUNTY' | 'TOWNSHIP';
  /** Code of the division above; null for a province. */
  readonly parent: string | null;
}

export interface VillageUnit {
  /** Place in `villages`. */
  readonly at: number;
  readonly code: string;
  readonly name: string;
  readonly shortName: string;
  readonly key: string;
  readonly kind: VillageKind;
  readonly isVirtual: boolean;
  /** Codes of the divisions it lies in; county null where the prefecture has none. */
  readonly township: string;
  readonly county: string | null;
  readonly prefecture: string;
}

export interface PlaceIndex {
  readonly on: LocalDate;
  /** By code, in order; rows that only repeat a prefecture at county level are none. */
  readonly divisions: ReadonlyMap<string, DivisionUnit>;
  /** The same by place. */
  readonly divisionList: readonly DivisionUnit[];
  readonly villages: readonly VillageUnit[];
  readonly villageByCode: ReadonlyMap<string, VillageUnit>;
}

export type Within = 'township' | 'county' | 'prefecture';

/** Code of the place a village lies in. Where there is no county, the prefecture stands in its place. */
export const placeOf = (unit: VillageUnit, within: Within): string => unit[within] ?? unit.prefecture;

const levels = { 2: 'PROVINCE', 4: 'PREFECTURE', 6: 'COUNTY', 9: 'TOWNSHIP' } as const;

/** Indexes an edition's rows. `rows` are as `parseEdition` gives them. */
export function indexPlaces(on: LocalDate, rows: readonly RosterRow[]): PlaceIndex {
  const names = new Map<string, string>();
  const divisions = new Map<string, DivisionUnit>();
  const villages: VillageUnit[] = [];
  let place: Place | undefined;
  for (const { code, name } of rows) {
    if (code.length < 12) {
      names.set(code, name);
      const unit = divisionUnit(code, name, divisions);
      if (unit) divisions.set(code, unit);
      continue;
    }
    // Rows are sorted: a township's villages follow it, and share the strings of its place.
    if (!place || !code.startsWith(place.township)) place = placeOfTownship(code.slice(0, 9), divisions, names);
    villages.push(villageUnit(villages.length, code, name, place));
  }
  const villageByCode = new Map(villages.map((unit) => [unit.code, unit]));
  return { on, divisions, divisionList: [...divisions.values()], villages, villageByCode };
}

/** Null for a row that only repeats its prefecture at county level (441900 东莞市, 442000 中山市). */
function divisionUnit(code: string, name: string, above: ReadonlyMap<string, DivisionUnit>): DivisionUnit | null {
  const level = levels[code.length as keyof typeof levels];
  if (level === 'COUNTY' && isRepeated(code, name, above)) return null;
  return { at: above.size, code, name, key: divisionKey(name, level), level, parent: parentOf(code, above) };
}

const isRepeated = (code: string, name: string, above: ReadonlyMap<string, DivisionUnit>) =>
  code.endsWith('00') && above.get(code.slice(0, 4))?.name === name;

function parentOf(code: string, above: ReadonlyMap<string, DivisionUnit>): string | null {
  if (code.length === 2) return null;
  if (code.length === 4) return code.slice(0, 2);
  const county = code.slice(0, 6);
  return code.length === 9 && above.has(county) ? county : code.slice(0, 4);
}

interface Place {
  readonly township: string;
  readonly county: string | null;
  readonly prefecture: string;
  /** Names of the township and of what lies above it, nearest first. */
  readonly names: readonly string[];
}

function placeOfTownship(
  township: string,
  divisions: ReadonlyMap<string, DivisionUnit>,
  names: ReadonlyMap<string, string>,
): Place {
  const county = township.slice(0, 6);
  return {
    township,
    county: divisions.has(county) ? county : null,
    prefecture: township.slice(0, 4),
    names: [9, 6, 4, 2].map((digits) => names.get(township.slice(0, digits)) as string),
  };
}

function villageUnit(at: number, code: string, name: string, place: Place): VillageUnit {
  const shortName = shortNameOf(name, place.names);
  const { township, county, prefecture } = place;
  return {
    at,
    code,
    name,
    shortName,
    key: baseNameKey(shortName),
    // The parser lets no code through that lies outside the bands.
    kind: kindOfCode(code) as VillageKind,
    isVirtual: isVirtualCode(code),
    township,
    county,
    prefecture,
  };
}
