/** Lists of what committees may and may not certify (证明事项清单), and what a clerk may ask for: the first half of the aggregate in
 *  `certificate-list.ts`. */
import { z } from 'zod';
import { AuthorityLevel } from './authority.ts';
import { corrections } from './corrections.ts';
import { DivisionCode, DivisionId, LocalDate } from './scalars.ts';
import { codes, command, count, event, part, scalar, text } from './vocabulary.ts';

export const CertificateItemCode = scalar(
  'CertificateItemCode',
  'Code of something that a committee may be asked to certify: capital letters and _, such as KINSHIP. Lists change, so the codes are data.',
  z.string().regex(/^[A-Z][A-Z_]{1,59}$/, 'is not a code of capital letters and _'),
);
export const CertificateListKind = codes('CertificateListKind', 'What a list of certificates is for.', {
  PROHIBITED: 'What committees should not certify (不应出具清单).',
  PERMITTED: 'What committees certify by law (出具清单).',
});
export const CertificateListId = scalar(
  'CertificateListId',
  'Id of a list of certificates.',
  z.string().regex(/^[a-z]{1,3}_[A-Za-z0-9]{8,40}$/, 'is not an id'),
);

export const CertificateListItem = part('CertificateListItem', 'An item of a list of certificates.', {
  itemCode: CertificateItemCode,
  name: text(120).describe('Its name as published.'),
  legalBasis: text(300).optional().describe('Law by which it is certified; every permitted item has one.'),
  substituteRoute: text(300).optional().describe('What stands in its place: another paper, another organ.'),
  responsibleDept: text(120).optional().describe('Department that no longer asks for it, or that asks for it.'),
  copied: z.boolean().optional().describe('True where it is taken over from the list above.'),
});

const published = {
  kind: CertificateListKind,
  level: AuthorityLevel.describe('Level of the body whose list it is: county or above.'),
  division: DivisionCode.optional().describe('Code of the division for which it holds; none for the whole country.'),
  batch: count().describe('Number of the list among those of its kind and body, from 1.'),
  title: text(200).optional().describe('Title of the document that has it.'),
  documentNumber: text(120).optional().describe('Number of that document; left out where it is not known.'),
  issuedOn: LocalDate.optional().describe('Day of the document; effectiveOn is the day from which the list holds.'),
  itemsTotal: count().describe('Items of the list, also of those whose names are not known.'),
  items: z.array(CertificateListItem).max(300).describe('Items that are known by name.'),
  copies: CertificateListId.optional().describe('The list of a level above whose items it takes over.'),
};
const amended = {
  add: z.array(CertificateListItem).max(300).describe('Items that come to it; none where empty.'),
  remove: z.array(CertificateItemCode).max(300).describe('Codes of the items that leave it; none where empty.'),
  itemsTotal: count().optional().describe('Items of the list from then on; counted where it is left out.'),
  documentNumber: text(120).optional().describe('Number of the document that amends it.'),
};

// Names and shapes are the stored format: add, never rename; a changed meaning is a new name.
export const certificateListEvents = {
  ...corrections,
  CertificateListPublished: event(
    'A list of certificates was published.',
    {
      ...published,
      divisionId: DivisionId.optional().describe('Id of that division, whatever code it bears later.'),
    },
    { zh: '证明事项清单公布' },
  ),
  CertificateListAmended: event(
    'A list of certificates was amended.',
    { ...amended, itemsTotal: count().describe('Items of the list from then on.') },
    { zh: '证明事项清单调整' },
  ),
};

const twice = (items: readonly string[]): string | undefined => items.find((item, at) => items.indexOf(item) !== at);

export const certificateListCommands = {
  publishCertificateList: command(
    'Record a list of certificates; effectiveOn is the day from which it holds. No item stands in it twice.',
    published,
    {
      zh: '公布证明事项清单',
      rule: ({ items, itemsTotal, level, division }) => {
        const double = twice(items.map(({ itemCode }) => itemCode));
        if (double) return { path: 'items', message: `names ${double} twice` };
        if (itemsTotal < items.length) return { path: 'itemsTotal', message: 'is less than the items that are named' };
        return (level === 'CENTRE') === (division === undefined)
          ? undefined
          : { path: 'division', message: 'is the code of the body’s division; none for the centre' };
      },
      creates: true,
    },
  ),
  amendCertificateList: command(
    'Record that items came to a list or left it; effectiveOn is the day from which that holds.',
    amended,
    {
      zh: '调整证明事项清单',
      rule: ({ add, remove }) => {
        const double = twice([...add.map(({ itemCode }) => itemCode), ...remove]);
        if (double) return { path: 'add', message: `names ${double} twice` };
        return add.length + remove.length === 0 ? { path: 'add', message: 'nothing is amended' } : undefined;
      },
    },
  ),
};
