/** Disclosure of affairs (村务公开): what was published of which period, objections, orders, assessments. Stream
 *  `disclosure-<villageId>`: all of one village's. What is overdue is no event: graphql/disclosure-board.ts tells it for any
 *  day. A wrong disclosure is corrected by sending it again with `corrects`. Mutations: graphql/derive/commands.ts. */
import type { Aggregate, DecisionContext } from '../es/aggregate.ts';
import { streamOf } from '../es/event.ts';
import { actingVillage, checkAuthority, villageGuard } from './act.ts';
import { disclosureCommands, disclosureEvents } from './disclosure-catalogue.ts';
import { firstDayOf } from './disclosure-period.ts';
import { disclosureStandardEvents } from './disclosure-standard.ts';
import { refusals } from './refusals.ts';
import type { World } from './world.ts';

const law = '村民委员会组织法';

const no = refusals('disclosure', {
  PUBLISHED_ALREADY: {
    code: 'E_ALREADY_EXISTS',
    when: 'The village published this category of this period in this phase already.',
    source: `${law} art. 30`,
    remedy: 'Send it again with `corrects`, the id of the event that is wrong.',
  },
  PERIOD_AHEAD: {
    code: 'E_FUTURE_OCCURRENCE',
    when: 'The period begins after the publication; only plans are disclosed before (事前).',
    source: '广东省村务公开条例（2014年修订）',
  },
  OBJECTION_UNKNOWN: { code: 'E_NOT_FOUND', when: 'There is no such objection on that day.', source: 'log' },
  WRONG_BODY: {
    code: 'E_NOT_AUTHORIZED',
    when: 'An objection is answered by the body before whom it was brought.',
    source: `${law} art. 30, 31`,
    remedy: 'Give in `decidedBy` the body that answered.',
  },
  STANDARD_UNKNOWN: {
    code: 'E_NOT_FOUND',
    when: 'No such standard of disclosure is in force on that day.',
    source: 'log',
    remedy: 'Send defineDisclosureStandard first.',
  },
  OTHER_DIMENSIONS: {
    code: 'E_FIGURE_INVALID',
    when: 'The dimensions are not those of the standard, each once.',
    source: 'the standard itself',
  },
});

interface Objection {
  readonly addressedTo: 'VILLAGE' | 'TOWNSHIP' | 'COUNTY';
  readonly isAnswered: boolean;
}
export interface DisclosureState {
  /** What was published: period, category and phase, each as one key. */
  readonly published: ReadonlySet<string>;
  readonly objections: Readonly<Record<number, Objection>>;
}
type Context = DecisionContext<World>;
type Published = { readonly period: string; readonly category: string; readonly phase: string };

const keyOf = ({ period, category, phase }: Published): string => `${period}:${category}:${phase}`;

export const disclosure: Aggregate<typeof disclosureEvents, DisclosureState, typeof disclosureCommands, World> = {
  name: 'disclosure',
  events: disclosureEvents,
  commands: disclosureCommands,
  initial: { published: new Set(), objections: {} },
  guard: villageGuard<keyof typeof disclosureCommands>({
    publishDisclosure: { act: 'DISCLOSURE_PUBLISH' },
    raiseDisclosureObjection: {},
    answerDisclosureObjection: {},
    orderDisclosure: { act: 'DISCLOSURE_ORDER' },
    assessDisclosure: { act: 'DISCLOSURE_ASSESS' },
  }),
  reads: { assessDisclosure: ({ standard }) => [streamOf('disclosurestandard', standard)] },

  evolve: {
    EventVoided: (state) => state,
    AffairsDisclosed: (state, data) => ({ ...state, published: new Set(state.published).add(keyOf(data)) }),
    DisclosureObjectionRaised: (state, { objection, addressedTo }) => ({
      ...state,
      objections: { ...state.objections, [objection]: { addressedTo, isAnswered: false } },
    }),
    DisclosureObjectionAnswered: (state, { objection }) => {
      const raised = state.objections[objection];
      if (!raised) return state;
      return { ...state, objections: { ...state.objections, [objection]: { ...raised, isAnswered: true } } };
    },
    DisclosureOrdered: (state) => state,
    DisclosureAssessed: (state) => state,
  },

  decide: {
    publishDisclosure: (data, state, { self, effectiveOn }) => {
      if (state.published.has(keyOf(data))) return no.PUBLISHED_ALREADY();
      if (data.phase !== 'BEFORE' && firstDayOf(data.period) > effectiveOn) return no.PERIOD_AHEAD();
      const { reviewedBySupervisionOn: reviewed } = data;
      const isReviewed = reviewed !== undefined && reviewed <= effectiveOn;
      const flags = isReviewed ? {} : { flags: ['WITHOUT_SUPERVISION_REVIEW' as const] };
      return [{ type: 'AffairsDisclosed', data: { village: self, ...data, ...flags } }];
    },
    raiseDisclosureObjection: (data, _, { self, history }) => {
      // Later days count too: a number is given once.
      const given = history.flatMap(({ type, data: said }) =>
        type === 'DisclosureObjectionRaised' ? [(said as { objection: number }).objection] : [],
      );
      const objection = Math.max(0, ...given) + 1;
      return [{ type: 'DisclosureObjectionRaised', data: { village: self, objection, ...data } }];
    },
    answerDisclosureObjection: (data, state, context) => {
      const raised = state.objections[data.objection];
      if (!raised) return no.OBJECTION_UNKNOWN();
      checkAnswering(raised.addressedTo, context);
      if (raised.isAnswered) return [];
      return [{ type: 'DisclosureObjectionAnswered', data: { village: context.self, ...data } }];
    },
    orderDisclosure: (data, _, { self }) => [{ type: 'DisclosureOrdered', data: { village: self, ...data } }],
    assessDisclosure: (data, _, context) => {
      checkDimensions(data.standard, data.results, context);
      const allMet = data.results.every(({ met }) => met);
      return [{ type: 'DisclosureAssessed', data: { village: context.self, ...data, allMet } }];
    },
  },
};

/** Errors: `E_NOT_AUTHORIZED`. */
function checkAnswering(addressedTo: Objection['addressedTo'], context: Context): void {
  const village = actingVillage(context.self, {}, context);
  const level = context.decidedBy?.level ?? 'VILLAGE';
  // Where there are no counties the city is the county.
  const fits = level === addressedTo || (addressedTo === 'COUNTY' && level === 'PREFECTURE');
  if (!fits) no.WRONG_BODY(`It was brought before the ${addressedTo}, not the ${level}.`, { addressedTo });
  checkAuthority(addressedTo === 'VILLAGE' ? 'DISCLOSURE_PUBLISH' : 'DISCLOSURE_ORDER', context, village);
}

/** Errors: `E_NOT_FOUND`, `E_FIGURE_INVALID`. */
function checkDimensions(
  standard: string,
  results: readonly { readonly dimension: string }[],
  { related, effectiveOn }: Context,
): void {
  const defined = related(streamOf('disclosurestandard', standard)).find(
    (event) => event.type === 'DisclosureStandardDefined' && event.effectiveOn <= effectiveOn,
  );
  const { data, schemaVersion } = defined ?? no.STANDARD_UNKNOWN();
  const { dimensions } = disclosureStandardEvents.DisclosureStandardDefined.decode(data, schemaVersion);
  const asked = dimensions.map(({ code }) => code).sort();
  const given = results.map(({ dimension }) => dimension).sort();
  if (asked.join() !== given.join()) {
    no.OTHER_DIMENSIONS(`The standard has ${asked.join(', ')}; given were ${given.join(', ')}.`, { dimensions: asked });
  }
}
