import fc from 'fast-check';
import { describe, it } from 'vitest';
import { villageCharters } from '../../projections/village-charters.ts';
import { occurrencesOf } from '../support/arbitrary-history.ts';
import { holdsToTheFold } from '../support/holds-to-the-fold.ts';
import { some, villageEvents, villageId, villageIds } from '../support/village-occurrences.ts';

const village = villageId;
const textSha256 = some('a'.repeat(64), 'b'.repeat(64));
const publishedOn = some('2018-11-30', '2018-12-01', '2020-06-30');

const charterEvents = {
  CharterRevisionOpened: fc.record({ village, version: fc.integer({ min: 1, max: 3 }), kind: some('VILLAGE_RULES') }),
  CharterDrafted: fc.record({ village, textSha256, topics: some(['CONDUCT']) }),
  CharterReviewReturned: fc.record({ village, textSha256 }),
  CharterFiled: fc.record({ village, textSha256, filedWith: some('石滩镇人民政府') }),
  CharterPublished: fc.record({
    village,
    version: fc.integer({ min: 1, max: 3 }),
    publishedOn,
    channels: some(['公告栏']),
  }),
  CharterCorrectionOrdered: fc.record({ village, article: some('3'), ground: some('AGAINST_LAW') }),
  CharterCorrected: fc.record({ village, textSha256 }),
};

describe('villageCharters', () => {
  it('answers for any moment what the fold of the log says', async () => {
    const occurrences = occurrencesOf('village', villageIds, { ...villageEvents, ...charterEvents });
    await holdsToTheFold(villageCharters, occurrences, { runs: 15 });
  });
});
