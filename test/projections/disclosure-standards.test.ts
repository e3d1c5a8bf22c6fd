import fc from 'fast-check';
import { describe, it } from 'vitest';
import { disclosureStandards } from '../../projections/disclosure-standards.ts';
import { occurrencesOf } from '../support/arbitrary-history.ts';
import { holdsToTheFold } from '../support/holds-to-the-fold.ts';
import { some } from '../support/village-occurrences.ts';

const standardEvents = {
  DisclosureStandardDefined: fc.record({
    code: some('WUHUA', 'LOCAL'),
    name: some('村务公开“五化”', '示范标准'),
    scope: some('44', '440118'),
    dimensions: some([{ code: 'CONTENT', name: '内容' }], [{ code: 'FORM', name: '形式', criteria: '公开栏' }]),
  }),
};

describe('disclosureStandards', () => {
  it('answers for any moment what the fold of the log says', async () => {
    const occurrences = occurrencesOf('disclosurestandard', ['ds_aaaaaaaa', 'ds_bbbbbbbb'], standardEvents);
    await holdsToTheFold(disclosureStandards, occurrences, { runs: 10 });
  });
});
