/** Standards of disclosure at any moment. */
import type { Projection } from '../src/es/projection.ts';
import { handlers } from './handlers.ts';

export type DisclosureStandardRow = {
  readonly code: string;
  readonly name: string;
  readonly scope: string;
  readonly in_force_from: string;
  /** The dimensions as JSON: { code, name, criteria? } each. */
  readonly dimensions: string;
};

export const disclosureStandards: Projection<DisclosureStandardRow> = {
  name: 'disclosure_standards',
  version: 1,
  entity: 'disclosurestandard',
  columns: { code: 'text', name: 'text', scope: 'text', in_force_from: 'text', dimensions: 'text' },
  indexes: [],
  handlers: handlers<'disclosurestandard', DisclosureStandardRow>({
    disclosurestandard: {
      DisclosureStandardDefined: (_, { code, name, scope, dimensions }, __, { effectiveOn }) => ({
        code,
        name,
        scope,
        in_force_from: effectiveOn,
        dimensions: JSON.stringify(dimensions),
      }),
    },
  }),
};
