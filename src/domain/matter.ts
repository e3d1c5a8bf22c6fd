/** Matters of deliberation (协商事项): raised, called to a meeting, held, resolved, published, carried out. Stream
 *  `matter-<id>`: one matter; each event names its village. Events and commands: matter-catalogue.ts. Mutations:
 *  graphql/derive/commands.ts. */
import type { Aggregate, DataOf, DecisionContext } from '../es/aggregate.ts';
import { actGuard, actingVillage, checkAuthority } from './act.ts';
import { matterCommands, matterEvents } from './matter-catalogue.ts';
import { checkNotice, checkPartyStudy, checkPresence, isAssembly, refuseMatter as no } from './matter-rules.ts';
import type { World } from './world.ts';

type Meeting = Pick<
  DataOf<typeof matterEvents.DeliberationConvened>,
  'form' | 'noticeOn' | 'startsAt' | 'termNumber' | 'session'
>;
type Step = 'NONE' | 'RAISED' | 'CONVENED' | 'HELD' | 'RESOLVED' | 'PUBLISHED' | 'IMPLEMENTED' | 'BLOCKED' | 'REFERRED';

export interface MatterState {
  readonly step: Step;
  readonly village?: string;
  readonly category?: string;
  readonly reserved: boolean;
  readonly meeting?: Meeting;
  readonly attended?: number;
  readonly outcome?: 'ADOPTED' | 'REJECTED' | 'DEFERRED';
  readonly isPublished: boolean;
}
type Context = DecisionContext<World>;

/** The village of a matter that stands at one of the steps, once its committee may act. Errors: `E_NOT_FOUND`, `E_STEP_ORDER`. */
function at(state: MatterState, context: Context, ...steps: Step[]): string {
  if (state.village === undefined) return no.UNKNOWN();
  if (!steps.includes(state.step)) {
    return no.STEP_ORDER(`The matter stands at ${state.step}; the act follows ${steps.join(', ')}.`, {
      step: state.step,
    });
  }
  checkAuthority('DELIBERATION_HOLD', context, actingVillage(state.village, {}, context));
  return state.village;
}

/** The village of a matter on which a resolution was adopted. Errors: `E_STEP_ORDER` besides those of `at`. */
function adopted(state: MatterState, context: Context): string {
  if (state.village !== undefined && state.outcome !== 'ADOPTED') return no.NOT_ADOPTED();
  return at(state, context, 'RESOLVED', 'PUBLISHED', 'IMPLEMENTED', 'BLOCKED');
}

const flagsOf = <Flag extends string>(flag: Flag, raised: boolean): { flags?: Flag[] } =>
  raised ? { flags: [flag] } : {};
const early = ({ isPublished }: MatterState) => flagsOf('BEFORE_PUBLICATION', !isPublished);

export const matter: Aggregate<typeof matterEvents, MatterState, typeof matterCommands, World> = {
  name: 'matter',
  events: matterEvents,
  commands: matterCommands,
  initial: { step: 'NONE', reserved: false, isPublished: false },
  guard: actGuard<keyof typeof matterCommands>({
    raiseMatter: {},
    // A meeting may be called for a day to come.
    conveneDeliberation: { mayLieAhead: true },
    recordDeliberation: {},
    decideMatter: {},
    publishResolution: {},
    reportImplementation: {},
    reportBlockedResolution: {},
    referMatterUp: {},
  }),

  evolve: {
    EventVoided: (state) => state,
    MatterRaised: (state, { village, category, reservedToAssembly }) => ({
      ...state,
      step: 'RAISED',
      village,
      category,
      reserved: reservedToAssembly ?? false,
    }),
    DeliberationConvened: (state, { form, noticeOn, startsAt, termNumber, session }) => ({
      ...state,
      step: 'CONVENED',
      meeting: { form, noticeOn, startsAt, termNumber, session },
    }),
    DeliberationHeld: (state, { attended }) => ({ ...state, step: 'HELD', attended }),
    MatterResolved: (state, { outcome }) => ({ ...state, step: 'RESOLVED', outcome }),
    ResolutionPublished: (state) => ({
      ...state,
      step: state.step === 'RESOLVED' ? 'PUBLISHED' : state.step,
      isPublished: true,
    }),
    ResolutionImplemented: (state) => ({ ...state, step: 'IMPLEMENTED' }),
    ResolutionBlocked: (state) => ({ ...state, step: 'BLOCKED' }),
    MatterReferredToTownship: (state) => ({ ...state, step: 'REFERRED' }),
  },

  decide: {
    raiseMatter: (data, state, context) => {
      if (state.step !== 'NONE') return no.STEP_ORDER('The matter was raised already.');
      checkAuthority('DELIBERATION_HOLD', context, actingVillage(data.village, {}, context));
      checkPartyStudy(data.important, data.partyStudyOn, context);
      return [{ type: 'MatterRaised', data }];
    },
    conveneDeliberation: (data, state, context) => {
      const isDeferred = state.step === 'RESOLVED' && state.outcome === 'DEFERRED';
      const village = at(state, context, 'RAISED', 'CONVENED', 'HELD', ...(isDeferred ? (['RESOLVED'] as const) : []));
      checkNotice(data.form, data.noticeOn, context);
      const affected = data.participants?.some(({ category, count }) => category === 'OTHER_STAKEHOLDER' && count > 0);
      const flags = flagsOf('NO_AFFECTED_PARTY', state.category === 'DISPUTE' && !affected);
      return [{ type: 'DeliberationConvened', data: { village, ...data, ...flags } }];
    },
    recordDeliberation: (data, state, context) => {
      const village = at(state, context, 'CONVENED');
      if (!state.meeting) return no.STEP_ORDER();
      checkPresence(state.meeting.form, data.attended, data.eligible, context);
      return [{ type: 'DeliberationHeld', data: { village, ...state.meeting, ...data } }];
    },
    decideMatter: (data, state, context) => {
      const village = at(state, context, 'HELD');
      const { attended = 0, meeting, reserved } = state;
      const votes = data.inFavour + data.against + data.abstained;
      if (votes !== attended) return no.VOTES_SUM(`${votes} votes; ${attended} were there.`, { votes, attended });
      if (data.outcome === 'ADOPTED' && data.inFavour * 2 <= attended) return no.NOT_MAJORITY();
      const authorised = data.authorisedOn !== undefined && data.authorisedOn <= context.effectiveOn;
      if (reserved && !authorised && !(meeting && isAssembly(meeting.form))) return no.RESERVED();
      return [{ type: 'MatterResolved', data: { village, ...data } }];
    },
    publishResolution: (data, state, context) => {
      if (state.isPublished) return [];
      const village = at(state, context, 'RESOLVED', 'IMPLEMENTED', 'BLOCKED');
      return [{ type: 'ResolutionPublished', data: { village, ...data } }];
    },
    reportImplementation: (data, state, context) => {
      const village = adopted(state, context);
      if (state.step === 'IMPLEMENTED') return [];
      return [{ type: 'ResolutionImplemented', data: { village, ...data, ...early(state) } }];
    },
    reportBlockedResolution: (data, state, context) => {
      const village = adopted(state, context);
      if (state.step === 'IMPLEMENTED') return no.STEP_ORDER('It was carried out already.');
      if (state.step === 'BLOCKED') return [];
      return [{ type: 'ResolutionBlocked', data: { village, ...data, ...early(state) } }];
    },
    referMatterUp: (data, state, context) => {
      if (state.step === 'REFERRED') return [];
      const village = at(state, context, 'RAISED', 'CONVENED', 'HELD', 'RESOLVED', 'PUBLISHED', 'BLOCKED');
      return [{ type: 'MatterReferredToTownship', data: { village, ...data } }];
    },
  },
};
