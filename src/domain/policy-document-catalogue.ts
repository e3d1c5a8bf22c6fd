/** What can happen to a document, and what a clerk may ask for: the first half of the aggregate in `policy-document.ts`. */
import { z } from 'zod';
import { streamOf } from '../es/event.ts';
import { AuthorityLevel } from './authority.ts';
import { corrections } from './corrections.ts';
import { DivisionId, LocalDate } from './scalars.ts';
import { codes, command, event, scalar, text } from './vocabulary.ts';

export const DocumentKind = codes('DocumentKind', 'What kind of document it is.', {
  LAW: 'Law or regulation (法律, 法规, 规章).',
  NOTICE: 'Notice (通知).',
  OPINION: 'Opinion (意见).',
  MEASURES: 'Measures (措施, 办法).',
  PLAN: 'Plan (方案, 计划).',
  MECHANISM_PAPER: 'Paper that sets up a working mechanism (机制文件), such as 一核四社.',
  LOCAL_STANDARD: 'Local standard (地方标准).',
  OTHER: 'Another document.',
});

export const PolicyTopic = codes('PolicyTopic', 'Which system a document is about.', {
  ROSTER: 'Villages, their codes and names.',
  DELIBERATION: 'Deliberation (议事协商).',
  STANDARDS: 'Local standards (地方标准).',
  SERVICE: 'Government service points (一门式一网式).',
  HONOURS: 'Honours (荣誉).',
  CHARTERS: 'Charters (村规民约, 居民公约).',
  DISCLOSURE: 'Disclosure (村务公开).',
  WORKFORCE: 'Community workers and service (社区工作者).',
  MECHANISM: 'Working mechanisms and the capacity of governance (一核四社).',
  ELECTIONS: 'Elections, appraisal and audit (换届).',
  CERTIFICATES: 'Certificates (证明事项).',
  SUBSIDIES: 'Subsidies (津补贴).',
  FUNDS: 'Operating funds (办公经费, 党建经费).',
  RETIRED_CADRES: 'Retired cadres (正常离任村干部).',
});

const DocumentId = scalar(
  'DocumentId',
  'A document’s id: opaque.',
  z.string().regex(/^[a-z]{1,3}_[A-Za-z0-9]{8,40}$/, 'is not an id'),
);

const called = {
  title: text(200).describe('Title, without the marks 《》.'),
  aliases: z
    .array(text(200))
    .max(10)
    .optional()
    .describe('Other titles under which it is cited, where sources differ.'),
  issuers: z.array(text(120)).min(1).max(20).describe('Organs that issued it, the first one first.'),
};
const issuedBy = {
  level: AuthorityLevel.describe('Level of the organ that issued it.'),
  division: DivisionId.optional().describe('Division of that organ; none for the centre.'),
};
const issued = {
  documentNumber: text(120)
    .optional()
    .describe('Its number (文号), such as 民发〔2018〕144号; none where it is not known.'),
  ...called,
  kind: DocumentKind,
  issuedOn: LocalDate.describe('Day that it bears; effectiveOn is the day from which it is in force.'),
  expiresOn: LocalDate.optional().describe('First day on which it is no longer in force, where it says so.'),
  supersedes: z.array(DocumentId).max(50).optional().describe('Ids of the documents in whose place it stands.'),
  retroactive: z.boolean().optional().describe('True where it says that it also holds for days before its own.'),
  topics: z.array(PolicyTopic).max(14).optional().describe('What it is about.'),
  mechanism: text(60).optional().describe('Name of the working mechanism that it sets up, such as 一核四社.'),
};
const standard = {
  standardNumber: text(60).optional().describe('Its number, such as DB44/T …; none where it is not known.'),
  ...called,
  publishedOn: LocalDate.describe('Day of publication; effectiveOn is the day from which it is in force.'),
  topics: z.array(PolicyTopic).max(14).optional().describe('What it is about.'),
};
const ended = { reason: text(500).optional().describe('Why, where it is said.') };

// Names and shapes are the stored format: add, never rename; a changed meaning is a new name.
export const policyDocumentEvents = {
  ...corrections,
  PolicyDocumentIssued: event(
    'A document was issued: from its day on it is in force, in place of those that it supersedes.',
    { ...issued, ...issuedBy },
    { zh: '文件印发', subjects: ({ supersedes = [] }) => supersedes.map((id) => streamOf('document', id)) },
  ),
  LocalStandardPublished: event(
    'A local standard was published: from its day on it is in force.',
    { ...standard, ...issuedBy },
    { zh: '地方标准发布' },
  ),
  PolicyDocumentRepealed: event('A document or local standard was repealed.', ended, { zh: '文件废止' }),
  PolicyDocumentExpired: event('A document lapsed, though it named no day for it.', ended, { zh: '文件失效' }),
};

export const policyDocumentCommands = {
  issuePolicyDocument: command(
    'Record a document; effectiveOn is the day from which it is in force. A local standard has a command of its own.',
    issued,
    {
      zh: '登记文件',
      creates: true,
      rule: ({ kind }) =>
        kind === 'LOCAL_STANDARD' ? { path: 'kind', message: 'is recorded by publishLocalStandard' } : undefined,
    },
  ),
  publishLocalStandard: command(
    'Record a local standard; effectiveOn is the day from which it is in force.',
    standard,
    { zh: '登记地方标准', creates: true },
  ),
  repealPolicyDocument: command('Record that a document or local standard was repealed.', ended, { zh: '登记废止' }),
  expirePolicyDocument: command('Record that a document lapsed, though it named no day for it.', ended, {
    zh: '登记失效',
  }),
};
