import fc from 'fast-check';
import { describe, it } from 'vitest';
import { payMonths } from '../../projections/pay-months.ts';
import { occurrencesOf } from '../support/arbitrary-history.ts';
import { holdsToTheFold } from '../support/holds-to-the-fold.ts';
import { some } from '../support/village-occurrences.ts';

const of = { county: some('d_aaaaaaaa'), month: some('2019-01') };
const kind = some('ALLOWANCE', 'BASIC_PAY');
const sums = { headcount: some(1, 3), totalFen: some('300000', '900000'), linesSha256: some('a'.repeat(64)) };
const standard = some('s_aaaaaaaa', 's_bbbbbbbb');

describe('payMonths', () => {
  it('answers for any moment what the fold of the log says', async () => {
    const occurrences = occurrencesOf('paymonth', ['d_aaaaaaaa-201901', 'd_bbbbbbbb-201901'], {
      AllowanceRunPosted: fc.record({ ...of, kind, standard, ...sums }),
      ArrearsPosted: fc.record({
        ...of,
        kind,
        fromMonth: some('2018-07'),
        toMonth: some('2018-12'),
        oldStandard: standard,
        newStandard: standard,
        ...sums,
      }),
      AllowanceReversed: fc.record({
        ...of,
        kind,
        run: some('payrun-d_aaaaaaaa.1'),
        lineSha256: some('b'.repeat(64)),
        amountFen: some('100'),
        reason: some('DEATH', 'DOUBLE'),
      }),
      MonthClosed: fc.record(of),
      MonthReopened: fc.record({ ...of, approval: some('增财〔2019〕1号') }),
    });
    await holdsToTheFold(payMonths, occurrences, { runs: 12 });
  });
});
