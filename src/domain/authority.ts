/** Who may decide which act, at which level, for which territory: dated rows, as the law's numbers are. */
import type { z } from 'zod';
import type { Authority, LocalDate } from '../es/event.ts';
import { codes } from './vocabulary.ts';

export const AuthorityLevel = codes('AuthorityLevel', 'Level of the body that decides.', {
  VILLAGE: 'The village itself: its assembly, its committee, its supervision committee.',
  TOWNSHIP: 'Town, township or street (镇, 乡, 街道).',
  COUNTY: 'County, district or county-level city; in 东莞 and 中山 the city, which has no counties.',
  PREFECTURE: 'Prefecture-level city.',
  PROVINCE: 'Province.',
  CENTRE: 'The central authorities.',
});
export type AuthorityLevel = z.output<typeof AuthorityLevel>;

/** Acts, with what each is. */
export const acts = {
  SEATS_APPROVE: 'Approve a committee’s seats.',
  ELECTION_DEPLOY: 'Deploy a round of elections.',
  ELECTION_HOLD: 'Run an election, a by-election or a recall.',
  ELECTION_DATE_APPROVE: 'Approve an early or a late election.',
  PILOT_DESIGNATE: 'Designate a pilot of elections with residents from elsewhere.',
  APPRAISAL_HOLD: 'Hold the democratic appraisal.',
  AUDIT_ORGANISE: 'Organise an accountability audit.',
  HANDOVER_SUPERVISE: 'Hand over from committee to committee.',
  CHARTER_MAKE: 'Draft, adopt, publish and enforce a charter.',
  CHARTER_REVIEW: 'Review the draft of a charter.',
  CHARTER_FILE: 'Take a charter on file.',
  CHARTER_CORRECT: 'Order the correction of a charter.',
  DELIBERATION_HOLD: 'Open platforms, deliberate and resolve.',
  SITE_DESIGNATE: 'Designate a demonstration site.',
  DISCLOSURE_PUBLISH: 'Publish the village’s affairs.',
  DISCLOSURE_ORDER: 'Order a disclosure.',
  DISCLOSURE_STANDARD: 'Define a standard of disclosure.',
  DISCLOSURE_ASSESS: 'Assess a village’s disclosure.',
  SUBSIDY_STANDARD: 'Adopt a standard of subsidies or funds.',
  LOST_WORK_STANDARD: 'Decide the allowance for lost work.',
  REGION_TIER: 'Define a region tier.',
  FUND_APPROPRIATE: 'Appropriate a fund.',
  FUND_ALLOCATE: 'Allocate a fund to a region.',
  FUND_PAY: 'Transfer to a village, pay a run, post arrears, reverse.',
  FUND_REVIEW: 'Review the use of the office fund.',
  RETIRED_COLLECT: 'Collect the record of a retired cadre and check it first.',
  RETIRED_REVIEW: 'Verify service and post the notice.',
  RETIRED_APPROVE: 'Approve, refuse, suspend, resume or end an allowance.',
  CERTIFICATE_LIST: 'Publish or amend a list of certificates.',
  CERTIFICATE_ISSUE: 'Take in, issue, refuse or revoke a certificate.',
  HONOUR_CONFER: 'Confer or revoke an honour.',
  DOCUMENT_ISSUE: 'Issue or repeal a policy document or a local standard.',
  CREDIT_CODE: 'Issue, change or cancel a credit code certificate.',
  SERVICE_POINT: 'Open or close a service point.',
  REPORT: 'Report figures of a division.',
} as const;
export type Act = keyof typeof acts;

export interface AuthorityRow {
  readonly act: Act;
  /** Levels whose organs may decide it. */
  readonly levels: readonly AuthorityLevel[];
  readonly from: LocalDate;
  /** First day on which the row no longer holds. */
  readonly to?: LocalDate;
  readonly source: string;
}

const oldest = '1949-10-01';
const row = (act: Act, source: string, ...allowed: AuthorityLevel[]): AuthorityRow => ({
  act,
  levels: allowed,
  from: oldest,
  source,
});
const law = '村民委员会组织法';
const above = ['COUNTY', 'PREFECTURE', 'PROVINCE', 'CENTRE'] as const;

/** The matrix in force. Rows of one act do not overlap. Where the source is a proposal, it says so. */
export const authorityMatrix: readonly AuthorityRow[] = [
  row('SEATS_APPROVE', '广东省村民委员会选举办法 art. 2', 'TOWNSHIP'),
  row('ELECTION_DEPLOY', '广东省村民委员会选举办法', 'PROVINCE'),
  row('ELECTION_HOLD', `${law} art. 11, 12`, 'VILLAGE'),
  row('ELECTION_DATE_APPROVE', '广东省村民委员会选举办法', 'COUNTY'),
  row('PILOT_DESIGNATE', 'proposal of this ledger: no source names the level', 'TOWNSHIP', ...above),
  row('APPRAISAL_HOLD', `${law} art. 33`, 'VILLAGE'),
  row('AUDIT_ORGANISE', `${law} art. 35`, 'TOWNSHIP', 'COUNTY'),
  row('HANDOVER_SUPERVISE', `${law} art. 20`, 'VILLAGE', 'TOWNSHIP'),
  row('CHARTER_MAKE', `${law} art. 27`, 'VILLAGE'),
  row('CHARTER_REVIEW', '民发〔2018〕144号', 'TOWNSHIP'),
  row('CHARTER_FILE', `${law} art. 27; 城市居民委员会组织法 art. 15`, 'TOWNSHIP', 'COUNTY'),
  row('CHARTER_CORRECT', `${law} art. 27`, 'TOWNSHIP'),
  row('DELIBERATION_HOLD', `${law} art. 21-26`, 'VILLAGE'),
  row('SITE_DESIGNATE', 'proposal of this ledger: no source names the level', 'TOWNSHIP', ...above),
  row('DISCLOSURE_PUBLISH', `${law} art. 30`, 'VILLAGE'),
  row('DISCLOSURE_ORDER', `${law} art. 31`, 'TOWNSHIP', 'COUNTY'),
  row('DISCLOSURE_STANDARD', '广东省村务公开条例（2014年修订）', ...above),
  row('DISCLOSURE_ASSESS', 'proposal of this ledger: at least the township', 'TOWNSHIP', ...above),
  row('SUBSIDY_STANDARD', '村级组织运转经费保障机制; top-ups by townships', 'TOWNSHIP', ...above),
  row('LOST_WORK_STANDARD', `${law} art. 24`, 'VILLAGE'),
  row('REGION_TIER', '粤财农〔2015〕668号', 'PREFECTURE', 'PROVINCE', 'CENTRE'),
  row('FUND_APPROPRIATE', '粤财农〔2015〕668号', 'COUNTY', 'PREFECTURE', 'PROVINCE', 'CENTRE'),
  row('FUND_ALLOCATE', '粤财农〔2015〕668号', 'PREFECTURE', 'PROVINCE', 'CENTRE'),
  row('FUND_PAY', '粤财农〔2015〕668号', 'TOWNSHIP', 'COUNTY', 'PREFECTURE'),
  row('FUND_REVIEW', '关于提高村干部补贴和经济薄弱村办公经费补助的通知', 'VILLAGE'),
  row('RETIRED_COLLECT', 'proposal of this ledger after the practice elsewhere', 'VILLAGE', 'TOWNSHIP'),
  row('RETIRED_REVIEW', 'proposal of this ledger after the practice elsewhere', 'TOWNSHIP'),
  row('RETIRED_APPROVE', 'proposal of this ledger after the practice elsewhere', 'COUNTY'),
  row('CERTIFICATE_LIST', '民发〔2020〕20号', ...above),
  row('CERTIFICATE_ISSUE', '民发〔2020〕20号', 'VILLAGE'),
  row('HONOUR_CONFER', 'proposal of this ledger: own titles', 'COUNTY', 'PREFECTURE', 'PROVINCE', 'CENTRE'),
  row('DOCUMENT_ISSUE', 'proposal of this ledger', 'TOWNSHIP', ...above),
  row('CREDIT_CODE', '基层群众性自治组织特别法人统一社会信用代码: civil affairs', 'COUNTY', 'PREFECTURE'),
  row('SERVICE_POINT', 'proposal of this ledger', 'VILLAGE', 'TOWNSHIP', ...above),
  row('REPORT', 'proposal of this ledger', 'VILLAGE', 'TOWNSHIP', ...above),
];

/** The row in force for an act on a day; null where nobody could decide it then. */
export function authorityOn(matrix: readonly AuthorityRow[], act: Act, day: LocalDate): AuthorityRow | null {
  return (
    matrix.find((each) => each.act === act && each.from <= day && (each.to === undefined || day < each.to)) ?? null
  );
}

/** The level that a body states; null where it is none that is known. */
export const levelOf = ({ level }: Authority): AuthorityLevel | null =>
  AuthorityLevel.options.find((known) => known === level) ?? null;
