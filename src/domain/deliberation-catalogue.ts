/** What can happen to a village's platforms of deliberation, and what a clerk may ask for: the first half of the aggregate in
 *  `deliberation.ts`. */
import { z } from 'zod';
import { streamOf } from '../es/event.ts';
import { AuthorityLevel } from './authority.ts';
import { corrections } from './corrections.ts';
import { VillageId } from './scalars.ts';
import { codes, command, count, event, text } from './vocabulary.ts';

export const PlatformForm = codes('PlatformForm', 'What a platform of deliberation is.', {
  HALL: 'A hall (议事厅).',
  COUNCIL: 'A villagers’ council (村民议事会).',
  BOARD: 'A board (理事会).',
  ONLINE: 'A place on the network.',
});
export const PlatformZone = codes('PlatformZone', 'A zone of a hall, by who sits there.', {
  HOST: 'Whoever chairs (主持).',
  REPRESENTATIVE: 'Representatives (代表).',
  ATTENDING: 'Those who attend without a vote (列席).',
  OBSERVER: 'Observers (旁听).',
  SUPERVISION: 'Supervision (监督).',
  SPEAKER: 'Speakers (发言).',
});

const village = VillageId.describe('The village whose platforms they are.');
const named = { subjects: (data: { village: string }) => [streamOf('village', data.village)] };
const name = () => text(60).describe('Name of the platform; one in its village.');
const level = AuthorityLevel.describe('Level at which it is a demonstration site.');
const opened = {
  name: name(),
  form: PlatformForm,
  zones: z.array(PlatformZone).max(6).optional().describe('Its zones, each once.'),
  groupName: text(60)
    .optional()
    .describe('The villagers’ group whose platform it is; the whole village’s where left out.'),
  areaSquareMetres: count().optional().describe('Floor area in square metres.'),
};
const designated = {
  platform: name(),
  level,
  batch: text(60).optional().describe('Batch of the designation.'),
  documentNumber: text(60).optional().describe('Number of the document that designates it.'),
};
const tally = {
  passed: count().describe('Matters that were passed up to the day.'),
  carriedOut: count().describe('Matters of these that were carried out up to the day.'),
};

// Names and shapes are the stored format: add, never rename; a changed meaning is a new name.
export const deliberationEvents = {
  ...corrections,
  DeliberationPlatformOpened: event(
    'A village opened a platform of deliberation.',
    { village, ...opened },
    { zh: '议事平台启用', ...named },
  ),
  DeliberationPlatformClosed: event(
    'A platform of deliberation was closed.',
    { village, name: name() },
    { zh: '议事平台停用', ...named },
  ),
  DemonstrationSiteDesignated: event(
    'A platform was designated a demonstration site of deliberation.',
    { village, ...designated },
    { zh: '议事协商示范点命名', ...named },
  ),
  DemonstrationSiteRevoked: event(
    'A designation as a demonstration site was revoked.',
    { village, platform: name(), level, reason: text(500).optional().describe('Why.') },
    { zh: '议事协商示范点撤销', ...named },
  ),
  DeliberationTallyReported: event(
    'It was reported how many matters a village had passed and carried out up to a day. It stands beside what is counted from single matters.',
    { village, ...tally },
    { zh: '议事成果累计数通报', ...named },
  ),
};

export const deliberationCommands = {
  openDeliberationPlatform: command('Record that a village opened a platform of deliberation.', opened, {
    zh: '登记议事平台启用',
    rule: ({ zones = [] }) =>
      new Set(zones).size < zones.length ? { path: 'zones', message: 'names a zone twice' } : undefined,
  }),
  closeDeliberationPlatform: command(
    'Record that a platform of deliberation was closed.',
    { name: name() },
    { zh: '登记议事平台停用' },
  ),
  designateDemonstrationSite: command('Record that a platform was designated a demonstration site.', designated, {
    zh: '登记示范点命名',
  }),
  revokeDemonstrationSite: command(
    'Record that a designation as a demonstration site was revoked.',
    { platform: name(), level, reason: text(500).optional().describe('Why.') },
    { zh: '登记示范点撤销' },
  ),
  reportDeliberationTally: command(
    'Record how many matters a village is reported to have passed and carried out up to effectiveOn.',
    tally,
    {
      zh: '登记议事成果累计数',
      rule: ({ passed, carriedOut }) =>
        carriedOut > passed ? { path: 'carriedOut', message: 'is more than were passed' } : undefined,
    },
  ),
};
