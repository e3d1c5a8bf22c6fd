/** Documents and local standards at any moment: what they are called, who issued them, and what ended them. */
import type { DocumentView } from '../src/domain/world.ts';
import { idOf } from '../src/es/event.ts';
import { nameKey } from '../src/es/name-key.ts';
import type { Found, Projection } from '../src/es/projection.ts';
import { handlers } from './handlers.ts';

export type DocumentRow = {
  readonly kind: string;
  readonly number: string | null;
  readonly title: string;
  /** Other titles, as JSON. */
  readonly aliases: string;
  /** Organs, as JSON. */
  readonly issuers: string;
  readonly level: string;
  /** Id of the division whose organ issued it; null for the centre. */
  readonly division: string | null;
  readonly issued_on: string;
  readonly in_force_from: string;
  /** First day on which it no longer holds, where it says so. */
  readonly expires_on: string | null;
  readonly retroactive: 0 | 1;
  /** Topics, as JSON. */
  readonly topics: string;
  readonly mechanism: string | null;
  /** Ids of documents, as JSON. */
  readonly supersedes: string;
  readonly superseded_by: string | null;
  readonly ended: 'REPEALED' | 'EXPIRED' | null;
};

interface Called {
  readonly title: string;
  readonly aliases?: readonly string[];
  readonly issuers: readonly string[];
  readonly level: string;
  readonly division?: string;
  readonly topics?: readonly string[];
}

const base = (data: Called, on: string) => ({
  title: data.title,
  aliases: JSON.stringify(data.aliases ?? []),
  issuers: JSON.stringify(data.issuers),
  level: data.level,
  division: data.division ?? null,
  in_force_from: on,
  topics: JSON.stringify(data.topics ?? []),
  superseded_by: null,
  ended: null,
});

export const documents: Projection<DocumentRow> = {
  name: 'documents',
  version: 1,
  entity: 'document',
  columns: {
    kind: 'text',
    number: 'text',
    title: 'text',
    aliases: 'text',
    issuers: 'text',
    level: 'text',
    division: 'text',
    issued_on: 'text',
    in_force_from: 'text',
    expires_on: 'text',
    retroactive: 'integer',
    topics: 'text',
    mechanism: 'text',
    supersedes: 'text',
    superseded_by: 'text',
    ended: 'text',
  },
  indexes: [],
  handlers: handlers<'document', DocumentRow>({
    document: {
      PolicyDocumentIssued: (row, data, self, { stream, effectiveOn }) => {
        if (idOf(stream) !== self) return row && { ...row, superseded_by: idOf(stream) };
        return {
          ...base(data, effectiveOn),
          kind: data.kind,
          number: data.documentNumber ?? null,
          issued_on: data.issuedOn,
          expires_on: data.expiresOn ?? null,
          retroactive: data.retroactive ? 1 : 0,
          mechanism: data.mechanism ?? null,
          supersedes: JSON.stringify(data.supersedes ?? []),
        };
      },
      LocalStandardPublished: (_, data, __, { effectiveOn }) => ({
        ...base(data, effectiveOn),
        kind: 'LOCAL_STANDARD',
        number: data.standardNumber ?? null,
        issued_on: data.publishedOn,
        expires_on: null,
        retroactive: 0,
        mechanism: null,
        supersedes: '[]',
      }),
      PolicyDocumentRepealed: (row) => row && { ...row, ended: 'REPEALED' },
      PolicyDocumentExpired: (row) => row && { ...row, ended: 'EXPIRED' },
    },
  }),
};

/** The document of a number, else of a title, else of an alias; of the issuer alone where one is given. */
export function documentNamed(all: readonly Found<DocumentRow>[], named: string, issuer?: string): DocumentView | null {
  const name = nameKey(named);
  const known = all.filter(({ row }) => issuer === undefined || isIssuer(row, issuer));
  const found =
    known.find(({ row }) => row.number !== null && nameKey(row.number) === name) ??
    known.find(({ row }) => nameKey(row.title) === name) ??
    known.find(({ row }) => (JSON.parse(row.aliases) as string[]).some((alias) => nameKey(alias) === name));
  return found ? { id: found.id, issuedOn: found.row.issued_on, retroactive: found.row.retroactive === 1 } : null;
}

const isIssuer = (row: DocumentRow, issuer: string): boolean =>
  (JSON.parse(row.issuers) as string[]).some((each) => nameKey(each) === nameKey(issuer));

/** Finds documents among all that there are, however often it is asked. */
export function documentFinder(
  all: readonly Found<DocumentRow>[],
): (named: string, issuer?: string) => DocumentView | null {
  const byName = new Map<string, Found<DocumentRow>[]>();
  for (const found of all) {
    for (const name of new Set(namesOf(found.row).map(nameKey))) byName.set(name, [...(byName.get(name) ?? []), found]);
  }
  return (named, issuer) => documentNamed(byName.get(nameKey(named)) ?? [], named, issuer);
}

/** Every name by which a basis may cite it: number, title, aliases. */
export const namesOf = ({ number, title, aliases }: DocumentRow): readonly string[] => [
  ...(number === null ? [] : [number]),
  title,
  ...(JSON.parse(aliases) as string[]),
];
