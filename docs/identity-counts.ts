/** Prints the tables of docs/identity.md: what each rule recognised between neighbouring editions.
 *  `npx tsx docs/identity-counts.ts [--cases]`; with `--cases` the records left to a clerk, one a line. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../src/package-root.ts';
import { knownEdition } from '../src/roster/known-editions.ts';
import { matchDivisions } from '../src/roster/match-divisions.ts';
import { matchVillages } from '../src/roster/match-villages.ts';
import { parseEdition } from '../src/roster/parse-edition.ts';
import { indexPlaces, type PlaceIndex } from '../src/roster/place-index.ts';

const editions = [2016, 2017, 2018, 2019, 2020, 2021, 2022, 2023].map((year) => {
  const { rows, sha256 } = parseEdition(readFileSync(join(packageRoot, 'data', `nbs-guangdong-${year}.csv.gz`)));
  return indexPlaces(knownEdition(sha256)?.editionOn ?? `${year}`, rows);
});

interface Comparison {
  readonly a: PlaceIndex;
  readonly b: PlaceIndex;
  readonly villages: ReturnType<typeof matchVillages>;
  readonly divisions: ReturnType<typeof matchDivisions>;
}

const comparisons = editions.slice(1).map((b, at): Comparison => {
  const a = editions[at] as PlaceIndex;
  const divisions = matchDivisions(a, b);
  return { a, b, divisions, villages: matchVillages(a, b, divisions) };
});

const counted = (pairs: readonly { readonly rule: string }[], rule: string) =>
  pairs.filter((pair) => pair.rule === rule).length;

function table(title: string, rules: readonly string[], cells: (comparison: Comparison) => readonly number[]): void {
  console.log(`| ${title} | ${comparisons.map(({ b }) => b.on.slice(0, 4)).join(' | ')} |`);
  console.log(`| --- |${' ---: |'.repeat(comparisons.length)}`);
  const columns = comparisons.map(cells);
  for (const [row, rule] of rules.entries()) {
    console.log(`| ${rule} | ${columns.map((column) => column[row]?.toLocaleString('en')).join(' | ')} |`);
  }
  console.log();
}

const villageRules = [
  'SAME_CODE_SAME_NAME',
  'SAME_TOWNSHIP_OTHER_CODE',
  'SAME_CODE_OTHER_NAME',
  'SAME_COUNTY_SAME_NAME',
  'KIND_CHANGED',
  'OTHER_COUNTY',
];
const divisionRules = [
  'SAME_CODE_SAME_NAME',
  'SAME_PARENT_OTHER_CODE',
  'SAME_CODE_OTHER_NAME',
  'OTHER_COUNTY',
  'SAME_VILLAGES',
];

if (process.argv.includes('--cases')) {
  for (const { a, b, villages } of comparisons) {
    const named = (index: PlaceIndex, at: number) => {
      const unit = index.villages[at];
      return `${unit?.code} ${unit?.name}`;
    };
    for (const { reason, a: ones, b: others } of villages.open) {
      const sides = [ones.map((at) => named(a, at)), others.map((at) => named(b, at))];
      console.log(`${b.on} ${reason}: ${sides.map((side) => side.join(', ')).join(' / ')}`);
    }
  }
} else {
  table('villages into', [...villageRules, 'MISSING (gone)', 'FIRST_RECORD (new)', 'cases for a clerk'], (each) => [
    ...villageRules.map((rule) => counted(each.villages.pairs, rule)),
    each.a.villages.length - each.villages.pairs.length,
    each.b.villages.length - each.villages.pairs.length,
    each.villages.open.length,
  ]);
  table('divisions into', [...divisionRules, 'MISSING (gone)', 'FIRST_RECORD (new)'], (each) => [
    ...divisionRules.map((rule) => counted(each.divisions.pairs, rule)),
    each.a.divisions.size - each.divisions.pairs.length,
    each.b.divisions.size - each.divisions.pairs.length,
  ]);
}
