import fc from 'fast-check';
import { describe, it } from 'vitest';
import { honours } from '../../projections/honours.ts';
import { villageHonours } from '../../projections/village-honours.ts';
import { occurrencesOf } from '../support/arbitrary-history.ts';
import { holdsToTheFold } from '../support/holds-to-the-fold.ts';
import { some, villageEvents, villageId, villageIds } from '../support/village-occurrences.ts';

const holder = {
  village: fc.option(villageId, { nil: undefined }),
  division: fc.option(some('d_aaaaaaaa'), { nil: undefined }),
  project: fc.option(some('活化赋权'), { nil: undefined }),
};

const conferred = {
  holderType: some('VILLAGE', 'DISTRICT', 'PROJECT'),
  ...holder,
  title: some('全国和谐社区建设示范社区', '中国社区治理十大创新成果'),
  level: some('CENTRE', 'PROVINCE'),
  batch: fc.option(some(1, 2), { nil: undefined }),
  conferredBy: some('民政部'),
  documentNumber: fc.option(some('民发〔2014〕224号'), { nil: undefined }),
};
const revoked = { ...holder, reason: some('复核未通过') };

describe('honours', () => {
  it('answers for any moment what the fold of the log says', async () => {
    const occurrences = occurrencesOf('honour', ['h_aaaaaaaa', 'h_bbbbbbbb'], {
      HonourConferred: fc.record(conferred),
      HonourRevoked: fc.record(revoked),
    });
    await holdsToTheFold(honours, occurrences, { runs: 8 });
  });
});

describe('villageHonours', () => {
  it('answers for any moment what the fold of the log says', async () => {
    const occurrences = occurrencesOf('village', villageIds, {
      ...villageEvents,
      HonourConferred: fc.record({ ...conferred, village: villageId }),
      HonourRevoked: fc.record({ ...revoked, village: villageId }),
    });
    await holdsToTheFold(villageHonours, occurrences, { runs: 8 });
  });
});
