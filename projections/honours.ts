/** Honours at any moment: title, holder, and whether it was revoked. */
import type { Projection } from '../src/es/projection.ts';
import { handlers } from './handlers.ts';

export type HonourRow = {
  readonly holder_type: string;
  readonly village: string | null;
  readonly division: string | null;
  readonly project: string | null;
  readonly title: string;
  readonly level: string;
  readonly conferred_by: string;
  readonly conferred_on: string;
  readonly batch: number | null;
  readonly document_number: string | null;
  readonly revoked_on: string | null;
};

export const honours: Projection<HonourRow> = {
  name: 'honours',
  version: 1,
  entity: 'honour',
  columns: {
    holder_type: 'text',
    village: 'text',
    division: 'text',
    project: 'text',
    title: 'text',
    level: 'text',
    conferred_by: 'text',
    conferred_on: 'text',
    batch: 'integer',
    document_number: 'text',
    revoked_on: 'text',
  },
  indexes: [['village']],
  handlers: handlers<'honour', HonourRow>({
    honour: {
      HonourConferred: (_, data, __, { effectiveOn }) => ({
        holder_type: data.holderType,
        village: data.village ?? null,
        division: data.division ?? null,
        project: data.project ?? null,
        title: data.title,
        level: data.level,
        conferred_by: data.conferredBy,
        conferred_on: effectiveOn,
        batch: data.batch ?? null,
        document_number: data.documentNumber ?? null,
        revoked_on: null,
      }),
      HonourRevoked: (row, _, __, { effectiveOn }) => row && { ...row, revoked_on: effectiveOn },
    },
  }),
};
