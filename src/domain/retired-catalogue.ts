/** What can happen to the record of a retired cadre, and what a clerk may ask for: the first half of the aggregate in `retired.ts`. */
import { z } from 'zod';
import { streamOf } from '../es/event.ts';
import { AuthorityLevel } from './authority.ts';
import { corrections } from './corrections.ts';
import { LocalDate, PersonRef, VillageId, YearMonth } from './scalars.ts';
import { StandardId, StandardTier } from './standard-terms.ts';
import { codes, command, count, event, part, text } from './vocabulary.ts';

const CadrePost = codes('CadrePost', 'Posts of village cadres, as far as years in them are counted.', {
  PARTY_SECRETARY: 'Secretary of the village’s party organisation (村党组织书记).',
  PARTY_MEMBER: 'Member of the party organisation’s committee (村党组织委员).',
  COMMITTEE_CHAIR: 'Chair of the villagers’ or residents’ committee (主任).',
  COMMITTEE_VICE_CHAIR: 'Vice chair of the committee (副主任).',
  COMMITTEE_MEMBER: 'Member of the committee (委员).',
  SUPERVISION_HEAD: 'Head of the supervision committee (村务监督委员会主任).',
  SUPERVISION_MEMBER: 'Member of the supervision committee (村务监督委员会成员).',
  GROUP_HEAD: 'Head of a village group (村民小组长).',
});
const LeaveReason = codes('LeaveReason', 'How a cadre left office. Only who left normally has a claim.', {
  NORMAL: 'Normally: the term ended, or resigned in good standing (正常离任).',
  RECALLED: 'Recalled by vote (罢免).',
  DISMISSED: 'Dismissed from a party or public post (免职, 撤职).',
  CONVICTED: 'Convicted of a crime (被判处刑罚).',
  OFFICE_TERMINATED: 'The office ended by law, as after two appraisals as incompetent (职务自行终止).',
});
const CountingRule = codes(
  'CountingRule',
  'How months of service are counted: every month in which a post was held counts once, the first and the last included, less interruptions. The codes are this ledger’s own; no circular is known that words the rule.',
  {
    ALL_POSTS: 'Months in any of the posts.',
    TWO_COMMITTEES: 'Months in the party organisation or the committee; supervision and village groups do not count.',
  },
);
export const RetiredStatus = codes('RetiredStatus', 'How far the record of a retired cadre has come.', {
  COLLECTED: 'The record is collected.',
  VERIFIED: 'The service is verified.',
  POSTED: 'The eligibility was posted.',
  APPROVED: 'The allowance is approved and not stopped.',
  REFUSED: 'The allowance is refused.',
  SUSPENDED: 'The allowance is suspended.',
  CEASED: 'The allowance has ended.',
});
export type RetiredStatus = z.output<typeof RetiredStatus>;
export const RetiredRefusalGround = codes('RetiredRefusalGround', 'Why an allowance is refused.', {
  TOO_FEW_YEARS: 'Too few years were served.',
  NOT_PROVEN: 'The service is not proven.',
  OBJECTION_UPHELD: 'An objection to the notice was upheld.',
  IN_PENSION_SCHEME: 'The person draws a public pension, and the rule excludes that.',
  NOT_NORMAL: 'It was found that the person did not leave office normally.',
});
export const AllowanceStopCause = codes('AllowanceStopCause', 'Why an allowance is suspended or ends.', {
  DEATH: 'The person died (死亡).',
  CRIMINAL_PENALTY: 'A criminal penalty (刑事处罚).',
  PARTY_DISCIPLINE: 'Party discipline (党纪处分).',
  FRAUD: 'It was obtained by fraud (弄虚作假).',
  PENSION_SCHEME: 'The person entered a public pension scheme.',
  BACK_IN_OFFICE: 'The person is in office again.',
  NOT_CONFIRMED: 'The person was not confirmed in the yearly check (年审).',
});
const ServedPost = part('ServedPost', 'A post that was held, from its first month to its last.', {
  post: CadrePost,
  from: YearMonth.describe('First month in the post.'),
  to: YearMonth.describe('Last month in the post; not before the first.'),
});
const Months = part('MonthSpan', 'Months, both ends included.', {
  from: YearMonth.describe('First month.'),
  to: YearMonth.describe('Last month; not before the first.'),
});
const village = VillageId.describe('The village that the cadre served.');
const named = { subjects: (data: { village: string }) => [streamOf('village', data.village)] };
const collected = {
  village,
  personRef: PersonRef.describe('The person, whose data lie in the vault.'),
  posts: z.array(ServedPost).min(1).max(40).describe('Posts held. Those of one kind do not overlap.'),
  leftOn: LocalDate.describe('Last day in office.'),
  leaveReason: LeaveReason,
  vaultRecordId: text(60).optional().describe('Record of the vault that holds the personal data.'),
  collectionNoticeShown: z.boolean().describe('Whether the person was told what the data are collected for.'),
};
const verified = {
  countedMonths: count().describe('Months that count, by the counting rule.'),
  interruptions: z.array(Months).max(40).describe('Months within the posts that do not count; none where empty.'),
  countingRule: CountingRule,
};
const posted = {
  from: LocalDate.describe('First day of the notice.'),
  to: LocalDate.describe('Last day of the notice.'),
  objections: count().describe('Objections received.'),
};
const approved = {
  standard: StandardId.optional().describe('Standard that the step is of; left out where it is not in the log.'),
  tier: StandardTier,
  from: YearMonth.describe('First month for which it is due; months before the approval are arrears.'),
};
const refusedFor = {
  ground: RetiredRefusalGround,
  remark: text(300).optional().describe('What the decision says.'),
};
const stopped = { cause: AllowanceStopCause, from: YearMonth.describe('First month for which nothing is due.') };
const recomputed = {
  standard: approved.standard,
  newTier: StandardTier,
  from: YearMonth.describe('First month of the new amount; months before the decision are arrears.'),
  reason: text(300).describe('Why: a new standard, months found later.'),
};
const pension = {
  inPensionScheme: z.boolean().describe('Whether the person draws a public pension already.'),
  excludesPensioners: z.boolean().describe('Whether the rule excludes those who do.'),
};

// Names and shapes are the stored format: add, never rename; a changed meaning is a new name.
export const retiredEvents = {
  ...corrections,
  RetiredCadreRecordCollected: event('The record of a retired cadre was collected.', collected, {
    zh: '离任村干部信息采集',
    ...named,
  }),
  RetiredServiceVerified: event(
    'The service of a retired cadre was verified.',
    { village, ...verified, verifiedBy: AuthorityLevel.describe('Level that verified it.') },
    { zh: '任职年限核实', ...named },
  ),
  RetiredNoticePosted: event(
    'The eligibility of a retired cadre was posted.',
    { village, ...posted },
    { zh: '公示', ...named },
  ),
  RetirementAllowanceApproved: event(
    'The allowance of a retired cadre was approved.',
    { village, ...approved, ...pension },
    { zh: '生活补助批准', ...named },
  ),
  RetirementAllowanceRefused: event(
    'The allowance of a retired cadre was refused.',
    { village, ...refusedFor },
    { zh: '生活补助不予批准', ...named },
  ),
  RetirementAllowanceSuspended: event(
    'The allowance was suspended.',
    { village, ...stopped },
    { zh: '生活补助停发', ...named },
  ),
  RetirementAllowanceResumed: event(
    'The allowance was resumed.',
    { village, from: YearMonth.describe('First month for which it is due again.') },
    { zh: '生活补助恢复发放', ...named },
  ),
  RetirementAllowanceCeased: event('The allowance ended.', { village, ...stopped }, { zh: '生活补助终止', ...named }),
  RetirementAllowanceRecomputed: event(
    'The allowance was computed anew.',
    { village, oldTier: StandardTier, ...recomputed },
    { zh: '生活补助重新核定', ...named },
  ),
};

const spansInOrder = (spans: readonly { from: string; to: string }[], path: string) =>
  spans.some(({ from, to }) => from > to) ? { path, message: 'a last month lies before its first' } : undefined;

export const retiredCommands = {
  collectRetiredRecord: command(
    'Collect the record of a retired cadre, who is named by a reference into the vault alone.',
    collected,
    { zh: '采集离任村干部信息', rule: ({ posts }) => spansInOrder(posts, 'posts'), creates: true },
  ),
  verifyRetiredService: command('Record that the service was verified, and how many months count.', verified, {
    zh: '核实任职年限',
    rule: ({ interruptions }) => spansInOrder(interruptions, 'interruptions'),
  }),
  postRetiredNotice: command('Record the notice of eligibility once its days have passed.', posted, {
    zh: '登记公示',
    rule: ({ from, to }) => (from > to ? { path: 'to', message: 'lies before the first day' } : undefined),
  }),
  approveRetirementAllowance: command(
    'Record the county’s approval.',
    { ...approved, ...pension },
    { zh: '批准生活补助' },
  ),
  refuseRetirementAllowance: command('Record the county’s refusal.', refusedFor, { zh: '不予批准生活补助' }),
  suspendRetirementAllowance: command('Record a suspension. A death ends the allowance instead.', stopped, {
    zh: '停发生活补助',
    rule: ({ cause }) => (cause === 'DEATH' ? { path: 'cause', message: 'a death ends the allowance' } : undefined),
  }),
  resumeRetirementAllowance: command(
    'Record that a suspended allowance is paid again.',
    { from: retiredEvents.RetirementAllowanceResumed.shape.from },
    { zh: '恢复发放生活补助' },
  ),
  ceaseRetirementAllowance: command(
    'Record the end of the allowance. After a death name the month after it.',
    {
      cause: AllowanceStopCause,
      from: YearMonth.optional().describe(
        'First month for which nothing is due: after a death the month after it, which must be given; else the month after effectiveOn where it is left out.',
      ),
    },
    { zh: '终止生活补助' },
  ),
  recomputeRetirementAllowance: command('Record that the allowance was computed anew.', recomputed, {
    zh: '重新核定生活补助',
  }),
};
