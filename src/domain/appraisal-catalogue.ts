/** Appraisals and audits of a committee: the third part of what `term.ts` decides. */
import { z } from 'zod';
import { streamOf } from '../es/event.ts';
import { LocalDate, PersonRef, VillageId } from './scalars.ts';
import { codes, command, count, event, part, text } from './vocabulary.ts';

export const AppraisalGrade = codes('AppraisalGrade', 'What an appraisal comes to for a member.', {
  EXCELLENT: 'Excellent (优秀), where the local scheme has it.',
  COMPETENT: 'Competent (称职).',
  BASICALLY_COMPETENT: 'Basically competent (基本称职).',
  INCOMPETENT: 'Incompetent (不称职): twice in a row ends the office (art. 33).',
});
export type AppraisalGrade = z.output<typeof AppraisalGrade>;
const AppraisalAssembly = codes('AppraisalAssembly', 'Which assembly appraised.', {
  ADULTS: 'The assembly, counted by adults.',
  HOUSEHOLDS: 'The assembly, counted by households.',
  REPRESENTATIVES: 'The assembly of representatives.',
});
export const AuditKind = codes('AuditKind', 'Which accountability audit it is.', {
  MID_TERM: 'During the term.',
  END_OF_OFFICE: 'At its end: published before the next election.',
});
const AuditItem = codes(
  'AuditItem',
  'What an accountability audit looks at: the law names six items (村民委员会组织法 art. 35); these words for them are this ledger’s proposal.',
  {
    INCOME_AND_SPENDING: 'Income and spending of the village.',
    CLAIMS_AND_DEBTS: 'Claims and debts.',
    GRANTS_AND_GIFTS: 'Use of what the government granted and society gave.',
    CONTRACTS_AND_TENDERS: 'Contracts of production and building, tenders of public works.',
    FUNDS_ASSETS_AND_LAND: 'Funds, collective assets and resources, compensation for land.',
    ASKED_BY_VILLAGERS: 'Other matters that a fifth of the villagers asked for.',
  },
);
const AuditFlag = codes('AuditFlag', 'What is recorded as it happened, though the law asks for something else.', {
  AFTER_NEXT_ELECTION: 'The audit at the end of office was published on the day of the next election, or after it.',
});
const MemberAppraisal = part('MemberAppraisal', 'The votes on one member.', {
  personRef: PersonRef.describe('The member.'),
  competent: count().describe('Votes for competent.'),
  basicallyCompetent: count().describe('Votes for basically competent.'),
  incompetent: count().describe('Votes for incompetent.'),
  grade: AppraisalGrade,
});

const village = VillageId.describe('The village whose committee it is.');
const named = { subjects: (data: { village: string }) => [streamOf('village', data.village)] };
const appraisal = {
  year: count().describe('Year that is appraised.'),
  chairRef: PersonRef.describe('Who chaired it: somebody of the supervision committee.'),
  assembly: AppraisalAssembly,
  scheme: text(200).optional().describe('By what scheme votes become grades.'),
  eligible: count().describe('Who could have taken part.'),
  attended: count().describe('Who took part.'),
  results: z.array(MemberAppraisal).min(1).max(30).describe('The members with their votes.'),
};
const audit = {
  kind: AuditKind,
  termNumber: count().describe('Number of the term that is audited.'),
  from: LocalDate.describe('First day of the period.'),
  to: LocalDate.describe('Last day of the period.'),
  items: z.array(AuditItem).min(1).max(6).describe('What was audited.'),
  findings: text(1_000).optional().describe('What was found, in sum, without personal data.'),
};

export const appraisalEvents = {
  DemocraticAppraisalHeld: event(
    'The village appraised its committee.',
    { village, ...appraisal },
    {
      zh: '民主评议',
      ...named,
    },
  ),
  AccountabilityAuditPublished: event(
    'The result of an accountability audit was published.',
    { village, ...audit, flags: z.array(AuditFlag).max(3).describe('What the law would have had otherwise.') },
    { zh: '任期和离任经济责任审计公布', ...named },
  ),
};

export const appraisalCommands = {
  recordAppraisal: command(
    'Record a democratic appraisal: at least one a year, more are taken. Each member is named once, in no year to come.',
    appraisal,
    {
      zh: '登记民主评议',
      rule: ({ eligible, attended, results }) => {
        if (attended > eligible) return { path: 'attended', message: 'is more than could have come' };
        return new Set(results.map(({ personRef }) => personRef)).size < results.length
          ? { path: 'results', message: 'name a member twice' }
          : undefined;
      },
    },
  ),
  publishAudit: command(
    'Record the publication of an accountability audit, on its day; the period ends by then. A late one is flagged.',
    audit,
    {
      zh: '登记经济责任审计公布',
      rule: ({ from, to }) => (from > to ? { path: 'to', message: 'is before the period’s first day' } : undefined),
    },
  ),
};
