/** Months that were paid by a standard which can no longer be corrected without arrears. */
import { type PayMonthRow, runsOf } from './pay-months.ts';

/** Months that were paid by the standard and for which no arrears by it were posted, each as `<divisionId> <month>`, in
 *  order. `rows` are the months of whatever counties, as they stand in the end. */
export function unsettledRuns(rows: readonly PayMonthRow[], standard: string): readonly string[] {
  const runs = rows.flatMap((row) =>
    runsOf(row)
      .filter((run) => run.standard === standard)
      .map((run) => ({ ...run, county: row.county, month: row.month })),
  );
  const arrears = runs.filter(({ fromMonth }) => fromMonth !== undefined);
  const isSettled = (county: string, month: string) =>
    arrears.some((each) => each.county === county && (each.fromMonth ?? '') <= month && month <= (each.toMonth ?? ''));
  const open = runs.filter(({ fromMonth, county, month }) => fromMonth === undefined && !isSettled(county, month));
  return [...new Set(open.map(({ county, month }) => `${county} ${month}`))].sort();
}
