/** Real editions cut down to a few prefectures, as files that no one knows by their hash. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { editionText } from '../../src/roster/edition.ts';
import { editionRows } from './editions.ts';

/** Zhuhai: the prefecture with the fewest villages below counties. */
export const zhuhai = '4404';

/** Writes the edition of a year with these prefectures alone; returns its path. */
export function writeEdition(dir: string, year: number, ...prefectures: string[]): string {
  const rows = editionRows(year).filter(
    ({ code }) => code === '44' || prefectures.some((each) => code.startsWith(each)),
  );
  const path = join(dir, `edition-${year}.csv`);
  writeFileSync(path, editionText(rows));
  return path;
}

/** The command line that imports such a file. */
export const importOf = (year: number, path: string): string[] => [
  ...['import', 'roster', path],
  ...['--as-at', `${year}-07-31`, '--published', `${year}-12-31`, '--source', 'cut down for a test'],
];
