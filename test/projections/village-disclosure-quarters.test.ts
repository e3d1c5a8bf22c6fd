import fc from 'fast-check';
import { describe, it } from 'vitest';
import { villageDisclosureQuarters } from '../../projections/village-disclosure-quarters.ts';
import { occurrencesOf } from '../support/arbitrary-history.ts';
import { holdsToTheFold } from '../support/holds-to-the-fold.ts';
import { some, villageEvents, villageId, villageIds } from '../support/village-occurrences.ts';

/** Quarters about the days of the histories: some are kept, some are more than twelve old. */
const period = some('2014-Q1', '2016-Q2', '2018-09', '2018-Q4', '2020-06', '2021-Q1');

const disclosureEvents = {
  AffairsDisclosed: fc.record({
    village: villageId,
    period,
    category: some('ASSEMBLY_DECISIONS', 'FUNDS_AND_RELIEF', 'FINANCE'),
  }),
};

describe('villageDisclosureQuarters', () => {
  it('answers for any moment what the fold of the log says', async () => {
    const occurrences = occurrencesOf('village', villageIds, { ...villageEvents, ...disclosureEvents });
    await holdsToTheFold(villageDisclosureQuarters, occurrences, { runs: 10 });
  });
});
