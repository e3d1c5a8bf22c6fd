/** Village charters (村规民约, 居民公约): the rules that an assembly makes for its village, in five statutory steps: opinions,
 *  draft, review, vote, filing and publication. Stream `charter-<villageId>`: all versions of one village's charter. Events and commands: charter-catalogue.ts.
 *  Mutations: graphql/derive/commands.ts. */
import type { Aggregate, DecisionContext, Fact } from '../es/aggregate.ts';
import { refuseFuture, rosterDay, villageGuard } from './act.ts';
import { charterCommands, charterEvents } from './charter-catalogue.ts';
import { checkVote, refuseCharter as no } from './charter-rules.ts';
import type { World } from './world.ts';

/** The revision that is under way, step by step. */
interface Revision {
  readonly version: number;
  readonly step: 'OPEN' | 'OPINIONS' | 'DRAFTED' | 'UNDER_REVIEW' | 'REVIEWED' | 'ADOPTED' | 'FILED';
  readonly textSha256?: string;
}
export interface CharterState {
  /** Highest number of a version. */
  readonly versions: number;
  readonly revision?: Revision;
  readonly inForce?: { readonly version: number; readonly textSha256?: string; readonly correctionOrdered: boolean };
}
type CharterFact = Fact<typeof charterEvents>;
type Context = DecisionContext<World>;

const step = (state: CharterState, to: Revision['step'], change: Partial<Revision> = {}): CharterState =>
  state.revision ? { ...state, revision: { ...state.revision, ...change, step: to } } : state;

/** The revision, where it stands at one of the steps. Errors: `E_STEP_ORDER`. */
function at(state: CharterState, what: string, ...steps: Revision['step'][]): Revision {
  const { revision } = state;
  if (!revision) return no.NONE_OPEN();
  if (steps.includes(revision.step)) return revision;
  return no.STEP_ORDER(`${what} The revision stands at ${revision.step}.`, { step: revision.step });
}

function inForce(state: CharterState): NonNullable<CharterState['inForce']> {
  return state.inForce ?? no.NONE_IN_FORCE();
}

export const charter: Aggregate<typeof charterEvents, CharterState, typeof charterCommands, World> = {
  name: 'charter',
  events: charterEvents,
  commands: charterCommands,
  initial: { versions: 0 },
  guard: villageGuard<keyof typeof charterCommands>({
    openCharterRevision: { act: 'CHARTER_MAKE' },
    collectCharterOpinions: { act: 'CHARTER_MAKE' },
    draftCharter: { act: 'CHARTER_MAKE' },
    submitCharterForReview: { act: 'CHARTER_MAKE' },
    passCharterReview: { act: 'CHARTER_REVIEW' },
    returnCharterReview: { act: 'CHARTER_REVIEW' },
    adoptCharter: { act: 'CHARTER_MAKE' },
    fileCharter: { act: 'CHARTER_FILE' },
    publishCharter: { act: 'CHARTER_MAKE', mayLieAhead: true },
    orderCharterCorrection: { act: 'CHARTER_CORRECT' },
    correctCharter: { act: 'CHARTER_MAKE' },
    reviewCharterEnforcement: { act: 'CHARTER_MAKE' },
  }),

  evolve: {
    EventVoided: (state) => state,
    CharterRevisionOpened: (state, { version }) => ({
      ...state,
      versions: version,
      revision: { version, step: 'OPEN' },
    }),
    CharterOpinionsCollected: (state) => step(state, 'OPINIONS'),
    CharterDrafted: (state, { textSha256 }) => step(state, 'DRAFTED', { textSha256 }),
    CharterSubmittedForReview: (state) => step(state, 'UNDER_REVIEW'),
    CharterReviewPassed: (state) => step(state, 'REVIEWED'),
    CharterReviewReturned: (state) => step(state, 'OPINIONS'),
    CharterAdopted: (state) => step(state, 'ADOPTED'),
    CharterFiled: (state) => step(state, 'FILED'),
    CharterPublished: ({ versions, revision }, { version }) => ({
      versions,
      inForce: { version, textSha256: revision?.textSha256, correctionOrdered: false },
    }),
    CharterCorrectionOrdered: (state) =>
      state.inForce ? { ...state, inForce: { ...state.inForce, correctionOrdered: true } } : state,
    CharterCorrected: (state, { textSha256 }) =>
      state.inForce ? { ...state, inForce: { ...state.inForce, textSha256, correctionOrdered: false } } : state,
    CharterEnforcementReviewed: (state) => state,
  },

  decide: {
    openCharterRevision: (data, state, context) => {
      if (state.revision) return no.ALREADY_OPEN();
      checkKind(data.kind, context);
      return [{ type: 'CharterRevisionOpened', data: { village: context.self, version: state.versions + 1, ...data } }];
    },
    collectCharterOpinions: (data, state, context) => {
      at(state, 'Opinions come first.', 'OPEN', 'OPINIONS');
      if (data.from > context.effectiveOn) return no.PERIOD();
      return [{ type: 'CharterOpinionsCollected', data: { village: context.self, ...data } }];
    },
    draftCharter: (data, state, { self }) => {
      at(state, 'A draft follows the opinions.', 'OPINIONS', 'DRAFTED');
      return [{ type: 'CharterDrafted', data: { village: self, ...data } }];
    },
    submitCharterForReview: (_, state, { self }) => {
      const { textSha256 } = at(state, 'What is reviewed is a draft.', 'DRAFTED');
      return textSha256 === undefined
        ? no.NONE_OPEN()
        : [{ type: 'CharterSubmittedForReview', data: { village: self, textSha256 } }];
    },
    passCharterReview: (data, state, context) => review('CharterReviewPassed', data, state, context),
    returnCharterReview: (data, state, context) => review('CharterReviewReturned', data, state, context),
    adoptCharter: (data, state, context) => {
      const { textSha256 } = at(state, 'The vote follows the review.', 'REVIEWED');
      checkVote(data, context);
      if (textSha256 === undefined) return no.NONE_OPEN();
      return [{ type: 'CharterAdopted', data: { village: context.self, textSha256, ...data } }];
    },
    fileCharter: (data, state, context) => {
      const { textSha256 } = at(state, 'What is filed was adopted.', 'ADOPTED');
      if (textSha256 !== data.textSha256) return no.TEXT_CHANGED();
      const kind = context.world.village(context.self, rosterDay(context))?.kind;
      if (kind === 'VILLAGERS_COMMITTEE' && context.decidedBy?.level !== 'TOWNSHIP') return no.FILED_ELSEWHERE();
      return [{ type: 'CharterFiled', data: { village: context.self, ...data } }];
    },
    publishCharter: (data, state, context) => {
      const { version } = at(state, 'What is published is on file.', 'FILED');
      refuseFuture(data.publishedOn, context);
      if (data.publishedOn > context.effectiveOn) return no.IN_FORCE_EARLY();
      return [{ type: 'CharterPublished', data: { village: context.self, version, ...data } }];
    },
    orderCharterCorrection: (data, state, { self }) => {
      inForce(state);
      return [{ type: 'CharterCorrectionOrdered', data: { village: self, ...data } }];
    },
    correctCharter: ({ textSha256 }, state, { self }) => {
      if (!inForce(state).correctionOrdered) return no.NOTHING_ORDERED();
      return [{ type: 'CharterCorrected', data: { village: self, textSha256 } }];
    },
    reviewCharterEnforcement: (data, state, context) => {
      inForce(state);
      if (data.from > context.effectiveOn) return no.PERIOD();
      return [{ type: 'CharterEnforcementReviewed', data: { village: context.self, ...data } }];
    },
  },
};

function review(
  type: 'CharterReviewPassed' | 'CharterReviewReturned',
  data: { textSha256: string; findings?: string },
  state: CharterState,
  { self }: Context,
): CharterFact[] {
  const { textSha256 } = at(state, 'Nothing was put before the township.', 'UNDER_REVIEW');
  if (textSha256 !== data.textSha256) return no.OTHER_TEXT();
  return [{ type, data: { village: self, ...data } }];
}

function checkKind(kind: string, context: Context): void {
  const ofVillagers = context.world.village(context.self, rosterDay(context))?.kind === 'VILLAGERS_COMMITTEE';
  if (ofVillagers !== (kind === 'VILLAGE_RULES')) no.KIND();
}
