/** Every row of every read model, for tests that nothing else was touched. */

import { projections } from '../../projections/index.ts';
import type { Projection } from '../../src/es/projection.ts';
import type { LedgerApi } from './ledger-api.ts';

const rowsMax = 10_000;
const days = ['2017-01-01', '2021-05-06', '2024-06-01', '9999-12-31'];

/** The rows of each read model on several days, by its name. */
export function allRows({ readModel }: LedgerApi): Readonly<Record<string, unknown>> {
  const { position } = readModel;
  const rowsOf = (projection: Projection) =>
    days.map((effectiveOn) => readModel.select(projection, { limit: rowsMax }, { effectiveOn, position }));
  return Object.fromEntries(projections.map((projection) => [projection.name, rowsOf(projection)]));
}
