/** People as references: registered or erased, what kinds of data are held, how often they were read. Nothing of who they are. */
import type { Projection } from '../src/es/projection.ts';
import { handlers } from './handlers.ts';

export type PersonRow = {
  readonly status: 'REGISTERED' | 'ERASED';
  /** The village whose clerks keep the data; null where none was named. */
  readonly village: string | null;
  /** JSON: field → { processingGround, retention, storedOn }. */
  readonly held: string;
  readonly accesses: number;
  readonly last_accessed_on: string | null;
  readonly erased_on: string | null;
};

export const persons: Projection<PersonRow> = {
  name: 'persons',
  version: 2,
  entity: 'person',
  columns: {
    status: 'text',
    village: 'text',
    held: 'text',
    accesses: 'integer',
    last_accessed_on: 'text',
    erased_on: 'text',
  },
  indexes: [['status']],
  handlers: handlers<'person', PersonRow>({
    person: {
      PersonRegistered: (row, { village = null }) =>
        row ?? { status: 'REGISTERED', village, held: '{}', accesses: 0, last_accessed_on: null, erased_on: null },
      PersonalDataStored: (row, { fields }, _, { effectiveOn }) => {
        if (row?.status !== 'REGISTERED') return row;
        const held = JSON.parse(row.held) as Record<string, object>;
        for (const { field, ...why } of fields) held[field] = { ...why, storedOn: effectiveOn };
        return { ...row, held: JSON.stringify(held) };
      },
      PersonalDataAccessed: (row, _, __, { effectiveOn }) =>
        row && { ...row, accesses: row.accesses + 1, last_accessed_on: effectiveOn },
      PersonKeyDestroyed: (row, _, __, { effectiveOn }) =>
        row && { ...row, status: 'ERASED', held: '{}', erased_on: effectiveOn },
    },
  }),
};
