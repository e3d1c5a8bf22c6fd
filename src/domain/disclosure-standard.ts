/** Standards of disclosure, such as the 五化. Their dimensions are data: what a document names, and nothing else. Stream
 *  `disclosurestandard-<id>`. Mutations: graphql/derive/commands.ts. */
import { z } from 'zod';
import type { Aggregate } from '../es/aggregate.ts';
import { actGuard, checkAuthority } from './act.ts';
import { corrections } from './corrections.ts';
import { Dimension } from './disclosure-standard-terms.ts';
import { refusals } from './refusals.ts';
import { DivisionCode } from './scalars.ts';
import { command, event, text } from './vocabulary.ts';
import type { World } from './world.ts';

const no = refusals('disclosurestandard', {
  FIVE_DIMENSIONS: {
    code: 'E_FIGURE_INVALID',
    when: 'The standard WUHUA (村务公开“五化”) has exactly five dimensions.',
    source: '村务公开“五化”',
    remedy: 'Give the five that the document names.',
  },
  DEFINED_ALREADY: {
    code: 'E_ALREADY_EXISTS',
    when: 'The standard was defined already.',
    source: 'log',
    remedy: 'Define a new standard, or correct the event.',
  },
});

const defined = {
  code: z
    .string()
    .regex(/^[A-Z][A-Z0-9_]{0,39}$/, 'is not a code in capital letters')
    .describe('Code of the standard: WUHUA for 村务公开“五化”.'),
  name: text(120).describe('Its name.'),
  scope: DivisionCode.describe('Code of the division in which it holds.'),
  dimensions: z.array(Dimension).min(1).max(20).describe('Its dimensions.'),
};

// Names and shapes are the stored format: add, never rename; a changed meaning is a new name.
export const disclosureStandardEvents = {
  ...corrections,
  DisclosureStandardDefined: event(
    'A standard of disclosure was defined; effectiveOn is the day from which it holds.',
    defined,
    {
      zh: '村务公开标准确定',
    },
  ),
};
const disclosureStandardCommands = {
  defineDisclosureStandard: command(
    'Define a standard of disclosure; effectiveOn is the day from which it holds.',
    defined,
    {
      zh: '确定村务公开标准',
      creates: true,
      rule: ({ dimensions }) =>
        new Set(dimensions.map(({ code }) => code)).size < dimensions.length
          ? { path: 'dimensions', message: 'names a dimension twice' }
          : undefined,
    },
  ),
};
interface DisclosureStandardState {
  readonly isDefined: boolean;
}

export const disclosureStandard: Aggregate<
  typeof disclosureStandardEvents,
  DisclosureStandardState,
  typeof disclosureStandardCommands,
  World
> = {
  name: 'disclosurestandard',
  events: disclosureStandardEvents,
  commands: disclosureStandardCommands,
  initial: { isDefined: false },
  guard: actGuard<keyof typeof disclosureStandardCommands>({ defineDisclosureStandard: { mayLieAhead: true } }),
  evolve: {
    EventVoided: (state) => state,
    DisclosureStandardDefined: () => ({ isDefined: true }),
  },
  decide: {
    defineDisclosureStandard: (data, state, context) => {
      if (state.isDefined) return no.DEFINED_ALREADY();
      checkAuthority('DISCLOSURE_STANDARD', context, data.scope);
      if (data.code === 'WUHUA' && data.dimensions.length !== 5) {
        return no.FIVE_DIMENSIONS(`It names ${data.dimensions.length} dimensions; WUHUA has five.`);
      }
      return [{ type: 'DisclosureStandardDefined', data }];
    },
  },
};
