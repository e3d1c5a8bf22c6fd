/** Retired cadres (正常离任村干部): from the collection of the record over verification, notice and approval to the end of the
 *  allowance. Stream `retired-<recordId>`: one person's record in one village. People are references into the vault alone. Events and
 *  commands: retired-catalogue.ts. Mutations: graphql/derive/commands.ts. */
import type { Aggregate, DataOf, DecisionContext } from '../es/aggregate.ts';
import { streamOf } from '../es/event.ts';
import { type ActRule, actGuard, actingVillage, checkAuthority } from './act.ts';
import type { Act, AuthorityLevel } from './authority.ts';
import { type RetiredStatus, retiredCommands, retiredEvents } from './retired-catalogue.ts';
import { checkNotice, checkPosts, countMonths, monthAfter, refuseRetired as no } from './retired-rules.ts';
import { checkStandard, checkYears, type Tier } from './retired-tier.ts';
import type { World } from './world.ts';

type Collected = DataOf<typeof retiredEvents.RetiredCadreRecordCollected>;
interface RetiredRecord extends Pick<Collected, 'village' | 'posts' | 'leftOn'> {
  readonly status: RetiredStatus;
  readonly countedMonths?: number;
  readonly verifiedBy?: AuthorityLevel;
  readonly tier?: Tier;
  readonly endedBy?: string;
}
type RetiredState = RetiredRecord | null;
type Context = DecisionContext<World>;
type Decision<Name extends keyof typeof retiredCommands> = DataOf<(typeof retiredCommands)[Name]>;

/** What was collected outlives a village that is merged or abolished. */
const rule: ActRule = { alsoAfterEnd: true };

const to = (state: RetiredState, change: Partial<RetiredRecord>): RetiredState => state && { ...state, ...change };

export const retired: Aggregate<typeof retiredEvents, RetiredState, typeof retiredCommands, World> = {
  name: 'retired',
  events: retiredEvents,
  commands: retiredCommands,
  initial: null,
  guard: actGuard<keyof typeof retiredCommands>({
    collectRetiredRecord: rule,
    verifyRetiredService: rule,
    postRetiredNotice: rule,
    approveRetirementAllowance: rule,
    refuseRetirementAllowance: rule,
    suspendRetirementAllowance: rule,
    resumeRetirementAllowance: rule,
    ceaseRetirementAllowance: rule,
    recomputeRetirementAllowance: rule,
  }),
  reads: {
    // Every record of a village names it: so a second one of the same person is found, however fast it comes.
    collectRetiredRecord: ({ village }) => [streamOf('village', village)],
    approveRetirementAllowance: ({ standard }) => (standard ? [streamOf('standard', standard)] : []),
    recomputeRetirementAllowance: ({ standard }) => (standard ? [streamOf('standard', standard)] : []),
  },

  evolve: {
    EventVoided: (state) => state,
    RetiredCadreRecordCollected: (_, { village, posts, leftOn }) => ({ status: 'COLLECTED', village, posts, leftOn }),
    RetiredServiceVerified: (state, { countedMonths, verifiedBy }) =>
      to(state, { status: 'VERIFIED', countedMonths, verifiedBy }),
    RetiredNoticePosted: (state) => to(state, { status: 'POSTED' }),
    RetirementAllowanceApproved: (state, { tier }) => to(state, { status: 'APPROVED', tier }),
    RetirementAllowanceRefused: (state) => to(state, { status: 'REFUSED' }),
    RetirementAllowanceSuspended: (state) => to(state, { status: 'SUSPENDED' }),
    RetirementAllowanceResumed: (state) => to(state, { status: 'APPROVED' }),
    RetirementAllowanceCeased: (state, { cause }) => to(state, { status: 'CEASED', endedBy: cause }),
    RetirementAllowanceRecomputed: (state, { newTier }) => to(state, { tier: newTier }),
  },

  decide: {
    collectRetiredRecord: (data, state, context) => {
      if (state) return no.ALREADY_COLLECTED();
      decidedFor('RETIRED_COLLECT', data, context);
      checkCollected(data, context);
      return [{ type: 'RetiredCadreRecordCollected', data }];
    },
    verifyRetiredService: (data, state, context) => {
      const { village, posts } = standing(state, 'COLLECTED', 'VERIFIED', 'POSTED', 'REFUSED');
      const verifiedBy = decidedFor('RETIRED_REVIEW', { village }, context);
      const counted = countMonths(posts, data.interruptions, data.countingRule);
      if (data.countedMonths !== counted) {
        return no.COUNTED_MONTHS(`${data.countedMonths} months are given; the rule gives ${counted}.`, { counted });
      }
      return [{ type: 'RetiredServiceVerified', data: { village, ...data, verifiedBy } }];
    },
    postRetiredNotice: (data, state, context) => {
      const { village, status } = standing(state, 'COLLECTED', 'VERIFIED', 'POSTED', 'REFUSED');
      decidedFor('RETIRED_REVIEW', { village }, context);
      if (status !== 'VERIFIED' && status !== 'POSTED') return no.NOT_VERIFIED();
      checkNotice(data, context);
      return [{ type: 'RetiredNoticePosted', data: { village, ...data } }];
    },
    approveRetirementAllowance: (data, state, context) => {
      const { village } = approvable(standing(state, 'COLLECTED', 'VERIFIED', 'POSTED', 'REFUSED'), data, context);
      return [{ type: 'RetirementAllowanceApproved', data: { village, ...data } }];
    },
    refuseRetirementAllowance: (data, state, context) => {
      const { village, status } = standing(state, 'COLLECTED', 'VERIFIED', 'POSTED', 'REFUSED');
      decidedFor('RETIRED_APPROVE', { village }, context);
      if (status === 'COLLECTED') return no.NOT_VERIFIED();
      if (status === 'REFUSED') return [];
      return [{ type: 'RetirementAllowanceRefused', data: { village, ...data } }];
    },
    suspendRetirementAllowance: (data, state, context) => {
      const { village, status } = decided(state, context);
      if (status !== 'APPROVED') return no.NOT_RUNNING();
      return [{ type: 'RetirementAllowanceSuspended', data: { village, ...data } }];
    },
    resumeRetirementAllowance: (data, state, context) => {
      const { village, status } = decided(state, context);
      if (diedBefore(data.from, context)) return no.AFTER_DEATH();
      if (status !== 'SUSPENDED') return no.NOT_SUSPENDED();
      return [{ type: 'RetirementAllowanceResumed', data: { village, ...data } }];
    },
    ceaseRetirementAllowance: ({ cause, from }, state, context) => {
      const { village, status, endedBy } = decided(state, context);
      if (status === 'CEASED' && endedBy === cause) return [];
      if (status !== 'APPROVED' && status !== 'SUSPENDED') return no.NOT_RUNNING();
      if (cause === 'DEATH' && from === undefined) return no.DEATH_WITHOUT_MONTH();
      const data = { village, cause, from: from ?? monthAfter(context.effectiveOn) };
      return [{ type: 'RetirementAllowanceCeased', data }];
    },
    recomputeRetirementAllowance: (data, state, context) => {
      const record = decided(state, context);
      const { village, status, tier } = record;
      if ((status !== 'APPROVED' && status !== 'SUSPENDED') || !tier) return no.NOT_RUNNING();
      checkDue(record, data.from);
      checkYears(data.newTier, record.countedMonths ?? 0);
      checkStandard(data.standard, data.newTier, context);
      return [{ type: 'RetirementAllowanceRecomputed', data: { village, oldTier: tier, ...data } }];
    },
  },
};

/** Whether the body may decide the act for the village; its level. Errors: those of `actingVillage` and `checkAuthority`. */
function decidedFor(act: Act, { village }: { village: string }, context: Context): AuthorityLevel {
  return checkAuthority(act, context, actingVillage(village, rule, context));
}

/** The record, where it stands at one of these. Errors: `E_NOT_FOUND`, `E_ALREADY_EXISTS`. */
function standing(state: RetiredState, ...statuses: RetiredStatus[]): RetiredRecord {
  if (!state) return no.NOT_COLLECTED();
  return statuses.includes(state.status) ? state : no.ALREADY_DECIDED(`It is ${state.status} on that day.`);
}

/** The record whose allowance the county decides on. */
function decided(state: RetiredState, context: Context): RetiredRecord {
  if (!state) return no.NOT_COLLECTED();
  decidedFor('RETIRED_APPROVE', state, context);
  return state;
}

function checkCollected(data: Decision<'collectRetiredRecord'>, { self, related, world, effectiveOn }: Context): void {
  const { personRef, village, leaveReason, posts, leftOn } = data;
  if (leaveReason !== 'NORMAL') no.NOT_NORMAL(`The person left otherwise: ${leaveReason}.`);
  checkPosts(posts, leftOn);
  if (leftOn > effectiveOn) no.STILL_IN_OFFICE(`The person is in office until ${leftOn}.`);
  if (world.officeHolders(village, effectiveOn)?.includes(personRef)) no.STILL_IN_OFFICE();
  const other = related(streamOf('village', village)).find(
    (event) =>
      event.type === 'RetiredCadreRecordCollected' &&
      event.stream !== streamOf('retired', self) &&
      (event.data as Collected).personRef === personRef,
  );
  if (other) no.ALREADY_COLLECTED(undefined, { record: other.stream.slice('retired-'.length) });
}

/** The record whose allowance may be approved as the command says. */
function approvable(
  record: RetiredRecord,
  data: Decision<'approveRetirementAllowance'>,
  context: Context,
): RetiredRecord {
  const level = decidedFor('RETIRED_APPROVE', record, context);
  if (record.countedMonths === undefined) return no.NOT_VERIFIED();
  if (record.status !== 'POSTED') return no.NOT_POSTED();
  if (level === record.verifiedBy) no.SAME_LEVEL(`${level} verified the service.`);
  if (data.inPensionScheme && data.excludesPensioners) no.IN_PENSION_SCHEME();
  checkDue(record, data.from);
  checkYears(data.tier, record.countedMonths);
  checkStandard(data.standard, data.tier, context);
  return record;
}

function checkDue({ leftOn }: RetiredRecord, from: string): void {
  if (from <= leftOn.slice(0, 7)) no.DUE_TOO_EARLY(`The person left office on ${leftOn}.`);
}

/** Whether the log has a death, on whatever day it is recorded, from whose month on nothing is due. */
function diedBefore(from: string, { history }: Context): boolean {
  return history.some(({ type, data }) => {
    const ended = data as DataOf<typeof retiredEvents.RetirementAllowanceCeased>;
    return type === 'RetirementAllowanceCeased' && ended.cause === 'DEATH' && from >= ended.from;
  });
}
