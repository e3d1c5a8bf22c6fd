/** A small projection with everything the engine has to bear: for the engine's own tests. */
import fc from 'fast-check';
import type { Projection } from '../../src/es/projection.ts';
import { occurrencesOf } from './arbitrary-history.ts';

export type Hamlet = { code: string | null; name: string; county: string; households: number };

interface Listing {
  readonly code: string | null;
  readonly name: string;
  readonly county: string;
  readonly households: number;
}

export const hamlets: Projection<Hamlet> = {
  name: 'hamlet',
  version: 1,
  entity: 'hamlet',
  columns: { code: 'text', name: 'text', county: 'text', households: 'integer' },
  indexes: [['code'], ['county', 'code']],
  handlers: {
    HamletListed: (_, { data }) => ({ ...(data as Listing) }),
    HamletRenamed: (row, { data }) => row && { ...row, name: (data as { name: string }).name },
    HamletMoved: (row, { data }) => row && { ...row, county: (data as { county: string }).county },
    HouseholdsCounted: (row, { data }) =>
      row && { ...row, households: row.households + (data as { more: number }).more },
    HamletGone: () => null,
    HamletNoted: 'ignore',
  },
  cube: {
    measures: ['hamlets', 'households'],
    groups: ({ county }) => [county, 'all'],
    counts: ({ households }) => [1, households],
  },
  searchable: ({ name, code }) => (code === null ? [name] : [name, code]),
};

export const hamletIds = ['a', 'b', 'c', 'd'] as const;
export const hamletNames = ['下围村', '上围', '白马', 'Xiawei Cun', '大?村', '满（lang）塘', '"*OR*"', '白'] as const;
const name = fc.constantFrom(...hamletNames);
const county = fc.constantFrom('k1', 'k2', 'k3');
const listing = fc.record({
  code: fc.option(fc.constantFrom('01', '02', '03')),
  name,
  county,
  households: fc.nat(3_000_000_000),
});

export const hamletOccurrences = occurrencesOf('hamlet', hamletIds, {
  HamletListed: listing,
  HamletRenamed: fc.record({ name }),
  HamletMoved: fc.record({ county }),
  HouseholdsCounted: fc.record({ more: fc.integer({ min: -50, max: 50 }) }),
  HamletGone: fc.constant({}),
  HamletNoted: fc.constant({}),
});
