/** What a county, or a city without counties, pays in a month, at any moment: runs, arrears, reversals, and whether the month is
 *  closed. Sums and hashes alone, no person. */
import type { Projection } from '../src/es/projection.ts';
import { handlers } from './handlers.ts';

export type PayMonthRow = {
  readonly county: string;
  readonly month: string;
  readonly closed: 0 | 1;
  /** Of all runs of the month. */
  readonly total_fen: number;
  readonly arrears_fen: number;
  readonly reversed_fen: number;
  /** JSON of `KeptRun`s, in the order of their days. */
  readonly runs: string;
};

/** A run, or arrears that were paid in the month. */
export interface KeptRun {
  readonly event: string;
  readonly kind: string;
  readonly standard: string;
  readonly headcount: number;
  readonly totalFen: string;
  readonly linesSha256: string;
  readonly on: string;
  /** Months that arrears are for; left out for a run of the month itself. */
  readonly fromMonth?: string;
  readonly toMonth?: string;
}

const rowOf = (row: PayMonthRow | null, { county, month }: { county: string; month: string }): PayMonthRow =>
  row ?? { county, month, closed: 0, total_fen: 0, arrears_fen: 0, reversed_fen: 0, runs: '[]' };

const withRun = (row: PayMonthRow, run: KeptRun): PayMonthRow => ({
  ...row,
  runs: JSON.stringify([...runsOf(row), run]),
});

/** The runs of a row. */
export const runsOf = ({ runs }: Pick<PayMonthRow, 'runs'>): readonly KeptRun[] => JSON.parse(runs) as KeptRun[];

export const payMonths: Projection<PayMonthRow> = {
  name: 'pay_months',
  version: 1,
  entity: 'paymonth',
  columns: {
    county: 'text',
    month: 'text',
    closed: 'integer',
    total_fen: 'integer',
    arrears_fen: 'integer',
    reversed_fen: 'integer',
    runs: 'text',
  },
  indexes: [['month']],
  handlers: handlers<'paymonth', PayMonthRow>({
    payrun: {
      AllowanceRunPosted: (before, data, _, { id, effectiveOn }) => {
        const row = rowOf(before, data);
        const { kind, standard, headcount, totalFen, linesSha256 } = data;
        const run = { event: id, kind, standard, headcount, totalFen, linesSha256, on: effectiveOn };
        return withRun({ ...row, total_fen: row.total_fen + Number(totalFen) }, run);
      },
      ArrearsPosted: (before, data, _, { id, effectiveOn }) => {
        const row = rowOf(before, data);
        const { kind, newStandard: standard, headcount, totalFen, linesSha256, fromMonth, toMonth } = data;
        const run = { event: id, kind, standard, headcount, totalFen, linesSha256, on: effectiveOn };
        return withRun({ ...row, arrears_fen: row.arrears_fen + Number(totalFen) }, { ...run, fromMonth, toMonth });
      },
      AllowanceReversed: (before, data) => {
        const row = rowOf(before, data);
        return { ...row, reversed_fen: row.reversed_fen + Number(data.amountFen) };
      },
      MonthClosed: (row, data) => ({ ...rowOf(row, data), closed: 1 }),
      MonthReopened: (row, data) => ({ ...rowOf(row, data), closed: 0 }),
    },
  }),
};
