/** An input of every mutation, good enough to come to the check of access: it acts on 下围, on 石滩, or on what lies there. */
import { z } from 'zod';
import { commandCatalogue } from '../../src/domain/index.ts';
import { things } from '../../src/graphql/derive/things.ts';
import { by } from './acts.ts';
import { undocumented } from './given.ts';
import { sampleOf } from './sample-payload.ts';
import { inTown, thingsInTown, townCode } from './things-in-town.ts';

const village = 'v_xiawei0001';
const division = 'd_shitan0001';
const town = { ...by.township.decidedBy, division: townCode };
const person = thingsInTown.person;
const why = { processingGround: 'STATUTORY_DUTY', retention: 'ARCHIVE' };

/** What a sample of the command's own fields does not say: fields that a rule over several asks for. */
const own: Readonly<Record<string, object>> = {
  listDivision: { parent: division },
  recordElection: { invalid: 0 },
  recordByElection: { invalid: 0 },
  suspendRetirementAllowance: { cause: 'NOT_CONFIRMED' },
  splitVillage: { continues: true },
  adjustVillageBoundary: { gained: '一片地' },
  conferHonour: { holderType: 'VILLAGE', village },
  openServicePoint: { tier: 'VILLAGE', village },
  adoptStandard: { method: 'FIXED', per: 'PERSON_MONTH', amountFen: '30000', division: townCode },
  correctStandard: { method: 'FIXED', per: 'PERSON_MONTH', amountFen: '30000' },
  publishCertificateList: { level: 'TOWNSHIP', division: townCode, items: [], itemsTotal: 3 },
  amendCertificateList: { add: [], remove: ['KINSHIP'] },
};

const byHand: Readonly<Record<string, object>> = {
  registerPerson: { village },
  storePersonalData: { person, data: [{ field: 'NAME', value: '欧阳下围春', ...why }], noticeShown: true },
  readPersonalData: { person, purpose: 'check', fields: ['NAME'] },
  erasePerson: { person, ground: 'PURPOSE_MET', approvals: [{ by: '县民政局', on: '2024-01-01' }] },
  approve: { proposal: thingsInTown.proposal },
  reject: { proposal: thingsInTown.proposal, reason: '有误' },
  voidEvent: { event: `village-${village}.0`, reason: 'slip' },
};
/** Inputs without the header of commands. */
const bare: Readonly<Record<string, object>> = {
  createApiKey: { name: 'a machine', roles: [{ role: 'CLERK', within: townCode }], expiresOn: '2024-07-01' },
  revokeApiKey: { id: 'none' },
  registerWebhook: { url: 'https://example.org/hook' },
  removeWebhook: { id: 'none' },
  pauseWebhook: { id: 'none' },
  resumeWebhook: { id: 'none' },
  rotateWebhookSecret: { id: 'none' },
};

/** The input of a mutation; a proposal's is that of its command. Throws for one that is not known. */
export function inputOf(mutation: string): object {
  if (bare[mutation]) return bare[mutation];
  const commandId = `sent-${mutation}`;
  if (byHand[mutation]) return { commandId, ...byHand[mutation] };
  const name = mutation.replace(/^propose([A-Z])/, (_, first: string) => first.toLowerCase());
  if (byHand[name]) return { commandId, ...byHand[name] };
  const known = commandCatalogue.get(name);
  const thing = known && things[known.aggregate.name];
  if (!known || !thing) throw new Error(`${mutation} has no sample`);
  const { aggregate, definition } = known;
  const acted =
    thing.field === 'village' ? village : thing.field === 'division' ? division : thingsInTown[aggregate.name];
  return {
    commandId,
    // After the day of the grants; what ends the town, after all the others.
    effectiveOn: name === 'delistDivision' ? '2024-06-01' : '2024-05-01',
    basis: undocumented,
    decidedBy: town,
    ...(definition.creates ? {} : { [thing.field]: acted }),
    ...inTown(sampleOf(z.strictObject(definition.shape), name) as object),
    ...own[name],
  };
}
