/** Standards of subsidies and funds at any moment: what holds, where, since when, by which document. */

import type { standardEvents } from '../src/domain/standard-catalogue.ts';
import type { StandardTerms } from '../src/domain/standard-terms.ts';
import type { StandardView } from '../src/domain/world.ts';
import type { DataOf } from '../src/es/aggregate.ts';
import { idOf, type RecordedEvent } from '../src/es/event.ts';
import type { Projection } from '../src/es/projection.ts';
import { handlers } from './handlers.ts';

export type StandardRow = {
  readonly status: 'STANDS' | 'ENDED';
  readonly kind: string;
  readonly beneficiary: string;
  readonly level: string;
  readonly effective_on: string;
  readonly document_number: string | null;
  readonly document_title: string | null;
  readonly issued_on: string | null;
  readonly retroactive: 0 | 1;
  readonly region_tier: string | null;
  readonly village: string | null;
  /** Id of the standard that follows; null while none does. */
  readonly superseded_by: string | null;
  readonly ended_on: string | null;
  /** JSON of `StandardTerms`. */
  readonly terms: string;
  /** JSON of the ids of divisions for which it holds, and of those below them for which it does not. */
  readonly included: string;
  readonly excluded: string;
};

type Adopted = DataOf<typeof standardEvents.SubsidyStandardAdopted>;
type Terms = Omit<DataOf<typeof standardEvents.SubsidyStandardCorrected>, 'reason'>;

const termsOf = (data: Terms): string => {
  const { method, per, amountFen, previousAmountFen, formula, tiers, headcount, shares, sharesOfIncrease } = data;
  const { eligibility, limit, payoutMode } = data;
  const amounts = { method, per, amountFen, previousAmountFen, formula, tiers, headcount };
  return JSON.stringify({ ...amounts, shares, sharesOfIncrease, eligibility, limit, payoutMode });
};

function adopted(data: Adopted, { effectiveOn, basis }: RecordedEvent): StandardRow {
  return {
    status: 'STANDS',
    kind: data.kind,
    beneficiary: data.beneficiary,
    level: data.level,
    effective_on: effectiveOn,
    document_number: data.documentNumber ?? basis.find(({ documentNumber }) => documentNumber)?.documentNumber ?? null,
    document_title: basis.find(({ title }) => title)?.title ?? null,
    issued_on: data.issuedOn ?? null,
    retroactive: data.retroactive ? 1 : 0,
    region_tier: data.regionTier ?? null,
    village: data.village ?? null,
    superseded_by: null,
    ended_on: null,
    terms: termsOf(data),
    included: JSON.stringify(data.included),
    excluded: JSON.stringify(data.excluded),
  };
}

const end = (row: StandardRow | null, by: string | null, on: string): StandardRow | null =>
  row && { ...row, status: 'ENDED', superseded_by: by, ended_on: on };

export const standards: Projection<StandardRow> = {
  name: 'standards',
  version: 1,
  entity: 'standard',
  columns: {
    status: 'text',
    kind: 'text',
    beneficiary: 'text',
    level: 'text',
    effective_on: 'text',
    document_number: 'text',
    document_title: 'text',
    issued_on: 'text',
    retroactive: 'integer',
    region_tier: 'text',
    village: 'text',
    superseded_by: 'text',
    ended_on: 'text',
    terms: 'text',
    included: 'text',
    excluded: 'text',
  },
  indexes: [['kind', 'status']],
  handlers: handlers<'standard', StandardRow>({
    standard: {
      SubsidyStandardAdopted: (row, data, self, event) => {
        if (idOf(event.stream) === self) return adopted(data, event);
        return data.supersedes === self ? end(row, idOf(event.stream), event.effectiveOn) : row;
      },
      SubsidyStandardSuperseded: (row, { by }, self, event) =>
        idOf(event.stream) === self ? end(row, by ?? null, event.effectiveOn) : row,
      SubsidyStandardCorrected: (row, data, self, event) =>
        row && idOf(event.stream) === self ? { ...row, terms: termsOf(data) } : row,
    },
  }),
};

/** A standing standard as other standards' decisions see it. */
export function standardViewOf(id: string, row: StandardRow): StandardView {
  const { per, amountFen, tiers, limit } = JSON.parse(row.terms) as StandardTerms;
  return {
    id,
    kind: row.kind as StandardView['kind'],
    beneficiary: row.beneficiary,
    level: row.level as StandardView['level'],
    per,
    amountFen,
    tiers,
    limit,
    included: JSON.parse(row.included) as string[],
    excluded: JSON.parse(row.excluded) as string[],
    village: row.village ?? undefined,
  };
}
