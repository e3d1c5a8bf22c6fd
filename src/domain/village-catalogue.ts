/** What can happen to a village. What a clerk may ask for: village-commands.ts. The aggregate: village.ts. */
import { z } from 'zod';
import { streamOf } from '../es/event.ts';
import { corrections } from './corrections.ts';
import { DivisionTransferred } from './division-transferred.ts';
import {
  ApprovalSteps,
  DivisionId,
  IdentityRule,
  LocalDate,
  officialName,
  ReviewId,
  StatisticalCode,
  UrbanRuralClass,
  VillageId,
  VillageKind,
} from './scalars.ts';
import { count, event, part, text } from './vocabulary.ts';

const stream = (id: string) => streamOf('village', id);

export const edition = () =>
  z.int().min(2009).max(2999).optional().describe('Year of the edition that a code or class is from.');
export const rule = () => IdentityRule.optional().describe('The rule by which an import recognised the village.');
const place = {
  township: DivisionId.describe('Id of the township.'),
  county: DivisionId.optional().describe('Id of the county; none in 东莞 and 中山.'),
  prefecture: DivisionId.describe('Id of the prefecture.'),
};
export const record = {
  code: StatisticalCode.optional().describe('Statistical code; none where the bureau has given none.'),
  name: officialName().describe('Name as published.'),
  shortName: officialName().describe('Base name, without place and legal suffix (下围).'),
  kind: VillageKind,
  isVirtual: z.boolean().describe('A virtual community (suffix 498 or 598).'),
  ...place,
};

/** A village as an edition or a decision states it on a day. */
export const VillageRecord = part('VillageRecord', 'A village as stated on a day.', record);
export type VillageRecord = z.output<typeof VillageRecord>;

const NewVillage = part('NewVillage', 'A village that comes out of a split.', {
  village: VillageId.describe('Its id.'),
  name: officialName().describe('Name as published.'),
  shortName: officialName().describe('Base name.'),
  code: StatisticalCode.optional().describe('Its code, where one is given.'),
});

const moved = (data: { other: string; review?: string }) => [
  stream(data.other),
  ...(data.review ? [streamOf('review', data.review)] : []),
];

// Names and shapes are the stored format: add, never rename; a changed meaning is a new name.
export const villageEvents = {
  ...corrections,
  VillageListed: event(
    'A village stands in an edition of the roster with this record.',
    {
      ...record,
      edition: edition(),
      rule: rule(),
    },
    { zh: '村列入名录' },
  ),
  VillageEstablished: event(
    'A village was established by decision.',
    {
      ...record,
      households: count().optional().describe('Households on the day.'),
      population: count().optional().describe('Residents on the day.'),
      approval: ApprovalSteps,
    },
    { zh: '设立' },
  ),
  VillageRenamed: event(
    'A village got another name; its code stays.',
    {
      oldName: officialName().describe('Name before.'),
      newName: officialName().describe('Name from then on.'),
      newShortName: officialName().describe('Base name from then on.'),
      edition: edition(),
      rule: rule(),
    },
    { zh: '更名' },
  ),
  VillageCodeChanged: event(
    'A village got another statistical code.',
    {
      oldCode: StatisticalCode.optional().describe('Code before, if it had one.'),
      newCode: StatisticalCode.describe('Code from then on.'),
      edition: edition(),
      rule: rule(),
    },
    { zh: '代码变更' },
  ),
  VillageKindChanged: event(
    'A village changed its kind, as when a villagers’ committee becomes a residents’ one (村改居).',
    {
      oldKind: VillageKind.describe('Kind before.'),
      newKind: VillageKind.describe('Kind from then on.'),
      isVirtual: z.boolean().optional().describe('Whether it is a virtual community from then on.'),
      assemblyConsentedOn: LocalDate.optional().describe('Day of the assembly’s consent.'),
      edition: edition(),
      rule: rule(),
    },
    { zh: '性质变更（村改居）' },
  ),
  VillageSubordinationTransferred: event(
    'A village passed to another township, or with it to another county.',
    {
      fromTownship: DivisionId.describe('Township before.'),
      ...place,
      edition: edition(),
      rule: rule(),
    },
    { zh: '隶属变更' },
  ),
  VillageDelisted: event(
    'A village no longer stands in the roster.',
    {
      reason: text(500).optional().describe('Why, where it is known.'),
      edition: edition(),
      rule: rule(),
    },
    { zh: '退出名录' },
  ),
  VillageAbolished: event(
    'A village was abolished by decision.',
    {
      successors: z.array(VillageId).max(20).describe('Villages that took over its area.'),
      approval: ApprovalSteps,
    },
    { zh: '撤销', subjects: (data) => data.successors.map(stream) },
  ),
  VillagesMerged: event(
    'Villages were merged into one, which goes on; the others are abolished.',
    {
      merged: z.array(VillageId).min(1).max(50).describe('Villages that ended in the merger.'),
      approval: ApprovalSteps,
    },
    { zh: '合并', subjects: (data) => data.merged.map(stream) },
  ),
  VillageSplit: event(
    'Villages were split off from one.',
    {
      parts: z.array(NewVillage).min(1).max(20).describe('The new villages.'),
      continues: z.boolean().describe('Whether the old village goes on beside them.'),
      kind: VillageKind,
      ...place,
      approval: ApprovalSteps,
    },
    { zh: '析置', subjects: (data) => data.parts.map((each) => stream(each.village)) },
  ),
  VillageBoundaryAdjusted: event(
    'The boundary between two villages was moved.',
    {
      counterpart: VillageId.describe('The other village.'),
      gained: text(500).optional().describe('What the village gained.'),
      lost: text(500).optional().describe('What the village lost.'),
    },
    { zh: '界线调整', subjects: (data) => [stream(data.counterpart)] },
  ),
  UrbanRuralClassAssigned: event(
    'The statistics bureau assigned an urban-rural class.',
    {
      class: UrbanRuralClass,
      edition: edition(),
    },
    { zh: '城乡分类' },
  ),
  VillagesLinked: event(
    'Two records are one village: from this day on the other’s record is this village’s.',
    {
      other: VillageId.describe('Village whose record moves here.'),
      record: VillageRecord.optional().describe('The record from this day on; none where it ends on it.'),
      review: ReviewId.optional().describe('The identity review that this settles.'),
      rule: rule(),
    },
    { zh: '记录认定为同一村', subjects: moved },
  ),
  VillageUnlinked: event(
    'Records held for one village are two: from this day on this village’s record is the other’s.',
    {
      other: VillageId.describe('Village to which the record moves.'),
      record: VillageRecord.optional().describe('The record from this day on; none where it ends on it.'),
      lastRecord: VillageRecord.optional().describe(
        'What remains: this village’s last record before; none where it had none.',
      ),
      review: ReviewId.optional().describe('The identity review that this settles.'),
      rule: rule(),
    },
    { zh: '记录认定为另一村', subjects: moved },
  ),
  /** Written by a division. */
  DivisionTransferred,
};
