import fc from 'fast-check';
import { describe, it } from 'vitest';
import { villageDisclosure } from '../../projections/village-disclosure.ts';
import { occurrencesOf } from '../support/arbitrary-history.ts';
import { holdsToTheFold } from '../support/holds-to-the-fold.ts';
import { some, villageEvents, villageId, villageIds } from '../support/village-occurrences.ts';

const village = villageId;
const what = { village, period: some('2018-Q3', '2018-10'), category: some('FINANCE', 'FUNDS_AND_RELIEF') };
const objection = some(1, 2);
const met = fc.boolean();

const disclosureEvents = {
  AffairsDisclosed: fc.record({
    ...what,
    phase: some('BEFORE', 'AFTER'),
    contentSha256: some('a'.repeat(64), 'b'.repeat(64)),
    flags: fc.option(some(['WITHOUT_SUPERVISION_REVIEW']), { nil: undefined }),
  }),
  DisclosureObjectionRaised: fc.record({ ...what, objection }),
  DisclosureObjectionAnswered: fc.record({ village, objection }),
  DisclosureOrdered: fc.record(what),
  DisclosureAssessed: fc.record({
    village,
    standard: some('ds_aaaaaaaa', 'ds_bbbbbbbb'),
    results: fc.tuple(fc.record({ dimension: some('CONTENT'), met })),
    allMet: met,
  }),
};

describe('villageDisclosure', () => {
  it('answers for any moment what the fold of the log says', async () => {
    const occurrences = occurrencesOf('village', villageIds, { ...villageEvents, ...disclosureEvents });
    await holdsToTheFold(villageDisclosure, occurrences, { runs: 10 });
  });
});
