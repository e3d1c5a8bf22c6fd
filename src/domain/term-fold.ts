/** What a village's terms come to: who sits, who is elected and not yet in office, and what decisions on it need. */
import type { Aggregate } from '../es/aggregate.ts';
import type { RecordedEvent } from '../es/event.ts';
import { evolve } from '../es/evolve.ts';
import { type AppraisalGrade, appraisalEvents } from './appraisal-catalogue.ts';
import { type Seat, seatOf } from './committee-seat.ts';
import { corrections } from './corrections.ts';
import { termEvents as electionEvents } from './term-catalogue.ts';

/** Events of the aggregate `term`. */
export const allTermEvents = { ...corrections, ...electionEvents, ...appraisalEvents };

export interface Seats {
  readonly viceChairs: number;
  readonly members: number;
}
interface Formed {
  readonly number: number;
  readonly electedOn: string;
  readonly handedOver: boolean;
}
export interface TermState {
  /** The term that runs, or holds over. */
  readonly term?: Formed & { readonly endsOn: string; readonly seats?: Seats; readonly size: number };
  readonly members: readonly Seat[];
  /** Elected, and not yet in office. */
  readonly pending?: Formed & { readonly round: number; readonly elected: readonly Seat[] };
  /** As approved for the next election. */
  readonly seats?: Seats;
  readonly commission: readonly string[];
  readonly voterList?: { readonly publishedOn: string };
  /** Whose recall was asked for and is not voted on. */
  readonly petitioned: readonly string[];
  /** The last two grades of each member. */
  readonly grades: Readonly<Record<string, readonly AppraisalGrade[]>>;
  readonly pilotYear?: number;
}

const without = <T>(map: Readonly<Record<string, T>>, key: string): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(map).filter(([each]) => each !== key));

/** Puts people on seats; who sat on another one leaves it. */
const seated = (members: readonly Seat[], elected: readonly Seat[]): readonly Seat[] => [
  ...members.filter(({ personRef }) => !elected.some((each) => each.personRef === personRef)),
  ...elected,
];

function left(state: TermState, who: string): TermState {
  return {
    ...state,
    members: state.members.filter(({ personRef }) => personRef !== who),
    petitioned: state.petitioned.filter((each) => each !== who),
    grades: without(state.grades, who),
  };
}

const dated = (state: TermState, { newEndsOn }: { newEndsOn: string }): TermState =>
  state.term ? { ...state, term: { ...state.term, endsOn: newEndsOn } } : state;

/** Seats of a committee: the head is one more than the others. */
export const sizeOf = ({ viceChairs, members }: Seats): number => 1 + viceChairs + members;

type Fold = Aggregate<typeof allTermEvents, TermState, never>;

export const termFold: Pick<Fold, 'name' | 'events' | 'initial' | 'evolve'> = {
  name: 'term',
  events: allTermEvents,
  initial: { members: [], commission: [], petitioned: [], grades: {} },
  evolve: {
    EventVoided: (state) => state,
    CommitteeSeatsApproved: (state, { viceChairs, members }) => ({ ...state, seats: { viceChairs, members } }),
    ElectionCommissionFormed: (state, { memberRefs }) => ({ ...state, commission: memberRefs }),
    VoterListPublished: (state, _, { event }) => ({ ...state, voterList: { publishedOn: event.effectiveOn } }),
    VoterObjectionDecided: (state) => state,
    CommitteeElected: (state, { termNumber, ballotRound, results }, { event }) => {
      const elected = results.filter((each) => each.elected).map(seatOf);
      const before = state.pending?.number === termNumber ? state.pending : undefined;
      const formed = before ?? { number: termNumber, electedOn: event.effectiveOn, handedOver: false, elected: [] };
      return { ...state, pending: { ...formed, round: ballotRound, elected: seated(formed.elected, elected) } };
    },
    TermStarted: ({ pending, ...state }, { termNumber, plannedEndsOn }, { event }) => {
      const members = pending?.elected ?? state.members;
      return {
        ...state,
        members,
        commission: [],
        voterList: undefined,
        petitioned: [],
        term: {
          number: termNumber,
          electedOn: pending?.electedOn ?? event.effectiveOn,
          handedOver: pending?.handedOver ?? false,
          endsOn: plannedEndsOn,
          seats: state.seats,
          size: state.seats ? sizeOf(state.seats) : members.length,
        },
      };
    },
    TermRanOut: (state) => state,
    TermExtended: dated,
    TermShortened: dated,
    HandoverCompleted: (state) => {
      if (state.pending) return { ...state, pending: { ...state.pending, handedOver: true } };
      return state.term ? { ...state, term: { ...state.term, handedOver: true } } : state;
    },
    MemberResigned: (state, { personRef }) => left(state, personRef),
    MemberOfficeTerminated: (state, { personRef }) => left(state, personRef),
    RecallPetitioned: (state, { personRef }) => ({
      ...state,
      petitioned: [...state.petitioned.filter((each) => each !== personRef), personRef],
    }),
    MemberRecalled: (state, { personRef }) => left(state, personRef),
    RecallRejected: (state, { personRef }) => ({
      ...state,
      petitioned: state.petitioned.filter((each) => each !== personRef),
    }),
    MemberByElected: (state, { results }) => ({
      ...state,
      members: seated(state.members, results.filter((each) => each.elected).map(seatOf)),
      commission: [],
      voterList: undefined,
    }),
    NonHukouPilotDesignated: (state, { year }) => ({ ...state, pilotYear: year }),
    DemocraticAppraisalHeld: (state, { results }) => ({
      ...state,
      grades: {
        ...state.grades,
        ...Object.fromEntries(
          results.map(({ personRef, grade }) => [personRef, [...(state.grades[personRef] ?? []), grade].slice(-2)]),
        ),
      },
    }),
    AccountabilityAuditPublished: (state) => state,
  },
};

/** Who sits on a village's committee on a day, or was elected to it, by the events of its terms. */
export function committeeOn(events: readonly RecordedEvent[], village: string, day: string): readonly Seat[] {
  const { members, pending } = events
    .filter(({ effectiveOn }) => effectiveOn <= day)
    .reduce((state, each) => evolve(termFold, state, each, village) as TermState, termFold.initial);
  return pending ? [...members, ...pending.elected] : members;
}
