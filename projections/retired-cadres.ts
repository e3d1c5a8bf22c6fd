/** Records of retired cadres at any moment. People are references into the vault alone. */
import type { RetiredStatus } from '../src/domain/retired-catalogue.ts';
import type { Projection } from '../src/es/projection.ts';
import { handlers } from './handlers.ts';

export type RetiredCadreRow = {
  readonly village: string;
  readonly person_ref: string;
  readonly status: RetiredStatus;
  readonly left_on: string;
  readonly counted_months: number | null;
  readonly standard: string | null;
  readonly tier_min_years: number | null;
  readonly tier_max_years: number | null;
  readonly amount_fen: string | null;
  readonly per: string | null;
  /** First month for which the present amount is due. */
  readonly due_from: string | null;
  /** First month for which nothing is due, while suspended or ended. */
  readonly stopped_from: string | null;
  readonly cause: string | null;
  readonly ground: string | null;
};

interface Tier {
  readonly minYears?: number;
  readonly maxYearsExclusive?: number;
  readonly amountFen: string;
  readonly per: string;
}

const tierColumns = ({ minYears = 0, maxYearsExclusive = null, amountFen, per }: TierOrNull) => ({
  tier_min_years: minYears,
  tier_max_years: maxYearsExclusive,
  amount_fen: amountFen,
  per,
});
type TierOrNull = Omit<Tier, 'maxYearsExclusive'> & { readonly maxYearsExclusive?: number | null };

const change = (row: RetiredCadreRow | null, to: Partial<RetiredCadreRow>): RetiredCadreRow | null =>
  row && { ...row, ...to };

export const retiredCadres: Projection<RetiredCadreRow> = {
  name: 'retired_cadres',
  version: 2,
  entity: 'retired',
  columns: {
    village: 'text',
    person_ref: 'text',
    status: 'text',
    left_on: 'text',
    counted_months: 'integer',
    standard: 'text',
    tier_min_years: 'integer',
    tier_max_years: 'integer',
    amount_fen: 'text',
    per: 'text',
    due_from: 'text',
    stopped_from: 'text',
    cause: 'text',
    ground: 'text',
  },
  indexes: [['village'], ['person_ref']],
  handlers: handlers<'retired', RetiredCadreRow>({
    retired: {
      RetiredCadreRecordCollected: (_, { village, personRef, leftOn }) => ({
        village,
        person_ref: personRef,
        status: 'COLLECTED',
        left_on: leftOn,
        counted_months: null,
        standard: null,
        tier_min_years: null,
        tier_max_years: null,
        amount_fen: null,
        per: null,
        due_from: null,
        stopped_from: null,
        cause: null,
        ground: null,
      }),
      RetiredServiceVerified: (row, { countedMonths }) =>
        change(row, { status: 'VERIFIED', counted_months: countedMonths, ground: null }),
      RetiredNoticePosted: (row) => change(row, { status: 'POSTED' }),
      RetirementAllowanceApproved: (row, { standard, tier, from }) =>
        change(row, { status: 'APPROVED', standard: standard ?? null, due_from: from, ...tierColumns(tier) }),
      RetirementAllowanceRefused: (row, { ground }) => change(row, { status: 'REFUSED', ground }),
      RetirementAllowanceSuspended: (row, { cause, from }) =>
        change(row, { status: 'SUSPENDED', cause, stopped_from: from }),
      RetirementAllowanceResumed: (row, { from }) =>
        change(row, { status: 'APPROVED', due_from: from, cause: null, stopped_from: null }),
      RetirementAllowanceCeased: (row, { cause, from }) => change(row, { status: 'CEASED', cause, stopped_from: from }),
      RetirementAllowanceRecomputed: (row, { standard, newTier, from }) =>
        change(row, { standard: standard ?? null, due_from: from, ...tierColumns(newTier) }),
    },
  }),
};
