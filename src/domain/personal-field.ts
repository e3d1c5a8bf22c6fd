/** The kinds of personal data that the vault holds, why and how long each may be held, and what each must look like. */
import { z } from 'zod';
import { LocalDate } from './scalars.ts';
import { codes, part, scalar, text } from './vocabulary.ts';

export const PersonalField = codes('PersonalField', 'A kind of personal data that the vault holds.', {
  NAME: 'Name (姓名).',
  IDENTITY_NUMBER: 'Identity number (公民身份号码), 18 characters.',
  SEX: 'Sex (性别): MALE or FEMALE.',
  BIRTH_DATE: 'Day of birth (出生日期), YYYY-MM-DD.',
  PARTY_ENTRY_DATE: 'Day of entry into the party (入党日期), YYYY-MM-DD.',
  BANK_CARD: 'Bank card (银行卡号), digits. Sensitive.',
  PHONE: 'Telephone number (电话).',
  ADDRESS: 'Address (住址).',
  HEALTH: 'Health (健康状况). Sensitive.',
  LIVING: 'Living conditions (生活状况).',
});
export type PersonalField = z.output<typeof PersonalField>;

export const ProcessingGround = codes(
  'ProcessingGround',
  'Why personal data may be processed (个人信息保护法 art. 13, 29).',
  {
    CONSENT: 'The person consented.',
    SEPARATE_CONSENT: 'The person consented to this kind of data separately, as art. 29 asks of sensitive data.',
    CONTRACT_OR_PERSONNEL: 'A contract with the person, or the management of personnel, needs it.',
    STATUTORY_DUTY: 'A duty or power by law needs it.',
    EMERGENCY: 'A public health emergency, or the protection of life and property, needs it.',
    ALREADY_PUBLIC: 'The person, or the law, has made it public.',
    OTHER_LAW: 'Another law or administrative regulation allows it.',
  },
);
export type ProcessingGround = z.output<typeof ProcessingGround>;

export const RetentionClass = codes(
  'RetentionClass',
  'How long personal data is kept (个人信息保护法 art. 19: as short as the purpose allows). The classes are a proposal of this ledger.',
  {
    UNTIL_PURPOSE_MET: 'Until what it was collected for is done.',
    UNTIL_TERM_ENDS: 'Until the term of office ends.',
    UNTIL_ALLOWANCE_ENDS: 'Until the allowance ends and its accounts are closed.',
    ARCHIVE: 'As long as the archive it belongs to.',
  },
);
export type RetentionClass = z.output<typeof RetentionClass>;

export const DestructionGround = codes(
  'DestructionGround',
  'Why a person’s key is destroyed (个人信息保护法 art. 47).',
  {
    PURPOSE_MET: 'The purpose is met, cannot be met, or the data is no longer needed for it.',
    RETENTION_ENDED: 'The service has stopped or the retention term has ended.',
    CONSENT_WITHDRAWN: 'The person withdrew consent.',
    UNLAWFUL: 'The processing was against a law, a regulation or an agreement.',
    OTHER_LAW: 'Another law or administrative regulation asks for it.',
  },
);

export const StoredField = part('StoredField', 'That a kind of data is held, why, and how long; never the data.', {
  field: PersonalField,
  processingGround: ProcessingGround,
  retention: RetentionClass,
});
export type StoredField = z.output<typeof StoredField>;

const PersonalText = scalar(
  'PersonalText',
  'A piece of personal data, as text of its kind’s form. As input it is sent as a variable, never within the operation.',
  z.string().min(1, 'is empty').max(1_000, 'is longer than 1000 characters'),
  { asVariable: true },
);

/** Lives in memory and, sealed, in the vault only. */
export const PersonalDatum = part('PersonalDatum', 'One kind of personal data with its content.', {
  ...StoredField.shape,
  value: PersonalText,
});
export type PersonalDatum = z.output<typeof PersonalDatum>;

export const DestructionApproval = part('DestructionApproval', 'An approval of a key’s destruction.', {
  by: text(120).describe('The organ or the user that approved: a name of a person has no place here.'),
  on: LocalDate.describe('Day of the approval.'),
});
export type DestructionApproval = z.output<typeof DestructionApproval>;

const day = LocalDate.clone();
const shapes: Readonly<Record<PersonalField, z.ZodType<string>>> = {
  NAME: text(120),
  IDENTITY_NUMBER: z.string().regex(/^\d{17}[\dX]$/),
  SEX: z.enum(['MALE', 'FEMALE']),
  BIRTH_DATE: day,
  PARTY_ENTRY_DATE: day,
  BANK_CARD: z.string().regex(/^\d{12,19}$/),
  PHONE: z.string().regex(/^\+?[\d-]{5,20}$/),
  ADDRESS: text(300),
  HEALTH: text(1_000),
  LIVING: text(1_000),
};

/** Whether a value is one of its kind. Says only yes or no: a message could carry the value on. */
export const isValueOf = (field: PersonalField, value: string): boolean => shapes[field].safeParse(value).success;
