/** The one event of a division that moves villages too: both aggregates fold it. */
import { z } from 'zod';
import { streamOf } from '../es/event.ts';
import { DivisionId, IdentityRule, VillageId } from './scalars.ts';
import { event } from './vocabulary.ts';

export const DivisionTransferred = event(
  'A division passed to another one above it.',
  {
    fromParent: DivisionId.describe('Division above, before.'),
    toParent: DivisionId.describe('Division above, from then on.'),
    county: DivisionId.optional().describe('County that its villages lie in from then on.'),
    prefecture: DivisionId.optional().describe('Prefecture that its villages lie in from then on.'),
    villages: z
      .array(VillageId)
      .max(5_000)
      .describe('Villages that move with it; none where each has an event of its own.'),
    edition: z.int().min(2009).max(2999).optional().describe('Year of the edition that says so.'),
    rule: IdentityRule.optional().describe('The rule by which an import recognised the division.'),
  },
  { zh: '区划隶属变更', subjects: (data) => data.villages.map((id) => streamOf('village', id)) },
);
