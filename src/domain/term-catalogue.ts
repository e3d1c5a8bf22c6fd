/** Elections and terms: what can happen, and what a clerk may ask for. Appraisals and audits: appraisal-catalogue.ts. */
import { z } from 'zod';
import { streamOf } from '../es/event.ts';
import { BallotResult, KinPair } from './committee-seat.ts';
import { LocalDate, PersonRef, VillageId } from './scalars.ts';
import { codes, command, count, event, text } from './vocabulary.ts';

const CommissionMethod = codes('CommissionMethod', 'Who chose an election commission (村民委员会组织法 art. 12).', {
  ASSEMBLY: 'The villagers’ assembly.',
  REPRESENTATIVES: 'The assembly of representatives.',
  GROUPS: 'The meetings of the groups.',
});
const TermFlag = codes('TermFlag', 'What is recorded as it happened, though a rule asks for something else.', {
  NO_WOMAN: 'Fewer women were elected than the rules ask for; a by-election fills it.',
  NO_VOTER_LIST: 'The log holds no list of voters of this election.',
  LATE_HANDOVER: 'The handover came later than the days that the law gives.',
});
const EndCause = codes('OfficeEndCause', 'Why an office ends by itself.', {
  DEATH: 'Death.',
  INCAPACITY: 'Loss of legal capacity (art. 18).',
  CRIMINAL_PENALTY: 'Criminal penalty (art. 18).',
  TWO_INCOMPETENT: 'Two appraisals in a row as incompetent (art. 33).',
  RECALLED: 'Recall: refused here, since a vote recalls (recordRecallVote).',
  OTHER: 'Anything else: refused, since nobody may remove an elected member but by a vote.',
});
export type EndCause = z.output<typeof EndCause>;
const RecallBy = codes('RecallBy', 'Who asks for a recall (art. 16).', {
  VOTERS: 'Voters: at least a fifth.',
  REPRESENTATIVES: 'Representatives: at least a third.',
});

const village = VillageId.describe('The village whose committee it is.');
const named = { subjects: (data: { village: string }) => [streamOf('village', data.village)] };
const flags = () => z.array(TermFlag).max(5).describe('What a rule would have had otherwise; recorded all the same.');
const termNumber = count().describe('Number of the term (届), from 1.');

const seats = {
  viceChairs: count().describe('Seats of deputy heads; the head is one more.'),
  members: count().describe('Seats of members without a further post.'),
  assemblyProposedOn: LocalDate.optional().describe('Day on which the village’s assembly proposed them.'),
  countyFiledOn: LocalDate.optional().describe('Day on which the county took them on file.'),
};
const commission = {
  memberRefs: z.array(PersonRef).min(1).max(30).describe('Its members. Who is a candidate leaves it.'),
  method: CommissionMethod,
};
const list = {
  electionOn: LocalDate.describe('Day of the election that the list is for.'),
  hukouResident: count().describe('Registered here and living here.'),
  hukouAway: count().describe('Registered here and living elsewhere.'),
  nonHukou: count().describe('Living here for a year or more, registered elsewhere.'),
  assemblyConsentedOn: LocalDate.optional().describe('Day of the assembly’s consent to those registered elsewhere.'),
};
const objection = {
  filedOn: LocalDate.describe('Day on which the objection was filed; effectiveOn is the day of the decision.'),
  objections: count().describe('Number of objections decided together.'),
  upheld: count().describe('How many of them were upheld.'),
};
const ballot = {
  registered: count().describe('Registered voters.'),
  votesCast: count().describe('Votes cast, invalid and proxy votes included.'),
  invalid: count().describe('Invalid votes among them.'),
  proxyVotes: count().describe('Proxy votes among them.'),
  results: z.array(BallotResult).min(1).max(30).describe('Candidates with their votes.'),
  kin: z.array(KinPair).max(30).describe('Kin among candidates, members and supervisors, as declared.'),
};
const election = {
  termNumber,
  ballotRound: count().describe('1, or a higher number for a run-off over seats that were not filled.'),
  ...ballot,
};
const dateChange = {
  newEndsOn: LocalDate.describe('Day on which the term ends now; effectiveOn is the day of the county’s approval.'),
  assemblyPassedOn: LocalDate.optional().describe('Day on which the village’s assembly passed the application.'),
  townshipReportedOn: LocalDate.optional().describe('Day on which the township reported it.'),
};
const changed = {
  village,
  termNumber,
  oldEndsOn: LocalDate.describe('Day on which it was to end.'),
  ...dateChange,
};
const handover = {
  items: z.array(text(100)).min(1).max(30).describe('What was handed over: seals, accounts, assets.'),
};
const person = { personRef: PersonRef.describe('The member.') };
const petition = {
  ...person,
  by: RecallBy,
  petitioners: count().describe('Who signed it.'),
  entitled: count().describe('Registered voters, or representatives, in all.'),
  reason: text(300).optional().describe('Why, without personal data.'),
};
const recallVote = {
  ...person,
  registered: count().describe('Registered voters.'),
  votesCast: count().describe('Votes cast.'),
  inFavour: count().describe('Votes for the recall.'),
  defenceHeard: z.boolean().describe('Whether the member could speak in defence.'),
};
const byElection = {
  ...ballot,
  endsOn: LocalDate.optional().describe('Last day of the office where it is said; never later than the term’s end.'),
};
const pilot = {
  year: count().describe('Year of the round of elections.'),
  reservedSeats: count().optional().describe('Seats kept for residents from elsewhere, where they are said.'),
};

// Names and shapes are the stored format: add, never rename; a changed meaning is a new name.
export const termEvents = {
  CommitteeSeatsApproved: event(
    'A committee’s seats were approved.',
    { village, ...seats },
    { zh: '职数核定', ...named },
  ),
  ElectionCommissionFormed: event(
    'The commission that runs an election was formed.',
    { village, ...commission },
    { zh: '村民选举委员会产生', ...named },
  ),
  VoterListPublished: event(
    'The list of voters was published.',
    { village, ...list },
    { zh: '选民名单公布', ...named },
  ),
  VoterObjectionDecided: event(
    'Objections to the list of voters were decided.',
    { village, ...objection },
    { zh: '选民名单申诉处理', ...named },
  ),
  CommitteeElected: event(
    'A ballot elected members of the next committee.',
    { village, ...election, flags: flags() },
    { zh: '委员会选举产生', ...named },
  ),
  TermStarted: event(
    'A term began: the elected take office.',
    { village, termNumber, plannedEndsOn: LocalDate.describe('Day on which it ends, by the law of its first day.') },
    { zh: '任期开始', ...named },
  ),
  TermRanOut: event(
    'A term’s planned end came. Where no new term has begun, the committee holds over. Dated ahead, by what sets the end.',
    { village, termNumber, endsOn: LocalDate.describe('The planned end; without effect where it was moved since.') },
    { zh: '任期届满', ...named },
  ),
  TermExtended: event('The county approved a late election: the term ends later.', changed, {
    zh: '延期换届',
    ...named,
  }),
  TermShortened: event('The county approved an early election: the term ends earlier.', changed, {
    zh: '提前换届',
    ...named,
  }),
  HandoverCompleted: event(
    'The former committee handed over.',
    { village, ...handover, flags: flags() },
    { zh: '工作移交', ...named },
  ),
  MemberResigned: event('A member resigned.', { village, ...person }, { zh: '辞职', ...named }),
  MemberOfficeTerminated: event(
    'A member’s office ended by itself.',
    { village, ...person, cause: EndCause },
    { zh: '职务自行终止', ...named },
  ),
  RecallPetitioned: event('A recall was asked for.', { village, ...petition }, { zh: '提出罢免要求', ...named }),
  MemberRecalled: event('A vote recalled a member.', { village, ...recallVote }, { zh: '罢免', ...named }),
  RecallRejected: event('A vote did not recall a member.', { village, ...recallVote }, { zh: '罢免未通过', ...named }),
  MemberByElected: event(
    'A by-election filled seats until the term’s end.',
    { village, termNumber, ...byElection, flags: flags() },
    { zh: '补选', ...named },
  ),
  NonHukouPilotDesignated: event(
    'The village elects with residents from elsewhere, as a pilot.',
    { village, ...pilot },
    { zh: '非户籍常住居民参选试点', ...named },
  ),
};

/** Errors of one ballot's numbers. */
function ballotRule({ registered, votesCast, invalid, proxyVotes, results }: z.output<z.ZodObject<typeof ballot>>) {
  if (votesCast > registered) return { path: 'votesCast', message: 'is more than could vote' };
  if (invalid > votesCast) return { path: 'invalid', message: 'is more than were cast' };
  if (proxyVotes > votesCast) return { path: 'proxyVotes', message: 'is more than were cast' };
  if (results.some(({ votes }) => votes > votesCast - invalid)) {
    return { path: 'results', message: 'give somebody more votes than are valid' };
  }
  const people = new Set(results.filter(({ elected }) => elected).map(({ personRef }) => personRef));
  return people.size < results.filter(({ elected }) => elected).length
    ? { path: 'results', message: 'elect somebody twice' }
    : undefined;
}

export const termCommands = {
  approveCommitteeSeats: command('Record the seats that the township approved.', seats, { zh: '登记职数核定' }),
  formElectionCommission: command(
    'Record the election commission; sent again, it stands in place of the one before.',
    commission,
    { zh: '登记选举委员会' },
  ),
  publishVoterList: command('Record the publication of the list of voters.', list, { zh: '登记选民名单公布' }),
  decideVoterObjections: command(
    'Record the decision of objections: counts only, no more upheld than there were.',
    objection,
    {
      zh: '登记选民名单申诉处理',
      rule: ({ objections, upheld }) =>
        upheld > objections ? { path: 'upheld', message: 'is more than there were' } : undefined,
    },
  ),
  recordElection: command(
    'Record a ballot: effectiveOn is its day, ballotRound 1 or above. No votes of single voters; nobody is elected twice.',
    election,
    {
      zh: '登记选举',
      rule: (data) =>
        data.ballotRound < 1 || data.termNumber < 1
          ? { path: data.termNumber < 1 ? 'termNumber' : 'ballotRound', message: 'begins with 1' }
          : ballotRule(data),
    },
  ),
  startTerm: command(
    'Begin the term of the elected committee; its planned end follows from the law of the day.',
    {},
    {
      zh: '登记任期开始',
    },
  ),
  extendTerm: command('Record that the county approved a late election.', dateChange, { zh: '登记延期换届' }),
  advanceElection: command('Record that the county approved an early election.', dateChange, { zh: '登记提前换届' }),
  completeHandover: command('Record the handover to the new committee; a late one is flagged.', handover, {
    zh: '登记工作移交',
  }),
  acceptResignation: command('Record that the village accepted a resignation.', person, { zh: '接受辞职' }),
  terminateOffice: command(
    'Record that an office ended by itself.',
    { ...person, cause: EndCause },
    {
      zh: '登记职务自行终止',
    },
  ),
  petitionRecall: command('Record that a recall was asked for, by no more than there are.', petition, {
    zh: '登记罢免要求',
    rule: ({ petitioners, entitled }) =>
      petitioners > entitled ? { path: 'petitioners', message: 'is more than there are' } : undefined,
  }),
  recordRecallVote: command(
    'Record the vote on a recall. `recalled` is what was declared, and is checked against the numbers.',
    { ...recallVote, recalled: z.boolean().describe('Whether the member was recalled.') },
    {
      zh: '登记罢免表决',
      rule: ({ registered, votesCast, inFavour }) => {
        if (votesCast > registered) return { path: 'votesCast', message: 'is more than could vote' };
        return inFavour > votesCast ? { path: 'inFavour', message: 'is more than were cast' } : undefined;
      },
    },
  ),
  recordByElection: command('Record a by-election for seats that are vacant; nobody is elected twice.', byElection, {
    zh: '登记补选',
    rule: ballotRule,
  }),
  designateNonHukouPilot: command(
    'Designate the village as a pilot of elections with residents from elsewhere.',
    pilot,
    {
      zh: '非户籍参选试点',
    },
  ),
};
