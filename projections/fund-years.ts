/** Money of funds that came to a village's account, by village and fiscal year, at any moment. What a division got is what its
 *  villages got while they lay in it: money does not follow a village that is transferred later. */

import type { fundEvents } from '../src/domain/fund-catalogue.ts';
import type { DataOf } from '../src/es/aggregate.ts';
import type { Projection } from '../src/es/projection.ts';
import { handlers } from './handlers.ts';

export type FundYearRow = {
  readonly village: string;
  readonly fiscal_year: number;
  /** Where the village lay at its last transfer; '' while there is none. */
  readonly township: string;
  readonly county: string | null;
  readonly prefecture: string;
  readonly office_fen: number;
  readonly party_service_fen: number;
  readonly transfers: number;
  /** What a review found to be spent of the office fund; null where none says so. */
  readonly used_fen: number | null;
  /** Day of the last review, and that of its notice. */
  readonly reviewed_on: string | null;
  readonly posted_on: string | null;
  /** 1 where secretary, chair, finance group and supervision all reviewed it. */
  readonly reviewed_jointly: 0 | 1;
};

type Transferred = DataOf<typeof fundEvents.VillageFundTransferred>;

/** Group of a division's sums of one fiscal year, for a tally. */
export const yearGroup = (division: string, fiscalYear: number): string => `${division}:${fiscalYear}`;

/** Of all years, and of the row's. */
function groupsOf({ township, county, prefecture, fiscal_year }: FundYearRow): readonly string[] {
  if (prefecture === '') return [];
  const places = [prefecture, ...(county === null ? [] : [county]), township];
  return places.flatMap((place) => [place, yearGroup(place, fiscal_year)]);
}

const blank = ({ village, fiscalYear }: { village: string; fiscalYear: number }): FundYearRow => ({
  village,
  fiscal_year: fiscalYear,
  township: '',
  county: null,
  prefecture: '',
  office_fen: 0,
  party_service_fen: 0,
  transfers: 0,
  used_fen: null,
  reviewed_on: null,
  posted_on: null,
  reviewed_jointly: 0,
});

function transferred(row: FundYearRow | null, data: Transferred): FundYearRow {
  const before = row ?? blank(data);
  const fen = Number(data.amountFen);
  const isOffice = data.kind === 'OFFICE_FUND';
  return {
    ...before,
    township: data.township,
    county: data.county ?? null,
    prefecture: data.prefecture,
    office_fen: before.office_fen + (isOffice ? fen : 0),
    party_service_fen: before.party_service_fen + (isOffice ? 0 : fen),
    transfers: before.transfers + 1,
  };
}

export const fundYears: Projection<FundYearRow> = {
  name: 'fund_years',
  version: 1,
  entity: 'fundyear',
  columns: {
    village: 'text',
    fiscal_year: 'integer',
    township: 'text',
    county: 'text',
    prefecture: 'text',
    office_fen: 'integer',
    party_service_fen: 'integer',
    transfers: 'integer',
    used_fen: 'integer',
    reviewed_on: 'text',
    posted_on: 'text',
    reviewed_jointly: 'integer',
  },
  indexes: [['village']],
  cube: {
    measures: ['transferredFen', 'officeFundFen', 'partyServiceFundFen', 'villages'],
    groups: groupsOf,
    counts: ({ office_fen, party_service_fen, transfers }) => [
      office_fen + party_service_fen,
      office_fen,
      party_service_fen,
      transfers > 0 ? 1 : 0,
    ],
  },
  handlers: handlers<'fundyear', FundYearRow>({
    fund: {
      VillageFundTransferred: transferred,
      OfficeFundUseReviewed: (row, data, _, { effectiveOn }) => ({
        ...(row ?? blank(data)),
        used_fen: data.usedFen === undefined ? null : Number(data.usedFen),
        reviewed_on: effectiveOn,
        posted_on: data.postedOn ?? null,
        reviewed_jointly: data.flags?.includes('NOT_JOINT') ? 0 : 1,
      }),
    },
  }),
};
