/** Divisions at any moment: one row a division, from its first record on; status says whether it is listed. */
import type { DivisionLevel } from '../src/domain/scalars.ts';
import type { Projection } from '../src/es/projection.ts';
import { handlers } from './handlers.ts';

export type DivisionRow = {
  readonly status: 'LISTED' | 'DELISTED';
  readonly code: string;
  readonly name: string;
  readonly level: DivisionLevel;
  /** Id of the division above; null for the province. */
  readonly parent: string | null;
};

const patch = (row: DivisionRow | null, change: Partial<DivisionRow>): DivisionRow | null =>
  row && { ...row, ...change };

export const divisions: Projection<DivisionRow> = {
  name: 'divisions',
  version: 1,
  entity: 'division',
  columns: { status: 'text', code: 'text', name: 'text', level: 'text', parent: 'text' },
  indexes: [['code'], ['level', 'code'], ['parent', 'code']],
  handlers: handlers<'division', DivisionRow>({
    division: {
      DivisionListed: (_, { code, name, level, parent }) => ({
        status: 'LISTED',
        code,
        name,
        level,
        parent: parent ?? null,
      }),
      DivisionRenamed: (row, { newName }) => patch(row, { name: newName }),
      DivisionCodeChanged: (row, { newCode }) => patch(row, { code: newCode }),
      DivisionTransferred: (row, { toParent }) => patch(row, { parent: toParent }),
      DivisionDelisted: (row) => patch(row, { status: 'DELISTED' }),
    },
    honour: 'ignore',
    servicepoint: 'ignore',
    workforce: 'ignore',
  }),
};
