/** Villages at any moment: one row a village, from its first record on; status says whether it is listed. */
import type { VillageRecord } from '../src/domain/village-catalogue.ts';
import { idOf, type RecordedEvent } from '../src/es/event.ts';
import type { Projection } from '../src/es/projection.ts';
import { handlers } from './handlers.ts';
import { otherSystems } from './placed.ts';
import { searchWords } from './search-words.ts';

export type VillageRow = {
  readonly status: 'LISTED' | 'DELISTED' | 'ABOLISHED';
  readonly code: string | null;
  readonly name: string;
  readonly short_name: string;
  readonly kind: VillageRecord['kind'];
  readonly is_virtual: 0 | 1;
  readonly township: string;
  readonly county: string | null;
  readonly prefecture: string;
  readonly urban_rural_class: string | null;
};

const list = (record: VillageRecord): VillageRow => ({
  status: 'LISTED',
  code: record.code ?? null,
  name: record.name,
  short_name: record.shortName,
  kind: record.kind,
  is_virtual: record.isVirtual ? 1 : 0,
  township: record.township,
  county: record.county ?? null,
  prefecture: record.prefecture,
  urban_rural_class: null,
});

/** A record stated anew: the class that was assigned to the village stays. */
const relist = (row: VillageRow | null, record: VillageRecord): VillageRow => ({
  ...list(record),
  urban_rural_class: row?.urban_rural_class ?? null,
});

/** What was abolished stays so when an edition leaves it out. */
const delist = (row: VillageRow | null): VillageRow | null =>
  row?.status === 'LISTED' ? { ...row, status: 'DELISTED' } : row;

/** True where the event stands in the village's own stream: it may also name villages of the event that it replaces. */
const owns = (self: string, event: RecordedEvent): boolean => idOf(event.stream) === self;

/** A change of a row that is there; a void may have taken the listing away that it rested on. */
const patch = (row: VillageRow | null, change: Partial<VillageRow>): VillageRow | null => row && { ...row, ...change };

const quasi = (kind: string) => kind === 'QUASI_RESIDENTS' || kind === 'QUASI_VILLAGERS';
const one = (yes: boolean): 0 | 1 => (yes ? 1 : 0);

export const villages: Projection<VillageRow> = {
  name: 'villages',
  version: 1,
  entity: 'village',
  columns: {
    status: 'text',
    code: 'text',
    name: 'text',
    short_name: 'text',
    kind: 'text',
    is_virtual: 'integer',
    township: 'text',
    county: 'text',
    prefecture: 'text',
    urban_rural_class: 'text',
  },
  // By status first: a list without one asks for what is listed, and reads it off the index alone.
  indexes: [
    ['code'],
    ['status', 'code'],
    ['township', 'status', 'code'],
    ['county', 'status', 'code'],
    ['prefecture', 'status', 'code'],
  ],
  searchable: (row) => searchWords(row.name, row.short_name),
  cube: {
    measures: ['total', 'residentsCommittees', 'villagersCommittees', 'quasi'],
    groups: (row) => [row.prefecture, ...(row.county ? [row.county] : []), row.township],
    counts: ({ status, kind }) => {
      if (status !== 'LISTED') return [0, 0, 0, 0];
      return [1, one(kind === 'RESIDENTS_COMMITTEE'), one(kind === 'VILLAGERS_COMMITTEE'), one(quasi(kind))];
    },
  },
  handlers: handlers<'village', VillageRow>({
    ...otherSystems,
    village: {
      VillageListed: (row, data) => relist(row, data),
      VillageEstablished: (_, data) => list(data),
      VillageRenamed: (row, data) => patch(row, { name: data.newName, short_name: data.newShortName }),
      VillageCodeChanged: (row, data) => patch(row, { code: data.newCode }),
      VillageKindChanged: (row, data) =>
        patch(row, {
          kind: data.newKind,
          ...(data.isVirtual === undefined ? {} : { is_virtual: one(data.isVirtual) }),
        }),
      VillageSubordinationTransferred: (row, data) =>
        patch(row, { township: data.township, county: data.county ?? null, prefecture: data.prefecture }),
      VillageDelisted: (row) => delist(row),
      VillageAbolished: (row, _, self, event) => (owns(self, event) ? patch(row, { status: 'ABOLISHED' }) : row),
      VillagesMerged: (row, data, self) => (data.merged.includes(self) ? patch(row, { status: 'ABOLISHED' }) : row),
      VillageSplit: (row, data, self, event) => {
        const part = data.parts.find((each) => each.village === self);
        if (part) return list({ ...data, ...part, isVirtual: false });
        return data.continues || !owns(self, event) ? row : patch(row, { status: 'ABOLISHED' });
      },
      UrbanRuralClassAssigned: (row, data) => patch(row, { urban_rural_class: data.class }),
      VillagesLinked: (row, data, self, event) => {
        if (self === data.other) return null;
        if (!owns(self, event)) return row;
        return data.record ? relist(row, data.record) : delist(row);
      },
      VillageUnlinked: (row, data, self, event) => {
        if (self === data.other) return data.record ? relist(row, data.record) : delist(row);
        if (!owns(self, event)) return row;
        return data.lastRecord ? { ...relist(row, data.lastRecord), status: 'DELISTED' } : null;
      },
      // A division's move names the villages that have no event of their own; a late event may have moved one away before.
      DivisionTransferred: (row, { villages: moved, county, prefecture }, self, event) => {
        if (row?.township !== idOf(event.stream) || !moved.includes(self)) return row;
        return patch(row, { county: county ?? null, ...(prefecture ? { prefecture } : {}) });
      },
      VillageBoundaryAdjusted: 'ignore',
    },
  }),
};
