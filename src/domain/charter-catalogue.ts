/** What can happen to a charter, and what a clerk may ask for: the first half of the aggregate in `charter.ts`. */
import { z } from 'zod';
import { streamOf } from '../es/event.ts';
import { corrections } from './corrections.ts';
import { LocalDate, Sha256, VillageId } from './scalars.ts';
import { codes, command, count, event, text } from './vocabulary.ts';

const CharterKind = codes('CharterKind', 'What kind of rules a charter is.', {
  VILLAGE_RULES: 'Rules of a villagers’ committee (村规民约).',
  RESIDENTS_PACT: 'Pact of a residents’ committee (居民公约).',
});
const CharterTopic = codes('CharterTopic', 'What a charter speaks of (民发〔2018〕144号).', {
  CONDUCT: 'Everyday conduct (规范日常行为).',
  ORDER: 'Public order (维护公共秩序).',
  RIGHTS: 'People’s rights (保障群众权益).',
  MEDIATION: 'Mediation of disputes (调解群众纠纷).',
  CUSTOMS: 'Customs (引导民风民俗).',
});
const CharterAssembly = codes('CharterAssembly', 'Which assembly voted, and what is counted in it.', {
  ADULTS: 'Villagers’ or residents’ assembly, counted by adults.',
  HOUSEHOLDS: 'Villagers’ or residents’ assembly, counted by households.',
  REPRESENTATIVES: 'Assembly of representatives.',
});
const CharterGround = codes('CharterGround', 'Why a correction is ordered (村民委员会组织法 art. 27).', {
  AGAINST_LAW: 'It is against a law or a policy of the state.',
  AGAINST_RIGHTS: 'It is against personal, democratic or property rights.',
  COERCIVE_PENALTY: 'It abuses coercive penalties.',
});

const village = VillageId.describe('The village whose charter it is.');
const named = { subjects: (data: { village: string }) => [streamOf('village', data.village)] };
const hash = () => Sha256.describe('SHA-256 of the text.');
const opened = {
  kind: CharterKind,
  reason: text(500).optional().describe('Why it is revised.'),
};
const collected = {
  from: LocalDate.describe('First day on which opinions were taken.'),
  channels: z.array(text(60)).max(20).describe('How they were taken.'),
  opinionsReceived: count().describe('Opinions received.'),
  opinionsAdopted: count().describe('Opinions taken up.'),
};
const drafted = {
  textSha256: hash(),
  topics: z.array(CharterTopic).min(1).max(5).describe('What it speaks of.'),
  legalAdviserOpinion: text(1_000).optional().describe('What the legal adviser said.'),
};
const reviewed = {
  textSha256: Sha256.describe('SHA-256 of the text that was reviewed.'),
  findings: text(1_000).optional().describe('What was found.'),
};
const voted = {
  assembly: CharterAssembly,
  eligible: count().describe('Who could have voted: adults, households or representatives.'),
  attended: count().describe('Who was there.'),
  women: count().describe('Women among those who were there.'),
  inFavour: count().describe('Votes for the draft.'),
};
const filed = {
  textSha256: Sha256.describe('SHA-256 of the text that is filed.'),
  filedWith: text(120).describe('Organ that took it on file.'),
  filingNumber: text(60).optional().describe('Number under which it is on file.'),
};
const published = {
  publishedOn: LocalDate.describe('Day of publication; effectiveOn is the day from which it is in force.'),
  channels: z.array(text(60)).min(1).max(20).describe('Where it was published.'),
};
const ordered = {
  article: text(60).describe('Article of the charter.'),
  ground: CharterGround,
};
const enforced = {
  from: LocalDate.describe('First day of the period.'),
  incentives: count().describe('Incentives given.'),
  breachesHandled: count().describe('Breaches handled, by education and correction.'),
};

// Names and shapes are the stored format: add, never rename; a changed meaning is a new name.
export const charterEvents = {
  ...corrections,
  CharterRevisionOpened: event(
    'A village began to make or revise its charter.',
    { village, version: count().describe('Number of the version, from 1.'), ...opened },
    { zh: '启动修订', ...named },
  ),
  CharterOpinionsCollected: event(
    'Opinions were collected: step 1.',
    { village, ...collected },
    { zh: '征集民意', ...named },
  ),
  CharterDrafted: event('A draft was made: step 2.', { village, ...drafted }, { zh: '拟定草案', ...named }),
  CharterSubmittedForReview: event(
    'The draft was put before the township: step 3.',
    { village, textSha256: hash() },
    { zh: '提请审核', ...named },
  ),
  CharterReviewPassed: event('The township passed the draft.', { village, ...reviewed }, { zh: '审核通过', ...named }),
  CharterReviewReturned: event(
    'The township returned the draft.',
    { village, ...reviewed },
    { zh: '审核退回', ...named },
  ),
  CharterAdopted: event(
    'The assembly debated and adopted the draft: step 4.',
    { village, textSha256: hash(), ...voted },
    { zh: '审议表决通过', ...named },
  ),
  CharterFiled: event('The charter was put on file: step 5.', { village, ...filed }, { zh: '备案', ...named }),
  CharterPublished: event(
    'The charter was published: from its day on it is in force, in place of the version before.',
    { village, version: count().describe('Number of the version.'), ...published },
    { zh: '公布', ...named },
  ),
  CharterCorrectionOrdered: event(
    'The township ordered a correction.',
    { village, ...ordered },
    { zh: '责令改正', ...named },
  ),
  CharterCorrected: event(
    'The charter was corrected as ordered.',
    { village, textSha256: hash() },
    { zh: '改正', ...named },
  ),
  CharterEnforcementReviewed: event(
    'The charter’s enforcement was reviewed.',
    { village, ...enforced },
    { zh: '监督落实', ...named },
  ),
};

export const charterCommands = {
  openCharterRevision: command('Begin to make or revise a village’s charter.', opened, { zh: '启动修订' }),
  collectCharterOpinions: command('Record the opinions collected: step 1.', collected, {
    zh: '登记征集民意',
    rule: ({ opinionsReceived, opinionsAdopted }) =>
      opinionsAdopted > opinionsReceived
        ? { path: 'opinionsAdopted', message: 'is more than was received' }
        : undefined,
  }),
  draftCharter: command('Record the draft: step 2.', drafted, { zh: '登记草案' }),
  submitCharterForReview: command('Put the draft before the township: step 3.', {}, { zh: '提请审核' }),
  passCharterReview: command('Record that the township passed the draft.', reviewed, { zh: '审核通过' }),
  returnCharterReview: command('Record that the township returned the draft.', reviewed, { zh: '审核退回' }),
  adoptCharter: command('Record the assembly’s vote for the draft: step 4.', voted, {
    zh: '登记表决',
    rule: ({ eligible, attended, women, inFavour }) => {
      if (attended > eligible) return { path: 'attended', message: 'is more than could have come' };
      if (women > attended) return { path: 'women', message: 'is more than were there' };
      return inFavour > attended ? { path: 'inFavour', message: 'is more than were there' } : undefined;
    },
  }),
  fileCharter: command('Record that the charter was put on file: step 5.', filed, { zh: '登记备案' }),
  publishCharter: command('Record the publication; effectiveOn is the day from which it is in force.', published, {
    zh: '登记公布',
  }),
  orderCharterCorrection: command('Record the township’s order to correct the charter in force.', ordered, {
    zh: '责令改正',
  }),
  correctCharter: command('Record the corrected text.', { textSha256: hash() }, { zh: '登记改正' }),
  reviewCharterEnforcement: command('Record a review of the enforcement.', enforced, { zh: '登记监督落实' }),
};
