import fc from 'fast-check';
import { describe, it } from 'vitest';
import { creditCodes } from '../../projections/credit-codes.ts';
import { servicePoints } from '../../projections/service-points.ts';
import { villageServices } from '../../projections/village-services.ts';
import { workforceReports } from '../../projections/workforce-reports.ts';
import { occurrencesOf } from '../support/arbitrary-history.ts';
import { holdsToTheFold } from '../support/holds-to-the-fold.ts';
import { some, villageEvents, villageId, villageIds } from '../support/village-occurrences.ts';

const qualifier = some('EXACT');
const opened = { name: some('村服务站', '便民点'), itemsOffered: some(12, 60), online: fc.boolean() };
const invested = { amountFen: some('90000000', '1'), qualifier, from: some('2017-01'), to: some('2017-12') };

describe('servicePoints', () => {
  it('answers for any moment what the fold of the log says', async () => {
    const division = fc.option(some('d_aaaaaaaa'), { nil: undefined });
    const occurrences = occurrencesOf('servicepoint', ['sp_aaaaaaaa', 'sp_bbbbbbbb'], {
      ServicePointOpened: fc.record({ tier: some('TOWNSHIP', 'PROVINCE'), division, ...opened }),
      ServicePointClosed: fc.record({ division }),
      ServiceInvestmentRecorded: fc.record({ division, ...invested }),
    });
    await holdsToTheFold(servicePoints, occurrences, { runs: 8 });
  });
});

describe('villageServices', () => {
  it('answers for any moment what the fold of the log says', async () => {
    const occurrences = occurrencesOf('village', villageIds, {
      ...villageEvents,
      ServicePointOpened: fc.record({ tier: some('VILLAGE'), village: villageId, ...opened }),
      ServicePointClosed: fc.record({ village: villageId }),
    });
    await holdsToTheFold(villageServices, occurrences, { runs: 8 });
  });
});

describe('workforceReports', () => {
  it('answers for any moment what the fold of the log says', async () => {
    const division = some('d_aaaaaaaa', 'd_bbbbbbbb');
    const occurrences = occurrencesOf('workforce', ['wf_aaaaaaaa', 'wf_bbbbbbbb'], {
      WorkforceReported: fc.record({
        division,
        definitionCode: some('ALL', 'PAID'),
        headcount: some(18, 300),
        qualifier,
      }),
      ServiceTallyReported: fc.record({
        division,
        periodFrom: some('2020-01-01'),
        periodTo: some('2020-12-31'),
        personTimes: some(7, 8_130),
        qualifier,
      }),
    });
    await holdsToTheFold(workforceReports, occurrences, { runs: 8 });
  });
});

describe('creditCodes', () => {
  it('answers for any moment what the fold of the log says', async () => {
    const village = some('v_aaaaaaaa');
    const creditCode = some('5444011800000000XU');
    const certificate = fc.record({
      village,
      creditCode,
      certificateNumber: some('1', '2'),
      legalName: some('下围村村民委员会'),
      legalRepresentativeRef: fc.option(some(`p_${'a'.repeat(24)}`), { nil: undefined }),
    });
    const occurrences = occurrencesOf('creditcode', villageIds, {
      CreditCodeCertificateIssued: certificate,
      CreditCodeCertificateChanged: certificate,
      CreditCodeCertificateCancelled: fc.record({ village, creditCode, reason: some('撤并') }),
    });
    await holdsToTheFold(creditCodes, occurrences, { runs: 8 });
  });
});
