/** Where a village lies, for read models that have a row a village: totals below a division follow the village through
 *  transfers, delistings and late events, at any moment. */

import type { Catalogues, SpeakersOf } from '../src/domain/index.ts';
import type { VillageRecord } from '../src/domain/village-catalogue.ts';
import { idOf, type RecordedEvent } from '../src/es/event.ts';
import type { StepsOf } from './handlers.ts';

/** Columns that every such row begins with. */
export type Placed = {
  /** 1 while the village stands in the roster: what is not listed counts nowhere. */
  readonly listed: 0 | 1;
  readonly kind: string;
  readonly township: string;
  readonly county: string | null;
  readonly prefecture: string;
};

export const placedColumns = {
  listed: 'integer',
  kind: 'text',
  township: 'text',
  county: 'text',
  prefecture: 'text',
} as const;

/** Divisions in which the row counts, for a cube. */
export const placesOf = ({ prefecture, county, township }: Placed): readonly string[] => [
  prefecture,
  ...(county === null ? [] : [county]),
  township,
];

/** A village of which the roster says nothing yet. */
const nowhere: Placed = { listed: 0, kind: '', township: '', county: null, prefecture: '' };

const owns = (self: string, event: RecordedEvent): boolean => idOf(event.stream) === self;

/** The row to change: a new one lies nowhere until the roster says where. */
export const rowOr = <Own extends object>(row: (Placed & Own) | null, own: Own): Placed & Own =>
  row ?? { ...nowhere, ...own };

/** Steps for the village's own events: only where it lies. `own` is what a new row says beside that. */
export function placing<Own extends object>(own: Own): StepsOf<Placed & Own, Catalogues['village']['events']> {
  type R = Placed & Own;
  const list = (row: R | null, record: Omit<VillageRecord, 'name' | 'shortName' | 'isVirtual'>): R => ({
    ...rowOr(row, own),
    listed: 1,
    kind: record.kind,
    township: record.township,
    county: record.county ?? null,
    prefecture: record.prefecture,
  });
  const end = (row: R | null): R | null => row && { ...row, listed: 0 };
  return {
    VillageListed: list,
    VillageEstablished: list,
    VillageKindChanged: (row, { newKind }) => row && { ...row, kind: newKind },
    VillageSubordinationTransferred: (row, { township, county, prefecture }) =>
      row && { ...row, township, county: county ?? null, prefecture },
    VillageDelisted: end,
    VillageAbolished: (row, _, self, event) => (owns(self, event) ? end(row) : row),
    VillagesMerged: (row, { merged }, self) => (merged.includes(self) ? end(row) : row),
    VillageSplit: (row, data, self, event) => {
      if (data.parts.some(({ village }) => village === self)) return list(row, data);
      return data.continues || !owns(self, event) ? row : end(row);
    },
    VillagesLinked: (row, { other, record }, self, event) => {
      if (self === other) return end(row);
      if (!owns(self, event)) return row;
      return record ? list(row, record) : end(row);
    },
    VillageUnlinked: (row, { other, record, lastRecord }, self, event) => {
      if (self === other) return record ? list(row, record) : end(row);
      if (!owns(self, event)) return row;
      return lastRecord ? end(list(row, lastRecord)) : end(row);
    },
    // A division's move names the villages that have no event of their own; a late event may have moved one away before.
    DivisionTransferred: (row, { villages: moved, county, prefecture }, self, event) => {
      if (row?.township !== idOf(event.stream) || !moved.includes(self)) return row;
      return { ...row, county: county ?? null, ...(prefecture ? { prefecture } : {}) };
    },
    VillageRenamed: 'ignore',
    VillageCodeChanged: 'ignore',
    VillageBoundaryAdjusted: 'ignore',
    UrbanRuralClassAssigned: 'ignore',
  };
}

/** Every other aggregate that can speak of a village, passed over. A read model of villages spreads this and then names what it
 *  takes in; a new such aggregate is a compile error here, where it is decided for all of them. */
export const otherSystems = {
  division: 'ignore',
  review: 'ignore',
  charter: 'ignore',
  term: 'ignore',
  supervision: 'ignore',
  retired: 'ignore',
  certificate: 'ignore',
  deliberation: 'ignore',
  matter: 'ignore',
  disclosure: 'ignore',
  honour: 'ignore',
  servicepoint: 'ignore',
  creditcode: 'ignore',
  standard: 'ignore',
  fund: 'ignore',
} as const satisfies { readonly [A in Exclude<SpeakersOf<'village'>, 'village'>]: 'ignore' };
