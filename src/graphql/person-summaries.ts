/** Sentences on people: they have no names here, and get none. */
import type { EventCatalogue } from '../domain/index.ts';
import type { Templates } from './summary-templates.ts';

type PersonTypes = Extract<keyof EventCatalogue, `Person${string}`>;

export const personSummaries: Templates<Pick<EventCatalogue, PersonTypes>> = {
  PersonRegistered: {
    EN: ({ personRef }) => `A person was given the reference ${personRef}.`,
    ZH: ({ personRef }) => `登记人员，编号${personRef}。`,
  },
  PersonalDataStored: {
    EN: ({ personRef, fields }) => `Personal data of ${personRef} was stored: ${kinds(fields.map(fieldOf))}.`,
    ZH: ({ personRef, fields }) => `存入${personRef}的个人信息：${kinds(fields.map(fieldOf))}。`,
  },
  PersonalDataAccessed: {
    EN: ({ personRef, by, purpose, fields }) => `${by} read ${kinds(fields)} of ${personRef} for: ${purpose}.`,
    ZH: ({ personRef, by, purpose, fields }) => `${by}查阅${personRef}的${kinds(fields)}，用途：${purpose}。`,
  },
  PersonKeyDestroyed: {
    EN: ({ personRef, ground }) => `The personal data of ${personRef} was erased: ${ground}.`,
    ZH: ({ personRef, ground }) => `清除${personRef}的个人信息：${ground}。`,
  },
};

const fieldOf = ({ field }: { readonly field: string }): string => field;
const kinds = (fields: readonly string[]): string => fields.join(', ');
