/** Committee terms (届): seats, elections, terms, recalls, by-elections, appraisals and audits of a village's committee. Stream
 *  `term-<villageId>`: all terms of one village. Events and commands: term-catalogue.ts, appraisal-catalogue.ts; the fold:
 *  term-fold.ts. Mutations: graphql/derive/commands.ts. */
import type { Aggregate, DecisionContext, Fact } from '../es/aggregate.ts';
import { streamOf } from '../es/event.ts';
import { checkAuthority, villageGuard } from './act.ts';
import { appraisalCommands } from './appraisal-catalogue.ts';
import { decideAppraisal, decideAudit } from './appraisal-rules.ts';
import { checkEligible, checkSeats, checkVotes, lawOf, refuseBallot, ruleValue } from './ballot-rules.ts';
import { daysBetween, yearsAfter } from './calendar-days.ts';
import { type BallotResult, seatOf } from './committee-seat.ts';
import { decideRecallPetition, decideRecallVote } from './recall-rules.ts';
import { termCommands } from './term-catalogue.ts';
import { type allTermEvents, sizeOf, type TermState, termFold } from './term-fold.ts';
import { refuseTerm as no } from './term-rules.ts';
import type { World } from './world.ts';

type TermFact = Fact<typeof allTermEvents>;
type Context = DecisionContext<World>;

const commands = { ...termCommands, ...appraisalCommands };
type Data<Name extends keyof typeof commands> = (typeof commands)[Name]['_output'];

const supervision = (_: unknown, self: string) => [streamOf('supervision', self)];

export const term: Aggregate<typeof allTermEvents, TermState, typeof commands, World> = {
  ...termFold,
  commands,
  reads: { recordElection: supervision, recordByElection: supervision, recordAppraisal: supervision },
  guard: villageGuard<keyof typeof commands>({
    approveCommitteeSeats: { act: 'SEATS_APPROVE' },
    formElectionCommission: { act: 'ELECTION_HOLD' },
    publishVoterList: { act: 'ELECTION_HOLD' },
    decideVoterObjections: { act: 'ELECTION_HOLD' },
    recordElection: { act: 'ELECTION_HOLD' },
    startTerm: { act: 'ELECTION_HOLD' },
    extendTerm: { act: 'ELECTION_DATE_APPROVE' },
    advanceElection: { act: 'ELECTION_DATE_APPROVE' },
    completeHandover: { act: 'HANDOVER_SUPERVISE' },
    acceptResignation: { act: 'ELECTION_HOLD' },
    // Whoever asks for it: the decision says first that nobody may remove, then who records an end.
    terminateOffice: {},
    petitionRecall: { act: 'ELECTION_HOLD' },
    recordRecallVote: { act: 'ELECTION_HOLD' },
    recordByElection: { act: 'ELECTION_HOLD' },
    designateNonHukouPilot: { act: 'PILOT_DESIGNATE' },
    recordAppraisal: { act: 'APPRAISAL_HOLD' },
    publishAudit: { act: 'AUDIT_ORGANISE' },
  }),

  decide: {
    approveCommitteeSeats: decideSeats,
    formElectionCommission: (data, _, { self }) => [
      { type: 'ElectionCommissionFormed', data: { village: self, ...data } },
    ],
    publishVoterList: decideVoterList,
    decideVoterObjections: decideObjections,
    recordElection: decideElection,
    startTerm: (_, { pending }, context) => {
      const { self: village, effectiveOn } = context;
      if (!pending) return no.NOT_ELECTED();
      const endsOn = yearsAfter(effectiveOn, ruleValue(`TERM_YEARS_${lawOf(context)}`, context));
      const termNumber = pending.number;
      return [
        { type: 'TermStarted', data: { village, termNumber, plannedEndsOn: endsOn } },
        { type: 'TermRanOut', data: { village, termNumber, endsOn }, effectiveOn: endsOn },
      ];
    },
    extendTerm: (data, state, context) => decideEnd('TermExtended', data, state, context),
    advanceElection: (data, state, context) => decideEnd('TermShortened', data, state, context),
    completeHandover: decideHandover,
    acceptResignation: ({ personRef }, { members }, { self }) => {
      if (!members.some((each) => each.personRef === personRef)) return no.NOT_A_MEMBER();
      return [{ type: 'MemberResigned', data: { village: self, personRef } }];
    },
    terminateOffice: decideTermination,
    petitionRecall: decideRecallPetition,
    recordRecallVote: decideRecallVote,
    recordByElection: decideByElection,
    designateNonHukouPilot: (data, { pilotYear }, { self }) =>
      pilotYear === data.year ? [] : [{ type: 'NonHukouPilotDesignated', data: { village: self, ...data } }],
    recordAppraisal: decideAppraisal,
    publishAudit: decideAudit,
  },
};

function decideSeats(data: Data<'approveCommitteeSeats'>, _: TermState, context: Context): TermFact[] {
  const size = sizeOf(data);
  const of = lawOf(context);
  if (size < ruleValue(`SEATS_MIN_${of}`, context) || size > ruleValue(`SEATS_MAX_${of}`, context)) {
    return no.SEATS_RANGE(`${size} seats are not what the law gives.`, { seats: size });
  }
  const { assemblyProposedOn } = data;
  if (assemblyProposedOn === undefined || assemblyProposedOn > context.effectiveOn) return no.SEATS_NOT_PROPOSED();
  return [{ type: 'CommitteeSeatsApproved', data: { village: context.self, ...data } }];
}

function decideVoterList(data: Data<'publishVoterList'>, _: TermState, context: Context): TermFact[] {
  const { self: village, effectiveOn } = context;
  checkLead(effectiveOn, data.electionOn, context);
  const consented = data.assemblyConsentedOn !== undefined && data.assemblyConsentedOn <= effectiveOn;
  if (data.nonHukou > 0 && !consented) return no.NON_HUKOU_CONSENT();
  return [{ type: 'VoterListPublished', data: { village, ...data } }];
}

function checkLead(publishedOn: string, electionOn: string, context: Context): void {
  const days = daysBetween(publishedOn, electionOn);
  if (days < ruleValue('VOTER_LIST_LEAD_DAYS', context)) no.VOTER_LIST_LEAD(`It is ${days} days before.`, { days });
}

function decideObjections(data: Data<'decideVoterObjections'>, { voterList }: TermState, context: Context): TermFact[] {
  const { filedOn } = data;
  if (!voterList || filedOn < voterList.publishedOn) return no.NO_VOTER_LIST();
  if (daysBetween(voterList.publishedOn, filedOn) > ruleValue('VOTER_OBJECTION_DAYS', context)) no.OBJECTION_LATE();
  const took = daysBetween(filedOn, context.effectiveOn);
  if (took < 0 || took > ruleValue('VOTER_DECISION_DAYS', context)) no.DECISION_LATE(`It took ${took} days.`);
  return [{ type: 'VoterObjectionDecided', data: { village: context.self, ...data } }];
}

const electedOf = (results: readonly BallotResult[]) => results.filter(({ elected }) => elected).map(seatOf);

type Flag = Extract<TermFact, { type: 'CommitteeElected' }>['data']['flags'][number];

/** What a ballot is flagged for. Errors: `E_DEADLINE` where its list of voters came too late. */
function ballotFlags(state: TermState, women: number, context: Context): Flag[] {
  const { voterList } = state;
  if (voterList) checkLead(voterList.publishedOn, context.effectiveOn, context);
  const withoutWomen = women < ruleValue('WOMEN_MIN', context);
  return [...(voterList ? [] : ['NO_VOTER_LIST' as const]), ...(withoutWomen ? ['NO_WOMAN' as const] : [])];
}

function decideElection(data: Data<'recordElection'>, state: TermState, context: Context): TermFact[] {
  const { termNumber, ballotRound, results } = data;
  const { pending } = state;
  const isRunOff = ballotRound > 1;
  const last = isRunOff ? pending?.number : state.term && state.term.number + 1;
  if ((isRunOff || pending) && ballotRound !== (pending?.round ?? 0) + 1) return refuseBallot.ROUND();
  if (last !== undefined && termNumber !== last) {
    return refuseBallot.TERM_NUMBER(`It would be term ${last}, not ${termNumber}.`);
  }
  checkVotes(data, isRunOff, context);
  const elected = electedOf(results);
  const before = pending?.elected ?? [];
  const seats = state.seats ? sizeOf(state.seats) : elected.length;
  if (!isRunOff && results.length <= seats) refuseBallot.TOO_FEW_CANDIDATES(`${results.length} stand for ${seats}.`);
  const sitting = [...before, ...elected];
  checkSeats(sitting, state.seats, context);
  checkEligible(elected, sitting, data, state.commission, context);
  const flags = ballotFlags(state, sitting.filter(({ woman }) => woman).length, context);
  return [{ type: 'CommitteeElected', data: { village: context.self, ...data, flags } }];
}

function decideByElection(data: Data<'recordByElection'>, state: TermState, context: Context): TermFact[] {
  const { term: current, members, commission } = state;
  if (!current) return no.NO_TERM();
  if (data.endsOn !== undefined && data.endsOn > current.endsOn) return refuseBallot.ENDS_LATER();
  const elected = electedOf(data.results);
  if (elected.length === 0) return refuseBallot.NOBODY();
  const others = members.filter(({ personRef }) => !elected.some((each) => each.personRef === personRef));
  const sitting = [...others, ...elected];
  const taken = (post: string) => sitting.filter((each) => each.post === post).length;
  const { seats, size } = current;
  const full = seats && (taken('VICE_CHAIR') > seats.viceChairs || taken('MEMBER') > seats.members);
  if (sitting.length > size || taken('CHAIR') > 1 || full) return refuseBallot.NO_VACANCY();
  if (data.results.length <= elected.length) refuseBallot.TOO_FEW_CANDIDATES();
  checkVotes(data, false, context);
  checkEligible(elected, sitting, data, commission, context);
  const flags = ballotFlags(state, sitting.filter(({ woman }) => woman).length, context);
  return [{ type: 'MemberByElected', data: { village: context.self, termNumber: current.number, ...data, flags } }];
}

function decideEnd(
  type: 'TermExtended' | 'TermShortened',
  data: Data<'extendTerm'>,
  { term: current }: TermState,
  { self: village, effectiveOn }: Context,
): TermFact[] {
  if (!current) return no.NO_TERM();
  const { newEndsOn, assemblyPassedOn, townshipReportedOn } = data;
  const inOrder =
    assemblyPassedOn !== undefined &&
    townshipReportedOn !== undefined &&
    assemblyPassedOn <= townshipReportedOn &&
    townshipReportedOn <= effectiveOn;
  if (!inOrder) return no.APPROVAL_STEPS();
  const { number: termNumber, endsOn: oldEndsOn } = current;
  if (newEndsOn === oldEndsOn) return [];
  if (type === 'TermExtended' && newEndsOn < oldEndsOn) return no.NOT_LATER();
  if (type === 'TermShortened' && newEndsOn > oldEndsOn) return no.NOT_EARLIER();
  return [
    { type, data: { village, termNumber, oldEndsOn, ...data } },
    { type: 'TermRanOut', data: { village, termNumber, endsOn: newEndsOn }, effectiveOn: newEndsOn },
  ];
}

function decideHandover(data: Data<'completeHandover'>, state: TermState, context: Context): TermFact[] {
  const formed = state.pending ?? state.term;
  if (!formed) return no.NOT_ELECTED();
  if (formed.handedOver) return no.HANDED_OVER();
  const days = daysBetween(formed.electedOn, context.effectiveOn);
  const flags = days > ruleValue('HANDOVER_DAYS', context) ? (['LATE_HANDOVER'] as const) : [];
  return [{ type: 'HandoverCompleted', data: { village: context.self, ...data, flags: [...flags] } }];
}

function decideTermination(data: Data<'terminateOffice'>, state: TermState, context: Context): TermFact[] {
  const { personRef, cause } = data;
  const { self: village, world, effectiveOn } = context;
  if (cause === 'OTHER' || cause === 'RECALLED') return no.REMOVAL_NOT_BY_VOTE();
  checkAuthority('ELECTION_HOLD', context, world.village(village, effectiveOn));
  if (!state.members.some((each) => each.personRef === personRef)) return no.NOT_A_MEMBER();
  const grades = state.grades[personRef] ?? [];
  if (cause === 'TWO_INCOMPETENT' && !(grades.length === 2 && grades.every((grade) => grade === 'INCOMPETENT'))) {
    return no.NOT_TWICE_INCOMPETENT();
  }
  return [{ type: 'MemberOfficeTerminated', data: { village, personRef, cause } }];
}
