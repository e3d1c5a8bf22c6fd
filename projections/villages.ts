/** Villages at any moment: one row a village, from its first record on; status says whether it is listed. */
import type { VillageRecord } from '../src/domain/village-catalogue.ts';
import type { Projection } from '../src/es/projection.ts';
import { handlers } from './handlers.ts';
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
  indexes: [['code'], ['township', 'code'], ['county', 'code'], ['prefecture', 'code']],
  searchable: (row) => searchWords(row.name, row.short_name),
  cube: {
    measures: ['total', 'residentsCommittees', 'villagersCommittees', 'quasi'],
    groups: (row) => [row.prefecture, ...(row.county ? [row.county] : []), row.township],
    counts: ({ status, kind }) => {
      if (status !== 'LISTED') return [0, 0, 0, 0];
      return [1, one(kind === 'RESIDENTS_COMMITTEE'), one(kind === 'VILLAGERS_COMMITTEE'), one(quasi(kind))];
    },
  },
  handlers: handlers<VillageRow>({
    VillageListed: (row, data) => ({ ...list(data), urban_rural_class: row?.urban_rural_class ?? null }),
    VillageEstablished: (_, data) => list(data),
    VillageRenamed: (row, data) => patch(row, { name: data.newName, short_name: data.newShortName }),
    VillageCodeChanged: (row, data) => patch(row, { code: data.newCode }),
    VillageKindChanged: (row, data) =>
      patch(row, { kind: data.newKind, ...(data.isVirtual === undefined ? {} : { is_virtual: one(data.isVirtual) }) }),
    VillageSubordinationTransferred: (row, data) =>
      patch(row, { township: data.township, county: data.county ?? null, prefecture: data.prefecture }),
    VillageDelisted: (row) => patch(row, { status: 'DELISTED' }),
    VillageAbolished: (row, data, self) => (data.successors.includes(self) ? row : patch(row, { status: 'ABOLISHED' })),
    VillagesMerged: (row, data, self) => (data.merged.includes(self) ? patch(row, { status: 'ABOLISHED' }) : row),
    VillageSplit: (row, data, self) => {
      const part = data.parts.find((each) => each.village === self);
      if (part) return list({ ...data, ...part, isVirtual: false });
      return data.continues ? row : patch(row, { status: 'ABOLISHED' });
    },
    UrbanRuralClassAssigned: (row, data) => patch(row, { urban_rural_class: data.class }),
    VillagesLinked: (row, data, self) => {
      if (self === data.other) return null;
      return data.record ? list(data.record) : patch(row, { status: 'DELISTED' });
    },
    VillageUnlinked: (row, data, self) => {
      if (self !== data.other) return null;
      return data.record ? list(data.record) : patch(row, { status: 'DELISTED' });
    },
    // A division's move names the villages that have no event of their own.
    DivisionTransferred: (row, data) =>
      patch(row, { county: data.county ?? null, ...(data.prefecture ? { prefecture: data.prefecture } : {}) }),
    EventVoided: 'ignore',
    VillageBoundaryAdjusted: 'ignore',
    IdentityReviewRaised: 'ignore',
    IdentityReviewDismissed: 'ignore',
    DivisionListed: 'ignore',
    DivisionRenamed: 'ignore',
    DivisionCodeChanged: 'ignore',
    DivisionDelisted: 'ignore',
    ReportedFigureRecorded: 'ignore',
    ReportedFigureReplaced: 'ignore',
    RosterImportStarted: 'ignore',
    RosterImportCompleted: 'ignore',
  }),
};
