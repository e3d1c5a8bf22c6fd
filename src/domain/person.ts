/** People, without anything of them: that a person was registered, what kind of data the vault holds, who read it and why, and
 *  that it is gone. Stream `person-<personRef>`. What these events speak of lies in the vault (src/vault), never here. */
import { z } from 'zod';
import type { Aggregate } from '../es/aggregate.ts';
import { accessStreamOf } from './access.ts';
import { plainGuard } from './act.ts';
import { personalDataIn } from './personal-data.ts';
import {
  DestructionApproval,
  DestructionGround,
  PersonalField,
  type ProcessingGround,
  type RetentionClass,
  StoredField,
} from './personal-field.ts';
import { refusals } from './refusals.ts';
import { PersonRef, Sha256, VillageId } from './scalars.ts';
import { command, event, text } from './vocabulary.ts';
import type { World } from './world.ts';

const personRef = PersonRef.describe('The person.');
const registered = {
  village: VillageId.optional().describe(
    'The village whose clerks keep the person’s data; none where only who works for everything does.',
  ),
};
const stored = {
  fields: z.array(StoredField).min(1).max(20).describe('What kinds of data were stored; never the data.'),
  noticeShown: z.boolean().describe('Whether the notice of what is collected and why was shown (art. 17).'),
};
const accessed = {
  by: text(120).describe('Who read it.'),
  purpose: text(200).describe('What it was read for. No personal data.'),
  fields: z.array(PersonalField).min(1).max(20).describe('What kinds of data were asked for; never the data.'),
};
const destroyed = {
  ground: DestructionGround,
  approvals: z
    .array(DestructionApproval)
    .min(1)
    .max(10)
    .describe('Who approved it; one of them is not who recorded it.'),
};

// Names and shapes are the stored format: add, never rename; a changed meaning is a new name.
const events = {
  PersonRegistered: event('A person was given a reference.', { personRef, ...registered }, { zh: '登记人员' }),
  PersonalDataStored: event('Personal data was put into the vault.', { personRef, ...stored }, { zh: '存入个人信息' }),
  PersonalDataAccessed: event(
    'Personal data was read.',
    { personRef, ...accessed },
    {
      zh: '查阅个人信息',
      subjects: ({ by }) => [accessStreamOf(by)],
    },
  ),
  PersonKeyDestroyed: event(
    'The person’s key was ordered destroyed: nothing can be read of the person any more.',
    { personRef, ...destroyed },
    { zh: '销毁密钥' },
  ),
};

const commands = {
  registerPerson: command('Give a person a reference.', registered, { zh: '登记人员', creates: true }),
  storePersonalData: command(
    'Put personal data of a person into the vault; what is held of the same kind is replaced.',
    { ...stored, contentDigest: Sha256.describe('Digest of the data under the person’s key, made by the vault.') },
    { zh: '存入个人信息' },
  ),
  readPersonalData: command(
    'Read personal data of a person for a purpose; that it was read is in the log before the answer.',
    { ...accessed, purpose: z.string().max(200).describe('What it is read for. No personal data.') },
    { zh: '查阅个人信息' },
  ),
  erasePerson: command('Destroy a person’s key: the data is gone, the events stay.', destroyed, { zh: '清除个人信息' }),
};

const no = refusals('person', {
  UNKNOWN: { code: 'E_NOT_FOUND', when: 'There is no such person.', source: 'the log' },
  VILLAGE_UNKNOWN: { code: 'E_NOT_FOUND', when: 'There is no such village.', source: 'roster' },
  TAKEN: { code: 'E_ALREADY_EXISTS', when: 'The reference is given already.', source: 'the log' },
  ERASED: { code: 'E_PERSON_ERASED', when: 'The person was erased.', source: '个人信息保护法 art. 47' },
  PURPOSE: {
    code: 'E_PURPOSE_MISSING',
    when: 'Personal data is read without a purpose.',
    source: '个人信息保护法 art. 6, 28',
  },
  CONSENT: {
    code: 'E_CONSENT_MISSING',
    when: 'Health or bank card is stored under a general consent.',
    source: '个人信息保护法 art. 28, 29',
  },
  APPROVAL: {
    code: 'E_APPROVAL_MISSING',
    when: 'Nobody but who recorded it approved the destruction.',
    source: 'four eyes: who approves is not who records',
    remedy: 'Name in `approvals` the person or organ that approved it.',
  },
  COMMAND_ID: {
    code: 'E_PERSONAL_DATA_IN_EVENT',
    when: 'The commandId looks like personal data; it stays in the log.',
    source: '个人信息保护法 art. 28, 47',
    remedy: 'Make commandIds at random.',
  },
});

/** What is held of one kind: the revision of the event that stored it, and why and how long it is held. */
export interface HeldField {
  readonly version: number;
  readonly processingGround: ProcessingGround;
  readonly retention: RetentionClass;
}

export interface PersonState {
  readonly status: 'NONE' | 'REGISTERED' | 'ERASED';
  readonly held: Readonly<Partial<Record<PersonalField, HeldField>>>;
}

const sensitive: readonly PersonalField[] = ['HEALTH', 'BANK_CARD'];

/** What is said of a person that is not there, and of one outside the rights of who asks. Errors: `E_NOT_FOUND`. */
export const noSuchPerson = (): never => no.UNKNOWN();

/** Errors: `E_NOT_FOUND` where there is no such person, `E_PERSON_ERASED`. */
export function requireHeld({ status }: PersonState): void {
  if (status === 'NONE') no.UNKNOWN();
  if (status === 'ERASED') no.ERASED();
}

/** Commands hold from the moment on which they come: their facts are of today, whatever the command's own day. */
export const person: Aggregate<typeof events, PersonState, typeof commands, World> = {
  name: 'person',
  events,
  commands,
  initial: { status: 'NONE', held: {} },
  guard: (sent, context) => {
    plainGuard(sent, context);
    if (personalDataIn(sent.commandId)) no.COMMAND_ID();
    if (sent.name !== 'erasePerson') return;
    const { approvals } = sent.data as { approvals: readonly DestructionApproval[] };
    if (approvals.every(({ by }) => by === sent.recordedBy)) no.APPROVAL();
  },

  evolve: {
    PersonRegistered: (state) => (state.status === 'NONE' ? { ...state, status: 'REGISTERED' } : state),
    PersonalDataStored: (state, { fields }, { event: { revision } }) => ({
      ...state,
      held: {
        ...state.held,
        ...Object.fromEntries(fields.map(({ field, ...why }) => [field, { ...why, version: revision }])),
      },
    }),
    PersonalDataAccessed: (state) => state,
    PersonKeyDestroyed: () => ({ status: 'ERASED', held: {} }),
  },

  decide: {
    registerPerson: ({ village }, { status }, { self, today, world }) => {
      if (status !== 'NONE') return no.TAKEN();
      if (village === undefined) return [{ type: 'PersonRegistered', data: { personRef: self }, effectiveOn: today }];
      if (!world.village(village, today)) return no.VILLAGE_UNKNOWN();
      return [{ type: 'PersonRegistered', data: { personRef: self, village }, effectiveOn: today }];
    },
    storePersonalData: ({ contentDigest: _, ...data }, state, { self, today }) => {
      requireHeld(state);
      const general = data.fields.find((each) => each.processingGround === 'CONSENT' && sensitive.includes(each.field));
      if (general) return no.CONSENT(`${general.field} is sensitive.`, { field: general.field });
      return [{ type: 'PersonalDataStored', data: { personRef: self, ...data }, effectiveOn: today }];
    },
    readPersonalData: (data, state, { self, today }) => {
      requireHeld(state);
      if (data.purpose.trim() === '') return no.PURPOSE();
      return [{ type: 'PersonalDataAccessed', data: { personRef: self, ...data }, effectiveOn: today }];
    },
    erasePerson: (data, state, { self, today }) => {
      if (state.status === 'NONE') return no.UNKNOWN();
      if (state.status === 'ERASED') return [];
      return [{ type: 'PersonKeyDestroyed', data: { personRef: self, ...data }, effectiveOn: today }];
    },
  },
};
