/** What a clerk may ask for of a village. What can happen to it: village-catalogue.ts. */
import { z } from 'zod';
import { ApprovalSteps, DivisionId, newName, ReviewId, StatisticalCode, VillageId, VillageKind } from './scalars.ts';
import { edition, record, rule, villageEvents } from './village-catalogue.ts';
import { command, part } from './vocabulary.ts';

export const villageCommands = {
  listVillage: command(
    'Enter a village as an edition of the roster states it.',
    { ...record, edition: edition(), rule: rule() },
    { zh: '录入名录记载', creates: true },
  ),
  establishVillage: command(
    'Record that a village was established; for a villagers’ committee all three steps of the approval, in their order, are needed.',
    {
      name: newName().describe('Name in full.'),
      kind: VillageKind,
      code: record.code,
      township: DivisionId.describe('Id of the township.'),
      households: villageEvents.VillageEstablished.shape.households,
      population: villageEvents.VillageEstablished.shape.population,
      approval: ApprovalSteps,
    },
    { zh: '登记设立', creates: true },
  ),
  renameVillage: command(
    'Record that a village got another name.',
    {
      name: newName().describe('The new name as published.'),
    },
    { zh: '登记更名' },
  ),
  changeVillageCode: command(
    'Record another statistical code.',
    {
      code: StatisticalCode.describe('The new code.'),
      edition: edition(),
    },
    { zh: '登记代码变更' },
  ),
  changeVillageKind: command(
    'Record that a village changed its kind (村改居).',
    {
      kind: VillageKind,
      assemblyConsentedOn: villageEvents.VillageKindChanged.shape.assemblyConsentedOn,
    },
    { zh: '登记性质变更' },
  ),
  transferVillage: command(
    'Record that a village passed to another township; its old code stays until a new one is given.',
    {
      township: DivisionId.describe('Id of the new township.'),
      code: StatisticalCode.optional().describe('The new code, where it is known.'),
    },
    { zh: '登记隶属变更' },
  ),
  delistVillage: command(
    'Record that a village no longer stands in the roster.',
    {
      reason: villageEvents.VillageDelisted.shape.reason,
      edition: edition(),
      rule: rule(),
    },
    { zh: '登记退出名录' },
  ),
  abolishVillage: command(
    'Record that a village was abolished; all three steps of the approval are needed for a villagers’ committee.',
    villageEvents.VillageAbolished.shape,
    { zh: '登记撤销' },
  ),
  mergeVillages: command(
    'Record that villages were merged into this one: all are named in one event.',
    villageEvents.VillagesMerged.shape,
    { zh: '登记合并' },
  ),
  splitVillage: command(
    'Record that villages were split off from this one.',
    {
      parts: z
        .array(
          part('NewVillageInput', 'A village that comes out of a split; its id is made by the server.', {
            name: newName().describe('Name as published.'),
            code: StatisticalCode.optional().describe('Its code, where one is given.'),
          }),
        )
        .min(1)
        .max(20)
        .describe('The new villages; at least two where the old one ends.'),
      continues: villageEvents.VillageSplit.shape.continues,
      approval: ApprovalSteps,
    },
    {
      zh: '登记析置',
      rule: ({ parts, continues }) =>
        !continues && parts.length < 2
          ? { path: 'parts', message: 'a village that ends is split into at least two' }
          : undefined,
    },
  ),
  adjustVillageBoundary: command(
    'Record that the boundary with another village was moved; one of gained and lost is needed.',
    villageEvents.VillageBoundaryAdjusted.shape,
    {
      zh: '登记界线调整',
      rule: ({ gained, lost }) =>
        gained || lost ? undefined : { path: 'gained', message: 'say what was gained or lost' },
    },
  ),
  classifyVillage: command(
    'Record the urban-rural class that the statistics bureau assigned.',
    villageEvents.UrbanRuralClassAssigned.shape,
    { zh: '登记城乡分类' },
  ),
  linkVillages: command(
    'State that another record is this same village: the other’s record becomes this village’s; it moves with all its days, so effectiveOn may be any of them.',
    {
      other: VillageId.describe('Village whose record is this one’s.'),
      review: ReviewId.optional().describe('The identity review that this settles.'),
      rule: rule(),
    },
    { zh: '认定为同一村' },
  ),
  unlinkVillage: command(
    'State that from effectiveOn on this village’s record is another village’s: again that of the village from which a link moved all of it here, else a new one’s.',
    {
      review: ReviewId.optional().describe('The identity review that this settles.'),
      rule: rule(),
    },
    { zh: '认定为另一村' },
  ),
};
