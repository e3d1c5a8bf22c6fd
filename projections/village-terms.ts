/** The committee of each village at any moment: its term, who sits, how they were elected, who supervises. */
import { type BallotResult, type Seat, type Supervisor, seatOf } from '../src/domain/committee-seat.ts';
import type { Projection } from '../src/es/projection.ts';
import { handlers, type Step } from './handlers.ts';
import { otherSystems, type Placed, placedColumns, placesOf, placing, rowOr } from './placed.ts';

/** How the term stands; `NONE` where none has begun. */
type Standing = 'NONE' | 'IN_OFFICE' | 'HOLDING_OVER';

type Own = {
  readonly term_number: number;
  readonly standing: Standing;
  readonly elected_on: string | null;
  readonly started_on: string | null;
  readonly planned_ends_on: string | null;
  /** Approved for the next election; 0 where none are. */
  readonly seats_approved: number;
  /** Of the term that runs. */
  readonly seats: number;
  /** JSON of `Seat[]`. */
  readonly members: string;
  readonly registered: number;
  readonly votes_cast: number;
  readonly handover_on: string | null;
  readonly late_handover: 0 | 1;
  /** JSON of `Elected`: the committee that is elected and not yet in office. */
  readonly pending: string | null;
  readonly pilot_year: number | null;
  readonly reserved_seats: number | null;
  /** JSON of `Supervisor[]`. */
  readonly supervisors: string;
  readonly supervision_head: string | null;
  readonly supervision_formed_on: string | null;
  /** JSON of the flags of the last change. */
  readonly supervision_flags: string;
};
export type VillageTermRow = Placed & Own;

/** A committee that waits for its term. */
export interface Elected {
  readonly termNumber: number;
  readonly electedOn: string;
  readonly registered: number;
  readonly votesCast: number;
  readonly members: readonly Seat[];
  readonly handoverOn: string | null;
  readonly isHandoverLate: boolean;
}

const own: Own = {
  term_number: 0,
  standing: 'NONE',
  elected_on: null,
  started_on: null,
  planned_ends_on: null,
  seats_approved: 0,
  seats: 0,
  members: '[]',
  registered: 0,
  votes_cast: 0,
  handover_on: null,
  late_handover: 0,
  pending: null,
  pilot_year: null,
  reserved_seats: null,
  supervisors: '[]',
  supervision_head: null,
  supervision_formed_on: null,
  supervision_flags: '[]',
};

const change =
  <Data>(pick: (data: Data, row: VillageTermRow, on: string) => Partial<Own>): Step<VillageTermRow, Data> =>
  (row, data, _, { effectiveOn }) => {
    const before = rowOr(row, own);
    return { ...before, ...pick(data, before, effectiveOn) };
  };

const one = (yes: boolean): 0 | 1 => (yes ? 1 : 0);

/** Members that a row holds. */
export const membersOf = ({ members }: Pick<Own, 'members'>): readonly Seat[] => JSON.parse(members) as Seat[];
export const supervisorsOf = ({ supervisors }: Pick<Own, 'supervisors'>): readonly Supervisor[] =>
  JSON.parse(supervisors) as Supervisor[];
export const electedOf = ({ pending }: Pick<Own, 'pending'>): Elected | null =>
  pending === null ? null : (JSON.parse(pending) as Elected);

const electedIn = (results: readonly BallotResult[]): readonly Seat[] =>
  results.filter(({ elected }) => elected).map(seatOf);

/** Puts people on seats; who sat on another one leaves it. */
const seated = (sitting: readonly Seat[], elected: readonly Seat[]): readonly Seat[] => [
  ...sitting.filter(({ personRef }) => !elected.some((each) => each.personRef === personRef)),
  ...elected,
];

const leaving = change(({ personRef }: { personRef: string }, row) => ({
  members: JSON.stringify(membersOf(row).filter((each) => each.personRef !== personRef)),
}));
const endMoved = change(({ newEndsOn }: { newEndsOn: string }, row, on) => ({
  planned_ends_on: newEndsOn,
  standing: row.standing === 'NONE' ? 'NONE' : newEndsOn <= on ? 'HOLDING_OVER' : 'IN_OFFICE',
}));

/** The group in which a committee counts beside its places: its county, or its city where there is none, and the year of its election. */
export const roundGroup = (county: string, year: number): string => `${county}/${year}`;

const roundOf = ({ county, prefecture, elected_on }: VillageTermRow): readonly string[] =>
  elected_on === null ? [] : [roundGroup(county ?? prefecture, Number(elected_on.slice(0, 4)))];

/** What the cube counts, in its order. */
export const termMeasures = [
  'committees',
  'holdingOver',
  'seats',
  'members',
  'women',
  'withoutWomen',
  'crossAppointments',
  'combinedPosts',
  'nonHukou',
  'registered',
  'votesCast',
  'lateHandovers',
  'pilots',
  'supervisionCommittees',
  'supervisors',
] as const;

function countsOf(row: VillageTermRow): readonly number[] {
  if (!row.listed) return termMeasures.map(() => 0);
  const members = membersOf(row);
  const women = members.filter(({ woman }) => woman).length;
  const inOffice = one(row.standing !== 'NONE');
  const supervisors = supervisorsOf(row).length;
  return [
    inOffice,
    one(row.standing === 'HOLDING_OVER'),
    row.seats,
    members.length,
    women,
    one(inOffice === 1 && women === 0),
    members.filter(({ otherPosts }) => otherPosts.some((post) => post.startsWith('PARTY_'))).length,
    members.filter(({ post, otherPosts }) => post === 'CHAIR' && otherPosts.includes('PARTY_SECRETARY')).length,
    members.filter(({ isNonHukou }) => isNonHukou).length,
    row.registered,
    row.votes_cast,
    row.late_handover,
    one(row.pilot_year !== null),
    one(supervisors > 0),
    supervisors,
  ];
}

export const villageTerms: Projection<VillageTermRow> = {
  name: 'village_terms',
  version: 1,
  entity: 'village',
  columns: {
    ...placedColumns,
    term_number: 'integer',
    standing: 'text',
    elected_on: 'text',
    started_on: 'text',
    planned_ends_on: 'text',
    seats_approved: 'integer',
    seats: 'integer',
    members: 'text',
    registered: 'integer',
    votes_cast: 'integer',
    handover_on: 'text',
    late_handover: 'integer',
    pending: 'text',
    pilot_year: 'integer',
    reserved_seats: 'integer',
    supervisors: 'text',
    supervision_head: 'text',
    supervision_formed_on: 'text',
    supervision_flags: 'text',
  },
  indexes: [],
  cube: {
    measures: termMeasures,
    groups: (row) => [...placesOf(row), ...roundOf(row)],
    counts: countsOf,
  },
  handlers: handlers<'village', VillageTermRow>({
    ...otherSystems,
    village: placing(own),
    supervision: {
      SupervisionCommitteeFormed: change(({ members, headRef, flags }, _, on) => ({
        supervisors: JSON.stringify(members),
        supervision_head: headRef,
        supervision_formed_on: on,
        supervision_flags: JSON.stringify(flags),
      })),
      SupervisionMemberReplaced: change(({ leftRef, joined, headRef, flags }, row) => ({
        supervisors: JSON.stringify([...supervisorsOf(row).filter((each) => each.personRef !== leftRef), joined]),
        supervision_head: headRef,
        supervision_flags: JSON.stringify(flags),
      })),
    },
    term: {
      CommitteeSeatsApproved: change(({ viceChairs, members }) => ({ seats_approved: 1 + viceChairs + members })),
      ElectionCommissionFormed: 'ignore',
      VoterListPublished: 'ignore',
      VoterObjectionDecided: 'ignore',
      CommitteeElected: change(({ termNumber, registered, votesCast, results }, row, on) => {
        const before = electedOf(row);
        const sofar = before?.termNumber === termNumber ? before : null;
        const elected: Elected = {
          termNumber,
          electedOn: sofar?.electedOn ?? on,
          registered: sofar?.registered ?? registered,
          votesCast: sofar?.votesCast ?? votesCast,
          members: seated(sofar?.members ?? [], electedIn(results)),
          handoverOn: sofar?.handoverOn ?? null,
          isHandoverLate: sofar?.isHandoverLate ?? false,
        };
        return { pending: JSON.stringify(elected) };
      }),
      TermStarted: change(({ termNumber, plannedEndsOn }, row, on) => {
        const elected = electedOf(row);
        const members = elected?.members ?? membersOf(row);
        return {
          term_number: termNumber,
          standing: 'IN_OFFICE',
          elected_on: elected?.electedOn ?? on,
          started_on: on,
          planned_ends_on: plannedEndsOn,
          seats: row.seats_approved || members.length,
          members: JSON.stringify(members),
          registered: elected?.registered ?? 0,
          votes_cast: elected?.votesCast ?? 0,
          handover_on: elected?.handoverOn ?? null,
          late_handover: one(elected?.isHandoverLate ?? false),
          pending: null,
        };
      }),
      // Only where the end was not moved, and no later term has begun.
      TermRanOut: change(({ termNumber, endsOn }, row) =>
        row.term_number === termNumber && row.planned_ends_on === endsOn ? { standing: 'HOLDING_OVER' } : {},
      ),
      TermExtended: endMoved,
      TermShortened: endMoved,
      HandoverCompleted: change(({ flags }, row, on) => {
        const elected = electedOf(row);
        const isLate = flags.includes('LATE_HANDOVER');
        if (!elected) return { handover_on: on, late_handover: one(isLate) };
        return { pending: JSON.stringify({ ...elected, handoverOn: on, isHandoverLate: isLate }) };
      }),
      MemberResigned: leaving,
      MemberOfficeTerminated: leaving,
      RecallPetitioned: 'ignore',
      MemberRecalled: leaving,
      RecallRejected: 'ignore',
      MemberByElected: change(({ results }, row) => ({
        members: JSON.stringify(seated(membersOf(row), electedIn(results))),
      })),
      NonHukouPilotDesignated: change(({ year, reservedSeats }) => ({
        pilot_year: year,
        reserved_seats: reservedSeats ?? null,
      })),
      DemocraticAppraisalHeld: 'ignore',
      AccountabilityAuditPublished: 'ignore',
    },
  }),
};
