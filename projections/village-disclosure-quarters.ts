/** What each village published of its last twelve quarters, for the board of a division: which categories of which quarter
 *  were out on a day, as a sum of the cube. */
import { DisclosureCategory } from '../src/domain/disclosure-catalogue.ts';
import { quarterAfter, quarterOf } from '../src/domain/disclosure-period.ts';
import type { Projection } from '../src/es/projection.ts';
import { handlers } from './handlers.ts';
import { otherSystems, type Placed, placedColumns, placing, rowOr } from './placed.ts';

/** Quarters that a row keeps: that of its last publication and those before it. */
export const quartersKept = 12;

type Own = {
  /** By quarter, as JSON: a sum of bits, one a category in the order of `DisclosureCategory`. */
  readonly quarters: string;
};
export type VillageDisclosureQuartersRow = Placed & Own;

const own: Own = { quarters: '{}' };

/** The bit of a category. */
export const bitOf = (category: string): number =>
  1 << (DisclosureCategory.options as readonly string[]).indexOf(category);

/** Group of the cube: villages below the prefecture or county that published exactly these categories of the quarter. */
export const quarterGroup = (division: string, quarter: string, bits: number): string =>
  `${division}:${quarter}:${bits}`;

export const villageDisclosureQuarters: Projection<VillageDisclosureQuartersRow> = {
  name: 'village_disclosure_quarters',
  version: 1,
  entity: 'village',
  columns: { ...placedColumns, quarters: 'text' },
  indexes: [['township']],
  cube: {
    measures: ['villages'],
    // Townships are few enough to be counted row by row; a group for each would be a million.
    groups: ({ prefecture, county, quarters }) =>
      Object.entries(JSON.parse(quarters) as Record<string, number>).flatMap(([quarter, bits]) =>
        [prefecture, ...(county === null ? [] : [county])].map((place) => quarterGroup(place, quarter, bits)),
      ),
    // Quasi units have no committee that could disclose; a village may have become one.
    counts: ({ listed, kind }) => [listed && !kind.startsWith('QUASI_') ? 1 : 0],
  },
  handlers: handlers<'village', VillageDisclosureQuartersRow>({
    ...otherSystems,
    village: placing(own),
    disclosure: {
      AffairsDisclosed: (row, { period, category }, _, { effectiveOn }) => {
        const before = rowOr(row, own);
        const oldest = quarterAfter(quarterOf(effectiveOn), 1 - quartersKept);
        const quarter = quarterOf(period);
        const known = JSON.parse(before.quarters) as Record<string, number>;
        const all = { ...known, [quarter]: (known[quarter] ?? 0) | bitOf(category) };
        const kept = Object.entries(all).filter(([each]) => each >= oldest);
        return { ...before, quarters: JSON.stringify(Object.fromEntries(kept.sort())) };
      },
      DisclosureObjectionRaised: 'ignore',
      DisclosureObjectionAnswered: 'ignore',
      DisclosureOrdered: 'ignore',
      DisclosureAssessed: 'ignore',
    },
  }),
};
