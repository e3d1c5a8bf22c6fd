import fc from 'fast-check';
import { describe, it } from 'vitest';
import { villageCertificates } from '../../projections/village-certificates.ts';
import { occurrencesOf } from '../support/arbitrary-history.ts';
import { holdsToTheFold } from '../support/holds-to-the-fold.ts';
import { some, villageEvents, villageId, villageIds } from '../support/village-occurrences.ts';

const village = villageId;
const requestNumber = some(1, 2);
const certificateEvents = {
  CertificateRequested: fc.record({ village, requestNumber, itemCode: some('KINSHIP') }),
  CertificateIssued: fc.record({ village, requestNumber, serialNo: some('1') }),
  CertificateRefused: fc.record({ village, requestNumber }),
  CertificateRevoked: fc.record({ village, serialNo: some('1') }),
};

describe('villageCertificates', () => {
  it('answers for any moment what the fold of the log says', async () => {
    const occurrences = occurrencesOf('village', villageIds, { ...villageEvents, ...certificateEvents });
    await holdsToTheFold(villageCertificates, occurrences, { runs: 10 });
  });
});
