/** The real editions, and small ones made by hand, for the tests of the roster. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/package-root.ts';
import type { RosterRow } from '../../src/roster/edition.ts';
import { parseEdition } from '../../src/roster/parse-edition.ts';
import { indexPlaces, type PlaceIndex } from '../../src/roster/place-index.ts';

export const editionYears = [2016, 2017, 2018, 2019, 2020, 2021, 2022, 2023] as const;

export const editionBytes = (year: number): Uint8Array =>
  readFileSync(join(packageRoot, 'data', `nbs-guangdong-${year}.csv.gz`));

export const editionRows = (year: number): readonly RosterRow[] => parseEdition(editionBytes(year)).rows;

/** Rows of a small edition: a province, a prefecture, and what is given by code and name. */
export function rowsOf(places: Readonly<Record<string, string>>): RosterRow[] {
  const all: Record<string, string> = { '44': '广东省', '4401': '广州市', '440101': '东区', ...places };
  return Object.keys(all)
    .sort()
    .map((code) => ({ code, name: all[code] as string }));
}

export const indexOf = (places: Readonly<Record<string, string>>, on = '2016-07-31'): PlaceIndex =>
  indexPlaces(on, rowsOf(places));
