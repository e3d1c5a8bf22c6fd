/** Lists of certificates at any moment: what each says committees may and may not certify. */
import type { AuthorityLevel } from '../src/domain/authority.ts';
import { itemsAfter } from '../src/domain/certificate-list.ts';
import type { CertificateListItemView, CertificateListView } from '../src/domain/certificate-rule.ts';
import type { Found, Projection } from '../src/es/projection.ts';
import { handlers } from './handlers.ts';

export type CertificateListRow = {
  readonly kind: CertificateListView['kind'];
  readonly level: AuthorityLevel;
  /** Code of the division as published; null for the whole country. */
  readonly division: string | null;
  readonly division_id: string | null;
  readonly batch: number;
  readonly title: string | null;
  readonly document_number: string | null;
  readonly issued_on: string | null;
  readonly in_force_from: string;
  readonly amended_on: string | null;
  readonly copies: string | null;
  readonly items_total: number;
  /** The items that are known by name, as JSON. */
  readonly items: string;
};

export const certificateLists: Projection<CertificateListRow> = {
  name: 'certificate_lists',
  version: 1,
  entity: 'certlist',
  columns: {
    kind: 'text',
    level: 'text',
    division: 'text',
    division_id: 'text',
    batch: 'integer',
    title: 'text',
    document_number: 'text',
    issued_on: 'text',
    in_force_from: 'text',
    amended_on: 'text',
    copies: 'text',
    items_total: 'integer',
    items: 'text',
  },
  indexes: [],
  handlers: handlers<'certlist', CertificateListRow>({
    certlist: {
      CertificateListPublished: (_, data, __, { effectiveOn }) => ({
        kind: data.kind,
        level: data.level,
        division: data.division ?? null,
        division_id: data.divisionId ?? null,
        batch: data.batch,
        title: data.title ?? null,
        document_number: data.documentNumber ?? null,
        issued_on: data.issuedOn ?? null,
        in_force_from: effectiveOn,
        amended_on: null,
        copies: data.copies ?? null,
        items_total: data.itemsTotal,
        items: JSON.stringify(data.items),
      }),
      CertificateListAmended: (row, { add, remove, itemsTotal }, _, { effectiveOn }) =>
        row && {
          ...row,
          amended_on: effectiveOn,
          items_total: itemsTotal,
          items: JSON.stringify(itemsAfter(itemsOf(row), add, remove)),
        },
    },
  }),
};

/** The items of a row. */
export const itemsOf = ({ items }: CertificateListRow): readonly CertificateListItemView[] => JSON.parse(items);

/** More lists than there are bodies that publish them. */
export const certificateListsMax = 10_000;

/** The list as decisions see it. */
export const listViewOf = ({ id, row }: Found<CertificateListRow>): CertificateListView => ({
  id,
  kind: row.kind,
  level: row.level,
  documentNumber: row.document_number ?? undefined,
  title: row.title ?? undefined,
  items: itemsOf(row),
});
