/** A villagers' committee and its supervisors, all invented, for the tests of elections, appraisals and supervision. */
import { by, committees, villageIds } from './acts.ts';
import { given, type Scene } from './given.ts';

export const stream = `term-${villageIds.villagers}`;
export const supervision = `supervision-${villageIds.villagers}`;
export const village = villageIds.villagers;
export const person = (number: number): string => `p_${String(number).padStart(24, '0')}`;

/** One line of a ballot's sheet. */
export const line = (who: number, post: string, votes: number, change: object = {}) => ({
  personRef: person(who),
  post,
  votes,
  elected: votes > 450,
  woman: who === 2,
  isNonHukou: false,
  otherPosts: who === 1 ? ['PARTY_SECRETARY'] : [],
  ...change,
});

/** Three seats, four candidates, 900 of 1,000 voted. */
export const election = {
  termNumber: 8,
  ballotRound: 1,
  registered: 1_000,
  votesCast: 900,
  invalid: 10,
  proxyVotes: 20,
  kin: [],
  results: [line(1, 'CHAIR', 800), line(2, 'VICE_CHAIR', 700), line(3, 'MEMBER', 600), line(4, 'MEMBER', 300)],
};
export const supervisor = (who: number, change: object = {}) => ({
  personRef: person(who),
  woman: false,
  financeKnowledge: who === 11,
  otherPosts: [],
  ...change,
});
export const supervisors = {
  members: [supervisor(11), supervisor(12), supervisor(13)],
  headRef: person(11),
  kin: [],
};
export const seats = { viceChairs: 1, members: 1, assemblyProposedOn: '2018-12-30' };
export const voterList = { electionOn: '2019-01-31', hukouResident: 800, hukouAway: 150, nonHukou: 0 };

const steps: readonly ((scene: Scene) => Promise<unknown>)[] = [
  (scene) => scene.when(stream, 'approveCommitteeSeats', seats, '2019-01-02', by.township),
  (scene) => scene.when(stream, 'publishVoterList', voterList, '2019-01-05'),
  (scene) => scene.when(supervision, 'formSupervisionCommittee', supervisors, '2019-01-06'),
  (scene) => scene.when(stream, 'recordElection', election, '2019-01-31'),
  (scene) => scene.when(stream, 'startTerm', {}, '2019-02-01'),
];

/** A log in which the first `count` of the steps were taken: seats, list, supervisors, election, term. */
export async function reached(count: number): Promise<Scene> {
  const scene = await given(...committees);
  for (const take of steps.slice(0, count)) await take(scene);
  return scene;
}
