/** Funds that were set aside for a fiscal year at any moment, and what was allocated of each to which division. */
import type { Projection } from '../src/es/projection.ts';
import { handlers } from './handlers.ts';

export type AppropriationRow = {
  readonly purpose: string;
  readonly fiscal_year: number;
  readonly from_level: string;
  /** Code of the division whose organ it is; null where it is not known. */
  readonly from_division: string | null;
  readonly region_tier: string | null;
  readonly document_number: string | null;
  readonly appropriated_fen: number;
  readonly allocated_fen: number;
  /** JSON: fen by the id of the division. */
  readonly allocated: string;
};

/** Fen that was allocated, by division. */
export const allocatedOf = ({ allocated }: Pick<AppropriationRow, 'allocated'>): Readonly<Record<string, number>> =>
  JSON.parse(allocated) as Record<string, number>;

export const appropriations: Projection<AppropriationRow> = {
  name: 'appropriations',
  version: 1,
  entity: 'appropriation',
  columns: {
    purpose: 'text',
    fiscal_year: 'integer',
    from_level: 'text',
    from_division: 'text',
    region_tier: 'text',
    document_number: 'text',
    appropriated_fen: 'integer',
    allocated_fen: 'integer',
    allocated: 'text',
  },
  indexes: [['fiscal_year']],
  handlers: handlers<'appropriation', AppropriationRow>({
    appropriation: {
      FundAppropriated: (_, data, __, { basis }) => ({
        purpose: data.purpose,
        fiscal_year: data.fiscalYear,
        from_level: data.fromLevel,
        from_division: data.fromDivision ?? null,
        region_tier: data.regionTier ?? null,
        document_number:
          data.documentNumber ?? basis.find(({ documentNumber }) => documentNumber)?.documentNumber ?? null,
        appropriated_fen: Number(data.amountFen),
        allocated_fen: 0,
        allocated: '{}',
      }),
      FundAllocated: (row, { division, amountFen }) => {
        if (!row) return row;
        const before = allocatedOf(row);
        const fen = Number(amountFen);
        return {
          ...row,
          allocated_fen: row.allocated_fen + fen,
          allocated: JSON.stringify({ ...before, [division]: (before[division] ?? 0) + fen }),
        };
      },
    },
  }),
};
