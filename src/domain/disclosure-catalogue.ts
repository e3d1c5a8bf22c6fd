/** What can happen to a village's disclosure of affairs, and what a clerk may ask for: the first half of the aggregate in
 *  `disclosure.ts`. */
import { z } from 'zod';
import { streamOf } from '../es/event.ts';
import { corrections } from './corrections.ts';
import { DisclosurePeriod } from './disclosure-period.ts';
import { DimensionCode, DisclosureStandardId } from './disclosure-standard-terms.ts';
import { LocalDate, Sha256, VillageId } from './scalars.ts';
import { codes, command, count, event, part, text } from './vocabulary.ts';

export const DisclosureCategory = codes(
  'DisclosureCategory',
  'What a disclosure is about: the five items of 村民委员会组织法 art. 30, and the finances apart.',
  {
    ASSEMBLY_DECISIONS: 'Item 1: what the assemblies decide, and how it is carried out.',
    FAMILY_PLANNING: 'Item 2: how the state’s family planning policy is carried out.',
    FUNDS_AND_RELIEF: 'Item 3: relief and subsidies from government and donors, and their use.',
    GOVERNMENT_ASSISTANCE: 'Item 4: how the committee assists the government.',
    OTHER_CONCERNS: 'Item 5: other matters of the villagers’ interest and concern.',
    FINANCE: 'Income and expenses; monthly where there are many.',
  },
);
export const DisclosurePhase = codes(
  'DisclosurePhase',
  'When in the course of a matter it is disclosed (全过程公开).',
  {
    BEFORE: 'Before it (事前).',
    DURING: 'During it (事中).',
    AFTER: 'After it (事后).',
  },
);
const DisclosureFlag = codes(
  'DisclosureFlag',
  'A warning: what is unusual about a disclosure that is recorded nevertheless.',
  {
    WITHOUT_SUPERVISION_REVIEW: 'It was published without a review by the supervision committee before.',
  },
);
const ObjectionAddressee = codes('ObjectionAddressee', 'Before whom an objection was brought.', {
  VILLAGE: 'The village’s committee.',
  TOWNSHIP: 'The township’s government.',
  COUNTY: 'The county’s government or its department.',
});
const DimensionResult = part('DimensionResult', 'Whether one dimension of a standard is met.', {
  dimension: DimensionCode,
  met: z.boolean().describe('Whether it is met.'),
});

const village = VillageId.describe('The village whose affairs they are.');
const named = { subjects: (data: { village: string }) => [streamOf('village', data.village)] };
const what = { period: DisclosurePeriod, category: DisclosureCategory };
const disclosed = {
  ...what,
  phase: DisclosurePhase,
  contentSha256: Sha256.describe('SHA-256 of what was published.'),
  channels: z.array(text(60)).min(1).max(20).describe('Where it was published.'),
  reviewedBySupervisionOn: LocalDate.optional().describe('Day of the supervision committee’s review.'),
};
const objected = {
  ...what,
  addressedTo: ObjectionAddressee,
  matter: text(500).describe('What is objected to; no names of persons.'),
};
const answered = {
  objection: count().describe('Number of the objection in its village.'),
  answer: text(1_000).describe('What was answered.'),
};
const ordered = { ...what, reason: text(500).optional().describe('Why.') };
const assessed = {
  standard: DisclosureStandardId,
  results: z.array(DimensionResult).min(1).max(20).describe('Each dimension of the standard, once.'),
};

// Names and shapes are the stored format: add, never rename; a changed meaning is a new name.
export const disclosureEvents = {
  ...corrections,
  AffairsDisclosed: event(
    'A village published its affairs of a period; effectiveOn is the day of publication.',
    { village, ...disclosed, flags: z.array(DisclosureFlag).max(5).optional().describe('Warnings.') },
    { zh: '村务公开', ...named },
  ),
  DisclosureObjectionRaised: event(
    'Somebody objected to a disclosure, or to there being none.',
    { village, objection: count().describe('Number of the objection in its village, from 1.'), ...objected },
    { zh: '公开异议提出', ...named },
  ),
  DisclosureObjectionAnswered: event(
    'An objection was answered.',
    { village, ...answered },
    { zh: '公开异议答复', ...named },
  ),
  DisclosureOrdered: event('A village was ordered to disclose.', { village, ...ordered }, { zh: '责令公布', ...named }),
  DisclosureAssessed: event(
    'A village’s disclosure was assessed against a standard.',
    { village, ...assessed, allMet: z.boolean().describe('Whether every dimension is met.') },
    { zh: '村务公开评估', ...named },
  ),
};

export const disclosureCommands = {
  publishDisclosure: command('Record a disclosure; effectiveOn is the day of publication.', disclosed, {
    zh: '登记村务公开',
  }),
  raiseDisclosureObjection: command('Record an objection.', objected, { zh: '登记公开异议' }),
  answerDisclosureObjection: command(
    'Record the answer to an objection, by the body before whom it was brought.',
    answered,
    {
      zh: '登记公开异议答复',
    },
  ),
  orderDisclosure: command('Record the township’s or the county’s order to disclose.', ordered, { zh: '责令公布' }),
  assessDisclosure: command('Record an assessment of a village’s disclosure.', assessed, { zh: '登记村务公开评估' }),
};
