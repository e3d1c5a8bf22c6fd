/** The words of subsidy standards: kinds of money, who gets it, and how much by which rule. */
import { z } from 'zod';
import { AuthorityLevel } from './authority.ts';
import { BasisPoints, Fen } from './scalars.ts';
import { codes, count, part, scalar, text } from './vocabulary.ts';

const idPattern = (prefix: string) =>
  z.string().regex(new RegExp(`^${prefix}_[A-Za-z0-9]{8,40}$`), 'is not such an id');
export const StandardId = scalar('StandardId', "A standard's id: opaque.", idPattern('s'));
export const TierId = scalar('TierId', "A region tier's id: opaque.", idPattern('t'));

export const SubsidyKind = codes('SubsidyKind', 'Kinds of subsidies and funds of villages.', {
  ALLOWANCE: 'Allowance of cadres in office (津补贴).',
  BASIC_PAY: 'Basic pay (基本报酬).',
  PERFORMANCE_BONUS: 'Performance bonus (绩效奖励).',
  OFFICE_FUND: 'Office fund of a village (办公经费).',
  PARTY_SERVICE_FUND: 'Fund of the party organisation for serving people (党建经费, 村党组织服务群众经费).',
  OPERATING_FUND: 'Operating fund as a whole: basic pay, office fund and other necessary spending (村级组织运转经费).',
  LOST_WORK_ALLOWANCE: 'Allowance for lost work, which the assembly decides (误工补贴, 村民委员会组织法 art. 24).',
  RETIREMENT_ALLOWANCE: 'Allowance of cadres who left office normally (离任村干部生活补助).',
});
export type SubsidyKind = z.output<typeof SubsidyKind>;

export const Beneficiary = codes('Beneficiary', 'Who a standard is for.', {
  SECRETARY_OR_CHAIR: 'Party secretary or chair.',
  COMMITTEE_MEMBER: 'Members of the two committees (“两委”).',
  SUPERVISION_MEMBER: 'Members of the supervision committee.',
  VILLAGE: 'The village itself.',
  RETIRED_CADRE: 'Cadres who left office normally.',
  GROUP_HEAD: 'Heads of villagers’ groups.',
  REPRESENTATIVE: 'Representatives and others who come to a meeting.',
});
export const Per = codes('Per', 'What an amount is for.', {
  PERSON_MONTH: 'A person and a month.',
  PERSON_ONCE: 'A person, once.',
  VILLAGE_YEAR: 'A village and a year.',
  PARTY_MEMBER_YEAR: 'A party member and a year.',
  MEETING: 'A person and a meeting.',
});
export type Per = z.output<typeof Per>;
export const StandardMethod = codes('StandardMethod', 'How a standard says how much.', {
  FIXED: 'One amount.',
  FORMULA: 'A part of something that is known for each village.',
  TIERED: 'An amount by years served.',
});
export const StandardLimit = codes('StandardLimit', 'What a standard means for those of lower levels.', {
  FLOOR: 'They may not be lower.',
  CEILING: 'They may not be higher.',
});
export const PayoutMode = codes('PayoutMode', 'How it is paid.', {
  DIRECT_TO_PERSON: 'To the person’s own account, one person one card (一人一卡).',
  VIA_TOWNSHIP: 'Through the township.',
  VIA_VILLAGE: 'Through the village.',
});

const StandardFormula = part('StandardFormula', 'A standard that is a part of something else.', {
  reference: text(120).describe('What it is a part of: AVG_TWO_COMMITTEES_INCOME_PREVIOUS_YEAR_EXCL_BONUS.'),
  multiplierBp: z.int().min(1).max(1_000_000).describe('The part, in basis points: 2500 is one quarter.'),
  frozenForTerm: z.boolean().describe('Whether it stays the same for the term.'),
});
export const StandardTier = part('StandardTier', 'An amount for some years served.', {
  minYears: count().optional().describe('From this many full years on; from none where it is left out.'),
  maxYearsExclusive: count().optional().describe('Below this many years; without an end where it is left out.'),
  amountFen: Fen.describe('The amount, in fen.'),
  per: Per,
});
const HeadcountCap = part('HeadcountCap', 'How many people of a village are paid, at most.', {
  ifCollectiveIncomeFenBelow: Fen.optional().describe(
    'Where the collective’s income of a year is below this, in fen; in every other case where it is left out.',
  ),
  max: count().describe('People.'),
});
export const LevelShare = part('LevelShare', 'What one level bears.', {
  level: AuthorityLevel,
  bp: BasisPoints.optional().describe('Its share, in basis points.'),
  bpMax: BasisPoints.optional().describe('Its share at most, where the document gives no more.'),
  remainder: z.boolean().optional().describe('True where it bears the rest.'),
  minEqualsLevel: AuthorityLevel.optional().describe('The level whose share it bears at least.'),
});

/** What a standard says: the fields of its adoption and of its correction. */
export const standardTerms = {
  method: StandardMethod,
  per: Per.optional().describe('What `amountFen` is for.'),
  amountFen: Fen.optional().describe('The amount of a FIXED standard, in fen.'),
  previousAmountFen: Fen.optional().describe('What it was before, as the document says, in fen.'),
  formula: StandardFormula.optional().describe('The rule of a FORMULA standard.'),
  tiers: z.array(StandardTier).min(1).max(20).optional().describe('The amounts of a TIERED standard, by years served.'),
  headcount: z.array(HeadcountCap).min(1).max(5).optional().describe('How many people of a village are paid.'),
  shares: z.array(LevelShare).min(1).max(6).optional().describe('Who bears it: 10000 basis points in all.'),
  sharesOfIncrease: z.array(LevelShare).min(1).max(6).optional().describe('Who bears what it is more than before.'),
  eligibility: text(500).optional().describe('Who is entitled, in the document’s words.'),
  limit: StandardLimit.optional().describe('What it means for the standards of lower levels.'),
  payoutMode: PayoutMode.optional().describe('How it is paid.'),
};
export interface StandardTerms {
  readonly method: z.output<typeof StandardMethod>;
  readonly per?: Per;
  readonly amountFen?: string;
  readonly previousAmountFen?: string;
  readonly formula?: z.output<typeof StandardFormula>;
  readonly tiers?: readonly z.output<typeof StandardTier>[];
  readonly headcount?: readonly z.output<typeof HeadcountCap>[];
  readonly shares?: readonly z.output<typeof LevelShare>[];
  readonly sharesOfIncrease?: readonly z.output<typeof LevelShare>[];
  readonly limit?: z.output<typeof StandardLimit>;
}
