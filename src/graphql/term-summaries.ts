/** Sentences on committees, their terms, appraisals and supervision. `self` is the village's name on the day. No people are named. */
import type { appraisalEvents } from '../domain/appraisal-catalogue.ts';
import type { electionRound } from '../domain/election-round.ts';
import type { supervisionEvents } from '../domain/supervision-fold.ts';
import type { termEvents } from '../domain/term-catalogue.ts';
import type { Templates } from './summary-templates.ts';

const electedIn = (results: readonly { readonly elected: boolean }[]): number =>
  results.filter(({ elected }) => elected).length;

const electionSummaries: Templates<typeof termEvents> = {
  CommitteeSeatsApproved: {
    EN: ({ viceChairs, members }, self) => `${1 + viceChairs + members} seats were approved for ${self}.`,
    ZH: ({ viceChairs, members }, self) => `核定${self}委员会职数${1 + viceChairs + members}名。`,
  },
  ElectionCommissionFormed: {
    EN: ({ memberRefs }, self) => `An election commission of ${memberRefs.length} was formed in ${self}.`,
    ZH: ({ memberRefs }, self) => `${self}产生选举委员会，成员${memberRefs.length}名。`,
  },
  VoterListPublished: {
    EN: ({ hukouResident, hukouAway, nonHukou }, self) =>
      `${self} published its list of ${hukouResident + hukouAway + nonHukou} voters.`,
    ZH: ({ hukouResident, hukouAway, nonHukou }, self) =>
      `${self}公布选民名单，登记${hukouResident + hukouAway + nonHukou}人。`,
  },
  VoterObjectionDecided: {
    EN: ({ objections, upheld }, self) => `${self} decided ${objections} objections to its list, ${upheld} upheld.`,
    ZH: ({ objections, upheld }, self) => `${self}处理选民名单申诉${objections}件，支持${upheld}件。`,
  },
  CommitteeElected: {
    EN: ({ termNumber, results, votesCast, registered }, self) =>
      `${self} elected ${electedIn(results)} members of its committee of term ${termNumber}; ${votesCast} of ${registered} voted.`,
    ZH: ({ termNumber, results, votesCast, registered }, self) =>
      `${self}选举产生第${termNumber}届委员会成员${electedIn(results)}名，登记${registered}人，投票${votesCast}人。`,
  },
  TermStarted: {
    EN: ({ termNumber, plannedEndsOn }, self) =>
      `Term ${termNumber} of the committee of ${self} began; it ends on ${plannedEndsOn}.`,
    ZH: ({ termNumber, plannedEndsOn }, self) => `${self}第${termNumber}届委员会任期开始，${plannedEndsOn}届满。`,
  },
  TermRanOut: {
    EN: ({ termNumber }, self) => `The planned end of term ${termNumber} of ${self} came.`,
    ZH: ({ termNumber }, self) => `${self}第${termNumber}届委员会任期届满。`,
  },
  TermExtended: {
    EN: ({ newEndsOn }, self) => `A late election was approved for ${self}: its term ends on ${newEndsOn}.`,
    ZH: ({ newEndsOn }, self) => `批准${self}延期换届，任期至${newEndsOn}。`,
  },
  TermShortened: {
    EN: ({ newEndsOn }, self) => `An early election was approved for ${self}: its term ends on ${newEndsOn}.`,
    ZH: ({ newEndsOn }, self) => `批准${self}提前换届，任期至${newEndsOn}。`,
  },
  HandoverCompleted: {
    EN: ({ flags }, self) => `The former committee of ${self} handed over${flags.length > 0 ? ', late' : ''}.`,
    ZH: ({ flags }, self) => `${self}完成工作移交${flags.length > 0 ? '（逾期）' : ''}。`,
  },
  MemberResigned: {
    EN: (_, self) => `A member of the committee of ${self} resigned.`,
    ZH: (_, self) => `${self}委员会一名成员辞职。`,
  },
  MemberOfficeTerminated: {
    EN: ({ cause }, self) => `The office of a member of the committee of ${self} ended: ${cause}.`,
    ZH: ({ cause }, self) => `${self}委员会一名成员职务自行终止（${cause}）。`,
  },
  RecallPetitioned: {
    EN: ({ petitioners, entitled }, self) => `${petitioners} of ${entitled} in ${self} asked for a recall.`,
    ZH: ({ petitioners, entitled }, self) => `${self}${entitled}人中${petitioners}人联名要求罢免。`,
  },
  MemberRecalled: {
    EN: ({ inFavour, votesCast }, self) => `${self} recalled a member, ${inFavour} of ${votesCast} in favour.`,
    ZH: ({ inFavour, votesCast }, self) => `${self}罢免一名成员，投票${votesCast}，赞成${inFavour}。`,
  },
  RecallRejected: {
    EN: ({ inFavour, votesCast }, self) => `${self} did not recall a member, ${inFavour} of ${votesCast} in favour.`,
    ZH: ({ inFavour, votesCast }, self) => `${self}罢免未通过，投票${votesCast}，赞成${inFavour}。`,
  },
  MemberByElected: {
    EN: ({ results }, self) => `${self} filled ${electedIn(results)} seats in a by-election.`,
    ZH: ({ results }, self) => `${self}补选委员会成员${electedIn(results)}名。`,
  },
  NonHukouPilotDesignated: {
    EN: ({ year }, self) => `${self} became a pilot of elections with residents from elsewhere in ${year}.`,
    ZH: ({ year }, self) => `${self}列为${year}年非户籍常住居民参选试点。`,
  },
};

const appraisalSummaries: Templates<typeof appraisalEvents> = {
  DemocraticAppraisalHeld: {
    EN: ({ year, results }, self) => `${self} appraised ${results.length} members of its committee for ${year}.`,
    ZH: ({ year, results }, self) => `${self}民主评议${year}年度委员会成员${results.length}名。`,
  },
  AccountabilityAuditPublished: {
    EN: ({ termNumber }, self) => `The accountability audit of term ${termNumber} of ${self} was published.`,
    ZH: ({ termNumber }, self) => `${self}第${termNumber}届经济责任审计结果公布。`,
  },
};

const supervisionSummaries: Templates<Omit<typeof supervisionEvents, 'EventVoided'>> = {
  SupervisionCommitteeFormed: {
    EN: ({ members }, self) => `A supervision committee of ${members.length} was formed in ${self}.`,
    ZH: ({ members }, self) => `${self}产生监督委员会，成员${members.length}名。`,
  },
  SupervisionMemberReplaced: {
    EN: (_, self) => `A member of the supervision committee of ${self} was replaced.`,
    ZH: (_, self) => `${self}监督委员会成员更替一名。`,
  },
};

const roundSummaries: Templates<Omit<typeof electionRound.events, 'EventVoided'>> = {
  ElectionRoundDeployed: {
    EN: ({ year, from, to }) => `The round of elections of ${year} was deployed, from ${from} to ${to}.`,
    ZH: ({ year, from, to }) => `部署${year}年村（社区）换届选举，${from}至${to}。`,
  },
};

export const termSummaries = {
  ...electionSummaries,
  ...appraisalSummaries,
  ...supervisionSummaries,
  ...roundSummaries,
};
