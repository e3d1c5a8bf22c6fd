/** What a ballot is held to: turnout, majority, seats, and who may not be elected. */
import type { DecisionContext } from '../es/aggregate.ts';
import { streamOf } from '../es/event.ts';
import type { BallotResult, KinPair, Seat } from './committee-seat.ts';
import { refusals } from './refusals.ts';
import { type RuleName, ruleOn } from './rule-set.ts';
import { supervisorsOn } from './supervision-fold.ts';
import { type Seats, sizeOf } from './term-fold.ts';
import type { World } from './world.ts';

const law = '村民委员会组织法';
const proposal = 'proposal of this ledger: no article is cited for it';
const rules = '广东省村民委员会选举办法';

const no = refusals('ballot', {
  TERM_NUMBER: {
    code: 'E_STEP_ORDER',
    when: 'The number of the term is not one more than that of the last.',
    source: 'log',
  },
  ROUND: {
    code: 'E_STEP_ORDER',
    when: 'Rounds follow each other: the first once a term, each run-off one more than the round before.',
    source: `${law} art. 15`,
  },
  TURNOUT: {
    code: 'E_TURNOUT',
    when: 'Half of the registered voters or fewer voted: the election does not count.',
    source: `${law} art. 15`,
  },
  NOBODY: { code: 'E_NOT_MAJORITY', when: 'Nobody was elected.', source: `${law} art. 15` },
  NOT_MAJORITY: {
    code: 'E_NOT_MAJORITY',
    when: 'Somebody is said to be elected by half of the votes cast or fewer.',
    source: `${law} art. 15`,
    remedy: 'Leave the seat open, and record the run-off as the next ballotRound.',
  },
  RUNOFF_THIRD: {
    code: 'E_NOT_MAJORITY',
    when: 'In a run-off somebody is said to be elected by less than a third of the votes cast.',
    source: `${law} art. 15`,
  },
  OUTVOTED: {
    code: 'E_VOTES',
    when: 'Somebody with more votes for the same post was not elected.',
    source: `${law} art. 15`,
  },
  TOO_FEW_CANDIDATES: {
    code: 'E_CANDIDATES',
    when: 'There are no more candidates than seats (差额选举).',
    source: `${law} art. 15`,
  },
  SEATS_EXCEEDED: {
    code: 'E_SEATS',
    when: 'More are elected than there are seats.',
    source: `${rules} art. 2`,
  },
  NO_VACANCY: { code: 'E_SEATS', when: 'No such seat is vacant.', source: `${law} art. 19` },
  ENDS_LATER: {
    code: 'E_STEP_ORDER',
    when: 'Who is elected in a by-election stays until the term’s end, not longer.',
    source: `${law} art. 19`,
  },
  COMMISSION_MEMBER: {
    code: 'E_INELIGIBLE',
    when: 'A member of the election commission is elected; who is a candidate leaves it.',
    source: `${law} art. 12`,
    remedy: 'Record the commission as it was after the candidate left it.',
  },
  SUPERVISION_MEMBER: {
    code: 'E_INELIGIBLE',
    when: 'A member of the supervision committee is elected.',
    source: proposal,
    remedy: 'Record who replaced the member there first.',
  },
  KIN: {
    code: 'E_INELIGIBLE',
    when: 'Spouses, parent and child, or siblings would sit on the committee together.',
    source: `${rules}（2010年文本）`,
  },
  KIN_OF_SUPERVISION: {
    code: 'E_INELIGIBLE',
    when: 'Close kin of a member of the supervision committee is elected.',
    source: proposal,
  },
});
export const refuseBallot = no;

type Context = DecisionContext<World>;

export interface Ballot {
  readonly registered: number;
  readonly votesCast: number;
  readonly results: readonly BallotResult[];
  readonly kin: readonly KinPair[];
}

/** Value of the rule in force on the decision's day. */
export const ruleValue = (name: RuleName, { world, effectiveOn }: Context): number =>
  ruleOn(world.rules, name, effectiveOn)?.value ?? 0;

/** Whether the village has a villagers' committee on the day, and so whose rules it goes by. */
export const lawOf = ({ world, self, effectiveOn }: Context): 'VILLAGERS' | 'RESIDENTS' =>
  world.village(self, effectiveOn)?.kind === 'VILLAGERS_COMMITTEE' ? 'VILLAGERS' : 'RESIDENTS';

/** Turnout, and enough votes for each who was elected. Errors: `E_TURNOUT`, `E_NOT_MAJORITY`, `E_VOTES`. */
export function checkVotes({ registered, votesCast, results }: Ballot, isRunOff: boolean, context: Context): void {
  if (votesCast * 2 <= registered) no.TURNOUT(`${votesCast} of ${registered} voted.`, { registered, votesCast });
  for (const { elected, votes, post } of results) {
    if (!elected) continue;
    if (!isRunOff && votes * 2 <= votesCast) no.NOT_MAJORITY(`${votes} of ${votesCast} votes do not elect.`);
    if (isRunOff && votes * 10_000 < votesCast * ruleValue('RUNOFF_MIN_BP', context)) no.RUNOFF_THIRD();
    if (results.some((other) => !other.elected && other.post === post && other.votes > votes)) no.OUTVOTED();
  }
}

/** No more on the seats than there are: of each post where the seats are approved, by the law's number where not. Errors: `E_SEATS`. */
export function checkSeats(sitting: readonly Seat[], seats: Seats | undefined, context: Context): void {
  const at = (post: Seat['post']) => sitting.filter((seat) => seat.post === post).length;
  const most = seats ? sizeOf(seats) : ruleValue(`SEATS_MAX_${lawOf(context)}`, context);
  if (at('CHAIR') > 1 || sitting.length > most) no.SEATS_EXCEEDED(`${sitting.length} are elected for ${most} seats.`);
  if (seats && (at('VICE_CHAIR') > seats.viceChairs || at('MEMBER') > seats.members)) no.SEATS_EXCEEDED();
}

/** Nobody elected whose other office or kin forbids it. `sitting`: the whole committee with them. Errors: `E_INELIGIBLE`. */
export function checkEligible(
  elected: readonly Seat[],
  sitting: readonly Seat[],
  { kin }: Pick<Ballot, 'kin'>,
  commission: readonly string[],
  { self, effectiveOn, related }: Context,
): void {
  const isAmong = (people: readonly { readonly personRef: string }[], who: string) =>
    people.some(({ personRef }) => personRef === who);
  const supervisors = supervisorsOn(related(streamOf('supervision', self)), self, effectiveOn);
  if (elected.some(({ personRef }) => commission.includes(personRef))) no.COMMISSION_MEMBER();
  if (elected.some(({ personRef }) => isAmong(supervisors, personRef))) no.SUPERVISION_MEMBER();
  for (const { first, second } of kin) {
    if (isAmong(sitting, first) && isAmong(sitting, second)) no.KIN();
    if (isAmong(elected, first) && isAmong(supervisors, second)) no.KIN_OF_SUPERVISION();
    if (isAmong(elected, second) && isAmong(supervisors, first)) no.KIN_OF_SUPERVISION();
  }
}
