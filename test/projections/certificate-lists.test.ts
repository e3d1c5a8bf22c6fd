import fc from 'fast-check';
import { describe, it } from 'vitest';
import { certificateLists } from '../../projections/certificate-lists.ts';
import { occurrencesOf } from '../support/arbitrary-history.ts';
import { holdsToTheFold } from '../support/holds-to-the-fold.ts';
import { some } from '../support/village-occurrences.ts';

const item = fc.record({ itemCode: some('KINSHIP', 'ALIVE'), name: some('亲属关系', '健在') });
const items = fc.array(item, { maxLength: 2 });
const itemsTotal = some(20, 23);

describe('certificateLists', () => {
  it('answers for any moment what the fold of the log says', async () => {
    const occurrences = occurrencesOf('certlist', ['cl_aaaaaaaa', 'cl_bbbbbbbb'], {
      CertificateListPublished: fc.record({
        kind: some('PROHIBITED', 'PERMITTED'),
        level: some('CENTRE', 'PROVINCE'),
        divisionId: fc.option(some('d_aaaaaaaa'), { nil: undefined }),
        batch: some(1, 2),
        itemsTotal,
        items,
      }),
      CertificateListAmended: fc.record({ add: items, remove: some(['KINSHIP'], []), itemsTotal }),
    });
    await holdsToTheFold(certificateLists, occurrences, { runs: 8 });
  });
});
