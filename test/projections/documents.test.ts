import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DocumentRow, documentFinder, documentNamed, documents } from '../../projections/documents.ts';
import { occurrencesOf } from '../support/arbitrary-history.ts';
import { holdsToTheFold } from '../support/holds-to-the-fold.ts';
import { some } from '../support/village-occurrences.ts';

const documentIds = ['pd_aaaaaaaa', 'pd_bbbbbbbb', 'pd_cccccccc'];
const called = {
  title: some('若干措施', '实施意见'),
  issuers: some(['广东省民政厅']),
  level: some('PROVINCE', 'CENTRE'),
};
const reason = fc.record({ reason: fc.option(some('已有新规定'), { nil: undefined }) });

describe('documents', () => {
  it('answers for any moment what the fold of the log says', async () => {
    const occurrences = occurrencesOf('document', documentIds, {
      PolicyDocumentIssued: fc.record({
        ...called,
        documentNumber: fc.option(some('粤民发〔2020〕139号'), { nil: undefined }),
        aliases: fc.option(some(['另一标题']), { nil: undefined }),
        kind: some('OPINION', 'MECHANISM_PAPER'),
        issuedOn: some('2018-10-31', '2020-12-01'),
        expiresOn: fc.option(some('2021-05-06'), { nil: undefined }),
        supersedes: fc.array(some(...documentIds), { maxLength: 2 }),
        retroactive: fc.option(fc.boolean(), { nil: undefined }),
        topics: fc.option(some(['CERTIFICATES']), { nil: undefined }),
        mechanism: fc.option(some('一核四社'), { nil: undefined }),
      }),
      LocalStandardPublished: fc.record({ ...called, publishedOn: some('2018-10-31') }),
      PolicyDocumentRepealed: reason,
      PolicyDocumentExpired: reason,
    });
    await holdsToTheFold(documents, occurrences, { runs: 15 });
  });
});

describe('documentNamed()', () => {
  const row: DocumentRow = {
    kind: 'OPINION',
    number: null,
    title: '实施意见',
    aliases: '[]',
    issuers: '["广东省民政厅"]',
    level: 'PROVINCE',
    division: null,
    issued_on: '2020-12-01',
    in_force_from: '2020-12-01',
    expires_on: null,
    retroactive: 0,
    topics: '[]',
    mechanism: null,
    supersedes: '[]',
    superseded_by: null,
    ended: null,
  };
  const all = [
    { id: 'pd_aliased0', row: { ...row, title: '另一意见', aliases: '["粤民发〔2020〕139号"]' } },
    { id: 'pd_numbered', row: { ...row, number: '粤民发〔2020〕139号', issuers: '["广东省财政厅"]' } },
  ];

  it.each([
    ['by its number before another’s alias', '粤民发〔2020〕139号', undefined, 'pd_numbered'],
    ['of the issuer that is named', '粤民发〔2020〕139号', '广东省民政厅', 'pd_aliased0'],
    ['by its title', '另一意见', undefined, 'pd_aliased0'],
    ['by a number typed with spaces around it', ' 粤民发〔2020〕139号 ', undefined, 'pd_numbered'],
    ['not, where none is called so', '第三意见', undefined, undefined],
  ])('finds a document %s', (_, named, issuer, id) => {
    expect(documentNamed(all, named, issuer)?.id).toBe(id);
    expect(documentFinder(all)(named, issuer)?.id).toBe(id);
  });
});
