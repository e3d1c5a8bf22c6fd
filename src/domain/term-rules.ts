/** What terms refuse. The checks of a ballot: ballot-rules.ts. */
import { refusals } from './refusals.ts';

const law = '村民委员会组织法';
const rules = '广东省村民委员会选举办法';

export const refuseTerm = refusals('term', {
  SEATS_RANGE: {
    code: 'E_SEATS',
    when: 'A villagers’ committee has 3 to 7 seats, a residents’ committee 5 to 9.',
    source: `${law} art. 6; 城市居民委员会组织法 art. 7`,
  },
  SEATS_NOT_PROPOSED: {
    code: 'E_APPROVAL_MISSING',
    when: 'The village’s assembly has not proposed the seats by that day.',
    source: `${rules} art. 2`,
    remedy: 'Give in assemblyProposedOn the day of the proposal.',
  },
  VOTER_LIST_LEAD: {
    code: 'E_DEADLINE',
    when: 'The list of voters is published at least 20 days before the election.',
    source: `${law} art. 14`,
  },
  NON_HUKOU_CONSENT: {
    code: 'E_APPROVAL_MISSING',
    when: 'Residents registered elsewhere stand on the list by the consent of the assembly alone.',
    source: `${law} art. 13`,
    remedy: 'Give in assemblyConsentedOn the day of the consent.',
  },
  NO_VOTER_LIST: {
    code: 'E_STEP_ORDER',
    when: 'No list of voters was published by then.',
    source: `${law} art. 14`,
    remedy: 'Send publishVoterList first.',
  },
  OBJECTION_LATE: {
    code: 'E_DEADLINE',
    when: 'An objection is filed within 5 days of the list.',
    source: `${law} art. 14`,
  },
  DECISION_LATE: {
    code: 'E_DEADLINE',
    when: 'An objection is decided within 3 days of its filing.',
    source: `${law} art. 14`,
  },
  NOT_ELECTED: {
    code: 'E_STEP_ORDER',
    when: 'No committee was elected that is not in office.',
    source: `${law} art. 11`,
    remedy: 'Send recordElection first.',
  },
  NO_TERM: { code: 'E_NOT_FOUND', when: 'No term has begun by that day.', source: 'log' },
  APPROVAL_STEPS: {
    code: 'E_APPROVAL_MISSING',
    when: 'An early or late election is passed by the assembly, reported by the township and approved by the county, in this order.',
    source: `${rules}（2010年文本）`,
  },
  NOT_LATER: { code: 'E_STEP_ORDER', when: 'A late election ends the term later than planned.', source: 'calendar' },
  NOT_EARLIER: { code: 'E_STEP_ORDER', when: 'An early election ends the term earlier.', source: 'calendar' },
  HANDED_OVER: { code: 'E_ALREADY_EXISTS', when: 'The handover is recorded already.', source: `${law} art. 20` },
  NOT_A_MEMBER: { code: 'E_NOT_FOUND', when: 'The person is no member of the committee on that day.', source: 'log' },
  REMOVAL_NOT_BY_VOTE: {
    code: 'E_REMOVAL_NOT_BY_VOTE',
    when: 'An elected member is removed by a vote alone; nobody may appoint or remove one.',
    source: `${law} art. 11, 16`,
    remedy: 'Send recordRecallVote, or acceptResignation.',
  },
  NOT_TWICE_INCOMPETENT: {
    code: 'E_STEP_ORDER',
    when: 'The member’s last two appraisals in the log do not both say incompetent.',
    source: `${law} art. 33`,
    remedy: 'Record the appraisals first.',
  },
  PETITION_TOO_FEW: {
    code: 'E_QUORUM',
    when: 'A recall is asked for by a fifth of the voters or a third of the representatives.',
    source: `${law} art. 16`,
  },
  NOT_PETITIONED: {
    code: 'E_STEP_ORDER',
    when: 'Nobody asked for the recall.',
    source: `${law} art. 16`,
    remedy: 'Send petitionRecall first.',
  },
  DEFENCE_NOT_HEARD: {
    code: 'E_STEP_ORDER',
    when: 'The member has the right to be heard before the vote.',
    source: `${law} art. 16`,
  },
  RECALL_TURNOUT: {
    code: 'E_TURNOUT',
    when: 'Half of the registered voters or fewer voted: the recall does not count.',
    source: `${law} art. 16`,
  },
  RECALL_NOT_MAJORITY: {
    code: 'E_NOT_MAJORITY',
    when: 'Half of the votes cast or fewer are for the recall.',
    source: `${law} art. 16`,
  },
  RECALL_CARRIED: {
    code: 'E_VOTES',
    when: 'By its numbers the vote did recall the member.',
    source: `${law} art. 16`,
  },
  APPRAISAL_CHAIR: {
    code: 'E_NOT_AUTHORIZED',
    when: 'An appraisal is chaired by somebody of the supervision committee.',
    source: `${law} art. 33`,
    remedy: 'Record the supervision committee, and name one of its members.',
  },
  APPRAISAL_QUORUM: {
    code: 'E_QUORUM',
    when: 'Too few took part: more than half of the adults, or two thirds of the households or representatives.',
    source: `${law} art. 22, 26`,
  },
  APPRAISAL_VOTES: {
    code: 'E_VOTES',
    when: 'The votes on a member are not as many as took part.',
    source: `${law} art. 33`,
  },
  APPRAISAL_AHEAD: {
    code: 'E_FUTURE_OCCURRENCE',
    when: 'A year that has not begun is not appraised.',
    source: 'calendar',
  },
  AUDIT_PERIOD: {
    code: 'E_STEP_ORDER',
    when: 'The period that was audited ends by the day of the publication.',
    source: 'calendar',
  },
  AUDIT_TERM: { code: 'E_NOT_FOUND', when: 'There is no such term yet.', source: 'log' },
});
