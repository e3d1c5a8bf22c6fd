/** What is asked of people, and the four mutations on them. They are not derived from the catalogue: a command is hashed into
 *  the log, and what these carry must never come near it. */
import { Arg, Field, FieldResolver, ObjectType, Resolver, Root } from 'type-graphql';
import { z } from 'zod';
import type { Right } from '../access/may.ts';
import { noSuchPerson, person } from '../domain/person.ts';
import type { Erasure, PersonHeader, PersonVault } from '../domain/person-vault.ts';
import { isValueOf, PersonalDatum } from '../domain/personal-field.ts';
import { PersonRef } from '../domain/scalars.ts';
import type { Receipt } from '../es/command.ts';
import { CodedError } from '../es/errors.ts';
import { parseEventId, streamOf } from '../es/event.ts';
import { passing, type RequestContext } from './context.ts';
import { voidHeader } from './derive/header.ts';
import { addMutation } from './derive/mutation.ts';
import { partType, termType } from './derive/types.ts';
import { badInput } from './input-error.ts';
import { type Payload, payloadOf, Receipted } from './payload.ts';
import { Person, personById } from './person.ts';
import { nowhere, placeOfVillage } from './place.ts';
import { placesOfStream } from './places.ts';
import { Rights } from './rights.ts';
import { Snapshot } from './snapshot.ts';

const personalDatum = partType(PersonalDatum);

@Resolver(() => Snapshot)
export class PersonQuery {
  @FieldResolver(() => Person, {
    nullable: true,
    description: 'The person of a reference, erased or not, without anything of who it is; null where there is none.',
  })
  person(
    @Root() { scene }: Snapshot,
    @Arg('ref', termType(PersonRef), { description: 'The reference.' }) ref: string,
  ): Person | null {
    return personById(scene, ref);
  }
}

@ObjectType({ description: 'What a command on a person gives back.', simpleResolvers: true })
class PersonPayload extends Receipted {
  @Field(() => Person, { nullable: true, description: 'The person as it stands right after the command.' })
  readonly person!: Person | null;
}

@ObjectType({ description: 'What readPersonalData gives back. Never cached.', simpleResolvers: true })
class ReadPersonalDataPayload extends PersonPayload {
  @Field(() => Boolean, { description: 'True where the person was erased: then nothing was read.' })
  readonly erased!: boolean;

  @Field(() => [personalDatum], { description: 'What is held of the kinds that were asked for.' })
  readonly data!: readonly PersonalDatum[];
}

const named = { person: PersonRef.describe('The person.') };
const datum = PersonalDatum.superRefine(({ field, value }, { addIssue }) => {
  if (!isValueOf(field, value)) addIssue({ code: 'custom', path: ['value'], message: `does not look like ${field}` });
});
const { contentDigest: _, fields: __, ...stored } = person.commands.storePersonalData.shape;
const { by: ___, ...asked } = person.commands.readPersonalData.shape;
const data = <E extends z.ZodType>(element: E) =>
  z.array(element).min(1).max(20).describe('The data, one of each kind.');

const inputs = {
  registerPerson: { ...voidHeader, ...person.commands.registerPerson.shape },
  storePersonalData: { ...voidHeader, ...named, ...stored, data: data(PersonalDatum) },
  readPersonalData: { ...voidHeader, ...named, ...asked },
  erasePerson: { ...voidHeader, ...named, ...person.commands.erasePerson.shape },
};
const checked = {
  register: z.strictObject(inputs.registerPerson),
  store: z.strictObject({ ...inputs.storePersonalData, data: data(datum) }),
  read: z.strictObject(inputs.readPersonalData),
  erase: z.strictObject(inputs.erasePerson),
};

@Resolver()
export class PersonMutations {}

const refused =
  'Null with an error where it is refused: BAD_USER_INPUT, FORBIDDEN, E_VAULT_LOCKED, E_VAULT_UNAVAILABLE,';

addMutation(
  PersonMutations,
  'registerPerson',
  `${person.commands.registerPerson.description} The same commandId gives the same reference. ${refused} E_DUPLICATE_COMMAND.`,
  inputs.registerPerson,
  PersonPayload,
  async (given, context) => {
    const { village, ...header } = checked.register.parse(given);
    const rights = Rights.of(context);
    rights.need('record', village === undefined ? nowhere : placeOfVillage(rights.scene, village));
    const registering = vaultOf(context).register(headerOf(header, context), village);
    const { personRef, ...receipt } = await registering.catch((error: unknown) => concealed(rights, error));
    return answer(context, personRef, receipt);
  },
);

addMutation(
  PersonMutations,
  'storePersonalData',
  `${person.commands.storePersonalData.description} The event tells the kinds, never the data. ${refused} E_VAULT_DAMAGED, E_NOT_FOUND, E_PERSON_ERASED, E_CONSENT_MISSING, E_PERSONAL_DATA_IN_EVENT, E_STALE_REVISION, E_DUPLICATE_COMMAND.`,
  inputs.storePersonalData,
  PersonPayload,
  async (given, context) => {
    const { person: ref, data: said, noticeShown, ...header } = checked.store.parse(given);
    refuseTwice(
      said.map(({ field }) => field),
      'data',
    );
    needPerson(context, 'record', ref);
    return answer(context, ref, await vaultOf(context).store(headerOf(header, context), ref, said, noticeShown));
  },
);

addMutation(
  PersonMutations,
  'readPersonalData',
  `${person.commands.readPersonalData.description} Of an erased person it reads nothing and says so. A commandId reads once. ${refused} E_VAULT_DAMAGED, E_NOT_FOUND, E_PURPOSE_MISSING, E_PERSONAL_DATA_IN_EVENT, E_STALE_REVISION, E_DUPLICATE_COMMAND.`,
  inputs.readPersonalData,
  ReadPersonalDataPayload,
  async (given, context) => {
    context.reads.add(passing);
    const { person: ref, purpose, fields, ...header } = checked.read.parse(given);
    refuseTwice(fields, 'fields');
    needPerson(context, 'readPersonalData', ref);
    const read = await vaultOf(context).read(headerOf(header, context), ref, { purpose, fields });
    // The reading is in the log as such: showing the person with it is no look of its own.
    if (!read.erased) Rights.of(context).isRecorded(streamOf(person.name, ref));
    return Object.assign(await answer(context, ref, read.receipt), { erased: read.erased, data: read.data });
  },
);

addMutation(
  PersonMutations,
  'erasePerson',
  `${person.commands.erasePerson.description} It cannot be undone. ${refused} E_NOT_FOUND, E_APPROVAL_MISSING, E_PERSONAL_DATA_IN_EVENT, E_STALE_REVISION, E_DUPLICATE_COMMAND.`,
  inputs.erasePerson,
  PersonPayload,
  async (given, context) => {
    const { person: ref, ground, approvals, ...header } = checked.erase.parse(given);
    const erasure: Erasure = { ground, approvals };
    needPerson(context, 'record', ref);
    return answer(context, ref, await vaultOf(context).erase(headerOf(header, context), ref, erasure));
  },
);

/** A person outside one's rights is as one that is not there. Errors: `E_NOT_FOUND`; `FORBIDDEN` for whom has no such right at
 *  all. */
function needPerson(context: RequestContext, right: Right, ref: string): void {
  const rights = Rights.of(context);
  if (!rights.hasAnywhere(right)) rights.need(right, nowhere);
  if (!rights.hasAll(right, placesOfStream(rights.scene, streamOf(person.name, ref)))) noSuchPerson();
}

/** A commandId that somebody else used elsewhere tells nothing of what it was used for. */
function concealed(rights: Rights, error: unknown): never {
  const used = error instanceof CodedError ? parseEventId(String(error.details.eventId)) : null;
  if (used) rights.needAll('record', placesOfStream(rights.scene, used.stream));
  throw error;
}

function refuseTwice(fields: readonly string[], where: string): void {
  if (new Set(fields).size < fields.length) throw badInput(['input', where], `${where}: names a kind twice.`);
}

function vaultOf({ services }: RequestContext): PersonVault {
  if (services.persons) return services.persons;
  throw new CodedError('E_VAULT_UNAVAILABLE', 'This server has no vault of persons.');
}

const headerOf = (
  { commandId, expectedRevision, basis = [], evidence, decidedBy, note }: z.output<typeof checked.register>,
  { principal }: RequestContext,
): PersonHeader => ({ commandId, expectedRevision, basis, evidence, decidedBy, note, recordedBy: principal.id });

const answer = (context: RequestContext, ref: string, receipt: Receipt): Promise<Payload> =>
  payloadOf(context, streamOf(person.name, ref), 'person', receipt);
