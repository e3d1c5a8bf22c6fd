/** The law's numbers as dated rows. A decision reads the row in force on its day; a change of law adds a row, and what was
 *  decided before stays as it was. */
import type { LocalDate } from '../es/event.ts';

/** Names of the rules, with what each value means. */
export const ruleNames = {
  TERM_YEARS_VILLAGERS: 'Years of a villagers’ committee’s term.',
  TERM_YEARS_RESIDENTS: 'Years of a residents’ committee’s term.',
  SEATS_MIN_VILLAGERS: 'Fewest seats of a villagers’ committee.',
  SEATS_MAX_VILLAGERS: 'Most seats of a villagers’ committee.',
  SEATS_MIN_RESIDENTS: 'Fewest seats of a residents’ committee.',
  SEATS_MAX_RESIDENTS: 'Most seats of a residents’ committee.',
  SUPERVISION_MEMBERS_MIN: 'Fewest members of a supervision committee.',
  SUPERVISION_MEMBERS_MAX: 'Most members of a supervision committee.',
  WOMEN_MIN: 'Fewest women in a committee.',
  VOTER_LIST_LEAD_DAYS: 'Days from the publication of the list of voters to the vote, at least.',
  VOTER_OBJECTION_DAYS: 'Days from the list to an objection, at most.',
  VOTER_DECISION_DAYS: 'Days from an objection to its decision, at most.',
  RUNOFF_MIN_BP: 'Votes for an elected person in a run-off, in basis points of the votes cast, at least.',
  RECALL_VOTERS_MIN_BP: 'Voters who ask for a recall, in basis points of those registered, at least.',
  RECALL_REPRESENTATIVES_MIN_BP: 'Representatives who ask for a recall, in basis points, at least.',
  HANDOVER_DAYS: 'Days from the election to the handover, at most; a later one is recorded and flagged.',
  ASSEMBLY_NOTICE_DAYS: 'Days from the notice to a villagers’ assembly, at least.',
  ASSEMBLY_ADULTS_MIN_BP: 'Adults present in a villagers’ assembly: more than this, in basis points.',
  ASSEMBLY_HOUSEHOLDS_MIN_BP: 'Households present in a villagers’ assembly, in basis points, at least.',
  REPRESENTATIVES_PRESENT_MIN_BP: 'Representatives present in their assembly, in basis points, at least.',
  HOUSEHOLDS_MIN_RESIDENTS: 'Households of a residents’ committee, usually at least; a warning, not a refusal.',
  HOUSEHOLDS_MAX_RESIDENTS: 'Households of a residents’ committee, usually at most; a warning, not a refusal.',
  PARTY_STUDY_REQUIRED: '1 where important matters are first studied by the party organisation.',
  CHARTER_BY_REPRESENTATIVES: '1 where representatives may adopt a villagers’ charter in place of the assembly.',
  DISCLOSURE_GRACE_DAYS: 'Days after a quarter’s end within which its affairs are disclosed: illustrative.',
  RETIRED_NOTICE_DAYS: 'Days that the eligibility of a retired cadre is posted, at least: illustrative.',
} as const;
export type RuleName = keyof typeof ruleNames;

export interface Rule {
  readonly name: RuleName;
  readonly value: number;
  /** First day on which it holds. */
  readonly from: LocalDate;
  /** First day on which it no longer holds. */
  readonly to?: LocalDate;
  /** The law, with its article. */
  readonly source: string;
  /** Invented for want of a source: said wherever it is shown. */
  readonly illustrative?: true;
}

export type RuleSet = readonly Rule[];

const vcLaw2010 = '村民委员会组织法（2010年10月28日修订）';
const vcLaw2018 = '村民委员会组织法（2018年12月29日修正）';
const rcLaw2018 = '城市居民委员会组织法（2018年12月29日修正）';
const oldest = '1998-11-04';

/** The rules that are known. Rows of one name do not overlap: held by a test. */
export const ruleSet: RuleSet = [
  { name: 'TERM_YEARS_VILLAGERS', value: 3, from: oldest, to: '2018-12-29', source: `${vcLaw2010} art. 11` },
  { name: 'TERM_YEARS_VILLAGERS', value: 5, from: '2018-12-29', source: `${vcLaw2018} art. 11` },
  {
    name: 'TERM_YEARS_RESIDENTS',
    value: 3,
    from: oldest,
    to: '2018-12-29',
    source: '城市居民委员会组织法（1989年）art. 8',
  },
  { name: 'TERM_YEARS_RESIDENTS', value: 5, from: '2018-12-29', source: `${rcLaw2018} art. 8` },
  { name: 'SEATS_MIN_VILLAGERS', value: 3, from: oldest, source: `${vcLaw2018} art. 6` },
  { name: 'SEATS_MAX_VILLAGERS', value: 7, from: oldest, source: `${vcLaw2018} art. 6` },
  { name: 'SEATS_MIN_RESIDENTS', value: 5, from: oldest, source: `${rcLaw2018} art. 7` },
  { name: 'SEATS_MAX_RESIDENTS', value: 9, from: oldest, source: `${rcLaw2018} art. 7` },
  { name: 'SUPERVISION_MEMBERS_MIN', value: 3, from: oldest, source: '关于建立健全村务监督委员会的指导意见（2017年）' },
  { name: 'SUPERVISION_MEMBERS_MAX', value: 5, from: oldest, source: '关于建立健全村务监督委员会的指导意见（2017年）' },
  { name: 'WOMEN_MIN', value: 1, from: oldest, source: '广东省村民委员会选举办法（2010年文本）' },
  { name: 'VOTER_LIST_LEAD_DAYS', value: 20, from: oldest, source: `${vcLaw2018} art. 14` },
  { name: 'VOTER_OBJECTION_DAYS', value: 5, from: oldest, source: `${vcLaw2018} art. 14` },
  { name: 'VOTER_DECISION_DAYS', value: 3, from: oldest, source: `${vcLaw2018} art. 14` },
  { name: 'RUNOFF_MIN_BP', value: 3_333, from: oldest, source: `${vcLaw2018} art. 15` },
  { name: 'RECALL_VOTERS_MIN_BP', value: 2_000, from: oldest, source: `${vcLaw2018} art. 16` },
  { name: 'RECALL_REPRESENTATIVES_MIN_BP', value: 3_333, from: oldest, source: `${vcLaw2018} art. 16` },
  { name: 'HANDOVER_DAYS', value: 10, from: oldest, source: `${vcLaw2018} art. 20` },
  { name: 'ASSEMBLY_NOTICE_DAYS', value: 10, from: oldest, source: `${vcLaw2018} art. 21` },
  { name: 'ASSEMBLY_ADULTS_MIN_BP', value: 5_000, from: oldest, source: `${vcLaw2018} art. 22` },
  { name: 'ASSEMBLY_HOUSEHOLDS_MIN_BP', value: 6_667, from: oldest, source: `${vcLaw2018} art. 22` },
  { name: 'REPRESENTATIVES_PRESENT_MIN_BP', value: 6_667, from: oldest, source: `${vcLaw2018} art. 26` },
  { name: 'HOUSEHOLDS_MIN_RESIDENTS', value: 100, from: oldest, to: '2026-01-01', source: `${rcLaw2018} art. 6` },
  { name: 'HOUSEHOLDS_MAX_RESIDENTS', value: 700, from: oldest, to: '2026-01-01', source: `${rcLaw2018} art. 6` },
  {
    name: 'HOUSEHOLDS_MIN_RESIDENTS',
    value: 1_000,
    from: '2026-01-01',
    source: '城市居民委员会组织法（2026年1月1日起施行）',
  },
  {
    name: 'HOUSEHOLDS_MAX_RESIDENTS',
    value: 3_000,
    from: '2026-01-01',
    source: '城市居民委员会组织法（2026年1月1日起施行）',
  },
  { name: 'PARTY_STUDY_REQUIRED', value: 0, from: oldest, to: '2026-01-01', source: vcLaw2018 },
  { name: 'PARTY_STUDY_REQUIRED', value: 1, from: '2026-01-01', source: '村民委员会组织法（2026年1月1日起施行）' },
  { name: 'CHARTER_BY_REPRESENTATIVES', value: 0, from: oldest, source: `${vcLaw2018} art. 27` },
  {
    name: 'DISCLOSURE_GRACE_DAYS',
    value: 15,
    from: oldest,
    source: 'illustrative: the law says quarterly, not when',
    illustrative: true,
  },
  {
    name: 'RETIRED_NOTICE_DAYS',
    value: 5,
    from: oldest,
    source: 'illustrative: the length of the notice is not known',
    illustrative: true,
  },
];

/** The row in force on a day; null where the law knew no such rule then. */
export function ruleOn(rules: RuleSet, name: RuleName, day: LocalDate): Rule | null {
  return (
    rules.find((rule) => rule.name === name && rule.from <= day && (rule.to === undefined || day < rule.to)) ?? null
  );
}
