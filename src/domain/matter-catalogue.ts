/** What can happen to a matter of deliberation, and what a clerk may ask for: the first half of the aggregate in `matter.ts`. */
import { z } from 'zod';
import { streamOf } from '../es/event.ts';
import { corrections } from './corrections.ts';
import { LocalDate, Sha256, VillageId } from './scalars.ts';
import { codes, command, count, event, part, text } from './vocabulary.ts';

export const MatterCategory = codes('MatterCategory', 'What a matter is about.', {
  PUBLIC_AFFAIR: 'A public affair.',
  PUBLIC_GOOD: 'A public good.',
  DISPUTE: 'A dispute of interests.',
  POLICY_IMPLEMENTATION: 'How a policy is carried out.',
  MANDATED: 'A law or a document asks for deliberation.',
  REQUESTED_BY_PARTICIPANT: 'Somebody concerned asked for it.',
});
export const ParticipantCategory = codes('ParticipantCategory', 'Who takes part in a deliberation.', {
  TOWNSHIP_GOVERNMENT: 'The township’s government.',
  PARTY_ORGANISATION: 'The party organisation.',
  COMMITTEE: 'The villagers’ or residents’ committee.',
  SUPERVISION_COMMITTEE: 'The supervision committee.',
  GROUP: 'Villagers’ or residents’ groups.',
  UNIT_IN_AREA: 'Units in the area.',
  COMMUNITY_ORGANISATION: 'Community organisations.',
  OWNERS_COMMITTEE: 'The owners’ committee.',
  COLLECTIVE: 'The rural collective.',
  COOPERATIVE: 'Cooperatives.',
  PROPERTY_FIRM: 'The property firm.',
  RESIDENT: 'Residents.',
  NON_HUKOU_RESIDENT: 'Residents whose household is registered elsewhere.',
  OTHER_STAKEHOLDER: 'Others whose interests are affected.',
});
const DeliberationForm = codes('DeliberationForm', 'In which form it is deliberated.', {
  VILLAGERS_ASSEMBLY: 'Villagers’ or residents’ assembly, counted by adults (村民会议).',
  HOUSEHOLDS_ASSEMBLY: 'Villagers’ or residents’ assembly, counted by households.',
  REPRESENTATIVE_ASSEMBLY: 'Assembly of representatives (村民代表会议).',
  COUNCIL: 'Meeting of the council or board.',
  ONLINE: 'On the network.',
  OTHER: 'Another meeting.',
});
export const MatterOutcome = codes('MatterOutcome', 'What was decided.', {
  ADOPTED: 'It was adopted.',
  REJECTED: 'It was rejected.',
  DEFERRED: 'It was put off.',
});
const MatterFlag = codes('MatterFlag', 'A warning: what is unusual about an act that is recorded nevertheless.', {
  NO_AFFECTED_PARTY: 'A dispute of interests was called to a meeting without anybody whose interests are affected.',
  BEFORE_PUBLICATION: 'It was carried out before the resolution was published.',
});
const Participants = part('Participants', 'Participants of one category.', {
  category: ParticipantCategory,
  count: count().describe('How many.'),
});

const village = VillageId.describe('The village whose matter it is.');
const named = { subjects: (data: { village: string }) => [streamOf('village', data.village)] };
const flags = z.array(MatterFlag).max(5).optional().describe('Warnings.');
const raised = {
  title: text(200).describe('What it is about; no names of persons.'),
  category: MatterCategory,
  raisedBy: ParticipantCategory.describe('Who raised it, by role.'),
  important: z.boolean().describe('Whether it is an important matter.'),
  reservedToAssembly: z
    .boolean()
    .optional()
    .describe('True where the law reserves it to the villagers’ assembly (村民委员会组织法 art. 23, 24).'),
  partyStudyOn: LocalDate.optional().describe('Day on which the party organisation studied it first.'),
};
const convened = {
  form: DeliberationForm,
  noticeOn: LocalDate.describe('Day of the notice; effectiveOn is the day of the meeting.'),
  startsAt: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is no hour written HH:MM')
    .optional()
    .describe('Hour of the meeting, HH:MM.'),
  termNumber: count().optional().describe('Number of the committee’s term (届).'),
  session: count().optional().describe('Number of the meeting in the term (次).'),
  participants: z.array(Participants).max(20).optional().describe('Who is called, by category.'),
};
const held = {
  eligible: count().describe('Who could have come: adults, households, representatives, members.'),
  attended: count().describe('Who was there.'),
  opinionsFor: count().optional().describe('Opinions for it.'),
  opinionsAgainst: count().optional().describe('Opinions against it.'),
  absenceReasonsRecorded: z.boolean().optional().describe('Whether it is on record why others did not come.'),
  minutesSha256: Sha256.optional().describe('SHA-256 of the minutes.'),
};
const resolved = {
  outcome: MatterOutcome,
  inFavour: count().describe('Votes for it.'),
  against: count().describe('Votes against it.'),
  abstained: count().describe('Abstentions.'),
  resolutionSha256: Sha256.optional().describe('SHA-256 of the resolution’s text.'),
  binding: z.boolean().optional().describe('Whether it binds, or is advice.'),
  authorisedOn: LocalDate.optional().describe(
    'Day on which the villagers’ assembly authorised representatives to decide it.',
  ),
};
const published = { channels: z.array(text(60)).min(1).max(20).describe('Where it was published.') };
const reported = {
  result: text(500).describe('What came of it.'),
  feedbackTo: text(120).optional().describe('To whom it was told.'),
};
const blocked = { reason: text(500).describe('Why it cannot be carried out.') };
const referred = { reason: text(500).describe('Why the village cannot settle it alone.') };

// Names and shapes are the stored format: add, never rename; a changed meaning is a new name.
export const matterEvents = {
  ...corrections,
  MatterRaised: event('A matter was raised for deliberation.', { village, ...raised }, { zh: '议题提出', ...named }),
  DeliberationConvened: event(
    'A meeting was called on a matter.',
    { village, ...convened, flags },
    { zh: '召集协商', ...named },
  ),
  DeliberationHeld: event(
    'The meeting was held and the matter deliberated.',
    {
      village,
      form: DeliberationForm,
      noticeOn: convened.noticeOn,
      startsAt: convened.startsAt,
      termNumber: convened.termNumber,
      session: convened.session,
      ...held,
    },
    { zh: '开展协商', ...named },
  ),
  MatterResolved: event('The matter was decided.', { village, ...resolved }, { zh: '形成决议', ...named }),
  ResolutionPublished: event('The resolution was published.', { village, ...published }, { zh: '决议公布', ...named }),
  ResolutionImplemented: event(
    'The resolution was carried out.',
    { village, ...reported, flags },
    { zh: '决议落实', ...named },
  ),
  ResolutionBlocked: event(
    'The resolution could not be carried out.',
    { village, ...blocked, flags },
    { zh: '决议受阻', ...named },
  ),
  MatterReferredToTownship: event(
    'The matter was referred to the township.',
    { village, ...referred },
    { zh: '提交乡镇', ...named },
  ),
};

export const matterCommands = {
  raiseMatter: command(
    'Record that a matter was raised in a village.',
    { village: VillageId.describe('The village whose matter it is.'), ...raised },
    { zh: '登记议题', creates: true },
  ),
  conveneDeliberation: command('Record that a meeting was called; effectiveOn is the day of the meeting.', convened, {
    zh: '登记召集协商',
  }),
  recordDeliberation: command('Record the meeting that was held; effectiveOn is its day.', held, {
    zh: '登记协商会议',
    rule: ({ eligible, attended }) =>
      attended > eligible ? { path: 'attended', message: 'is more than could have come' } : undefined,
  }),
  decideMatter: command('Record what was decided.', resolved, { zh: '登记决议' }),
  publishResolution: command('Record that the resolution was published.', published, { zh: '登记决议公布' }),
  reportImplementation: command('Record that the resolution was carried out.', reported, { zh: '登记决议落实' }),
  reportBlockedResolution: command('Record that the resolution cannot be carried out.', blocked, {
    zh: '登记决议受阻',
  }),
  referMatterUp: command('Record that a matter was referred to the township.', referred, { zh: '登记提交乡镇' }),
};
