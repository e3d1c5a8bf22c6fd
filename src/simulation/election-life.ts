/** A village's committees: the general election of 2021 in its steps, by-elections, an appraisal each year, audits; and the
 *  supervision committee that watches. Votes and people are invented. */
import { streamOf } from '../es/event.ts';
import { dayOf, firstYear, offsetOf } from './calendar.ts';
import { type Life, simulatedDocument, stepsOn } from './life.ts';
import type { Random } from './random.ts';
import { simulatedId } from './simulated-hash.ts';
import type { VillagePlace } from './village-place.ts';

const basis = simulatedDocument('村（社区）两委换届工作');
const termNumber = 8;
type Post = 'CHAIR' | 'VICE_CHAIR' | 'MEMBER';

interface Member {
  readonly personRef: string;
  readonly post: Post;
}

/** The general election from the seats to the handover, then what becomes of the term. */
export function* electionLife(village: VillagePlace): Life {
  const { id, random, isRural, township } = village;
  const step = stepsOn(streamOf('term', id), basis);
  const person = (what: string, number: number) => simulatedId('p', id, what, number);
  const members: Member[] = Array.from({ length: isRural ? 3 + random.below(5) : 5 + random.below(5) }, (_, at) => ({
    personRef: person('member', at),
    post: at === 0 ? 'CHAIR' : at === 1 ? 'VICE_CHAIR' : 'MEMBER',
  }));
  const voteOn = offsetOf(2021, 1, 5) + random.below(90);
  const approvedOn = voteOn - 50 + random.below(8);
  const seats = { viceChairs: 1, members: members.length - 2, assemblyProposedOn: dayOf(approvedOn - 6) };
  yield step(approvedOn, 'approveCommitteeSeats', seats, { decidedBy: township });
  const memberRefs = Array.from({ length: 5 }, (_, at) => person('commission', at));
  yield step(approvedOn + 5, 'formElectionCommission', { memberRefs, method: 'REPRESENTATIVES' });
  const registered = 400 + random.below(2_600);
  const hukouAway = random.below(Math.floor(registered / 4));
  const list = { electionOn: dayOf(voteOn), hukouResident: registered - hukouAway, hukouAway, nonHukou: 0 };
  // A list that comes too late is refused; the one in time was published before.
  if (random.chance(0.03)) yield step(voteOn - 24, 'publishVoterList', { ...list, electionOn: dayOf(voteOn - 12) });
  yield step(voteOn - 22 - random.below(8), 'publishVoterList', list);
  yield step(voteOn, 'recordElection', { termNumber, ballotRound: 1, ...ballot(members, person, registered, random) });
  yield step(voteOn + 3, 'startTerm', {});
  yield step(
    voteOn + 3 + random.below(10),
    'completeHandover',
    { items: ['印章', '账目', '资产'] },
    { decidedBy: township },
  );
  if (random.chance(0.25)) yield* byElection(step, members, voteOn + 200 + random.below(900), registered, village);
  yield* audits(step, voteOn + 1_000 + random.below(300), voteOn, township);
}

/** Votes in which just these are elected, against one more candidate for a seat. */
function ballot(
  elected: readonly Member[],
  person: (what: string, number: number) => string,
  registered: number,
  random: Random,
) {
  const votesCast = Math.ceil(registered * (0.72 + random.next() * 0.27));
  const invalid = Math.floor(votesCast * 0.01);
  const valid = votesCast - invalid;
  const results = elected.map(({ personRef, post }, at) => ({
    personRef,
    post,
    votes: Math.ceil(valid * (0.6 + random.next() * 0.39)),
    elected: true,
    woman: at === 2 || random.chance(0.25),
    isNonHukou: false,
    otherPosts: at === 0 ? ['PARTY_SECRETARY'] : random.chance(0.5) ? ['PARTY_COMMITTEE_MEMBER'] : [],
  }));
  const post: Post = elected.at(-1)?.post ?? 'MEMBER';
  const loser = {
    personRef: person('candidate', elected.length),
    post,
    votes: Math.floor(valid * random.next() * 0.3),
  };
  const lost = { ...loser, elected: false, woman: false, isNonHukou: false, otherPosts: [] };
  const proxyVotes = Math.floor(votesCast * random.next() * 0.05);
  return { registered, votesCast, invalid, proxyVotes, results: [...results, lost], kin: [] };
}

function* byElection(
  step: ReturnType<typeof stepsOn>,
  members: Member[],
  on: number,
  registered: number,
  { id, random }: VillagePlace,
): Life {
  const person = (what: string, number: number) => simulatedId('p', id, `by-${what}`, number);
  const last = members.pop();
  if (!last) return;
  yield step(on, 'acceptResignation', { personRef: last.personRef });
  const successor = { personRef: person('member', 0), post: last.post };
  const voteOn = on + 60;
  const list = { electionOn: dayOf(voteOn), hukouResident: registered, hukouAway: 0, nonHukou: 0 };
  yield step(voteOn - 25, 'publishVoterList', list);
  const told = yield step(voteOn, 'recordByElection', ballot([successor], person, registered, random));
  if (told) members.push(successor);
}

function* audits(
  step: ReturnType<typeof stepsOn>,
  on: number,
  from: number,
  decidedBy: VillagePlace['township'],
): Life {
  const items = ['INCOME_AND_SPENDING', 'CLAIMS_AND_DEBTS', 'CONTRACTS_AND_TENDERS'];
  const audit = { kind: 'MID_TERM', termNumber, from: dayOf(from), to: dayOf(on - 30), items, findings: '模拟' };
  yield step(on, 'publishAudit', audit, { decidedBy });
}

/** The committee that supervises, formed with each term and changed now and then. */
export function* supervisionLife({ id, random }: VillagePlace): Life {
  const step = stepsOn(streamOf('supervision', id), basis);
  const members = Array.from({ length: 3 + random.below(3) }, (_, at) => ({
    personRef: supervisorRef(id, at),
    woman: random.chance(0.4),
    financeKnowledge: at === 1 || random.chance(0.2),
    otherPosts: [],
  }));
  const on = offsetOf(2021, 4, 10) + random.below(30);
  yield step(on, 'formSupervisionCommittee', { members, headRef: supervisorRef(id, 0), kin: [] });
}

const supervisorRef = (village: string, at: number) => simulatedId('p', village, 'supervisor', at);

/** An appraisal each year, chaired by the supervision committee's head. Members are those whom the election named first. */
export function* appraisalLife({ id, random }: VillagePlace): Life {
  const step = stepsOn(streamOf('term', id), simulatedDocument('村（居）委会成员民主评议'));
  for (let year = Math.max(2021, firstYear); ; year += 1) {
    const eligible = 30 + random.below(50);
    const attended = Math.ceil(eligible * (0.75 + random.next() * 0.25));
    const results = [0, 1].map((at) => {
      const competent = Math.floor(attended * (0.7 + random.next() * 0.3));
      const votes = { competent, basicallyCompetent: attended - competent, incompetent: 0 };
      const grade = competent > attended * 0.9 ? 'EXCELLENT' : 'COMPETENT';
      return { personRef: simulatedId('p', id, 'member', at), ...votes, grade };
    });
    const chair = { year, chairRef: supervisorRef(id, 0), assembly: 'REPRESENTATIVES' };
    yield step(offsetOf(year, 11, 20) + random.below(40), 'recordAppraisal', { ...chair, eligible, attended, results });
  }
}
