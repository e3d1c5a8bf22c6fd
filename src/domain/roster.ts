/** Imports of the roster's editions: one stream an edition, `roster-<publisher>-<edition date>`; the villages' and
 *  divisions' own events carry the import as their correlationId. Written by src/roster, not by a mutation. */
import { z } from 'zod';
import type { Aggregate } from '../es/aggregate.ts';
import { plainGuard } from './act.ts';
import { corrections } from './corrections.ts';
import { refuse } from './refuse.ts';
import { LocalDate } from './scalars.ts';
import { command, count, event, part, text } from './vocabulary.ts';

const RuleCount = part('RuleCount', 'How many records a rule recognised.', {
  rule: text(40).describe('The rule (docs/identity.md).'),
  count: count().describe('Records.'),
});

const file = {
  edition: z.int().min(2009).max(2999).describe('Year of the edition.'),
  publisher: text(40).describe('Who publishes the roster: nbs, the National Bureau of Statistics.'),
  publishedOn: LocalDate.describe('Day of publication.'),
  fileSha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .describe('SHA-256 of the file, uncompressed, in hex.'),
  rows: count().describe('Rows of the file, header not counted.'),
  villages: count().describe('Rows of village level.'),
};

const events = {
  ...corrections,
  RosterImportStarted: event('The import of an edition began; its as-at day is effectiveOn.', file, {
    zh: '开始导入名录',
  }),
  RosterImportCompleted: event(
    'The import of an edition is complete.',
    {
      ...file,
      eventsAppended: count().describe('Events of villages, divisions and reviews that the import wrote.'),
      recognised: z.array(RuleCount).max(50).describe('Records by rule.'),
      reviews: count().describe('Cases left for a clerk.'),
    },
    { zh: '名录导入完成' },
  ),
};

const commands = {
  startRosterImport: command('Begin the import of an edition.', events.RosterImportStarted.shape, {
    zh: '开始导入名录',
  }),
  completeRosterImport: command('Close the import of an edition.', events.RosterImportCompleted.shape, {
    zh: '完成导入名录',
  }),
};

type RosterState =
  | { readonly status: 'NONE' }
  | { readonly status: 'STARTED' | 'COMPLETED'; readonly fileSha256: string };

/** Refuses another file than the one whose import was begun. */
function checkFile(
  { edition, fileSha256 }: { readonly edition: number; readonly fileSha256: string },
  state: { readonly fileSha256: string },
): void {
  if (state.fileSha256 === fileSha256) return;
  refuse('E_EDITION_CONFLICT', `Another file of the edition ${edition} was imported before.`, {
    fileSha256: state.fileSha256,
  });
}

export const roster: Aggregate<typeof events, RosterState, typeof commands> = {
  name: 'roster',
  events,
  commands,
  initial: { status: 'NONE' },
  guard: plainGuard,

  evolve: {
    EventVoided: (state) => state,
    RosterImportStarted: (_, { fileSha256 }) => ({ status: 'STARTED', fileSha256 }),
    RosterImportCompleted: (_, { fileSha256 }) => ({ status: 'COMPLETED', fileSha256 }),
  },

  decide: {
    startRosterImport: (data, state) => {
      if (state.status === 'NONE') return [{ type: 'RosterImportStarted', data }];
      checkFile(data, state);
      return [];
    },
    completeRosterImport: (data, state) => {
      if (state.status === 'NONE') return refuse('E_STEP_ORDER', 'The import was not begun.');
      checkFile(data, state);
      return state.status === 'COMPLETED' ? [] : [{ type: 'RosterImportCompleted', data }];
    },
  },
};
