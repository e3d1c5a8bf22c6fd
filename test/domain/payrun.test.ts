import { describe, expect, it } from 'vitest';
import { lineHash, linesHash } from '../../src/domain/payrun-rules.ts';
import { by, refusedAs, villageIds } from '../support/acts.ts';
import { person, reached } from '../support/committees-at-work.ts';
import type { Scene } from '../support/given.ts';
import { divisionIds } from '../support/hamlet-county.ts';
import { adopt, allowance } from '../support/money.ts';

const stream = `payrun-${divisionIds.county}`;
const old = 's_old00000';
const next = 's_next0000';
const line = (who: number, change: object = {}) => ({
  personRef: person(who),
  village: villageIds.villagers,
  amountFen: '150000',
  post: '委员',
  ...change,
});
const lines = [line(1), line(2)];
const run = { month: '2019-03', kind: 'ALLOWANCE', standard: old, headcount: 2, totalFen: '300000', lines };

/** A county whose committee has been in office since 2019-02-01, and its standard, for three people of a village at most. */
async function ready(): Promise<Scene> {
  const scene = await reached(5);
  await adopt(scene, old, { ...allowance, headcount: [{ max: 3 }] }, '2018-01-01', by.county);
  return scene;
}
const post = (scene: Scene, change: object = {}, on = '2019-03-20', header: object = by.county) =>
  scene.when(stream, 'postAllowanceRun', { ...run, ...change }, on, header);
/** A log in which the run is posted, as the stream's first event. */
async function posted(): Promise<Scene> {
  const scene = await ready();
  await post(scene);
  return scene;
}
const send = (scene: Scene, name: string, data: object, on = '2019-04-05') =>
  scene.when(stream, name, data, on, by.county);

describe('postAllowanceRun', () => {
  it('keeps the sums and a hash of the lines, and not the lines', async () => {
    const { lines: _, ...said } = run;
    const data = { county: divisionIds.county, ...said, linesSha256: linesHash(lines) };
    expect(await post(await ready())).toEqual([{ type: 'AllowanceRunPosted', effectiveOn: '2019-03-20', data }]);
    expect(linesHash([...lines].reverse())).toBe(linesHash(lines));
  });

  it.each([
    ['payrun.TOTAL', { headcount: 3 }],
    ['payrun.TOTAL', { totalFen: '300001' }],
    ['payrun.ZERO_AMOUNT', { lines: [line(1), line(2, { amountFen: '0' })] }],
    ['payrun.PERSON_TWICE', { lines: [line(1), line(1, { village: villageIds.second })] }],
    ['payrun.ABOVE_CAP', { lines: [1, 2, 3, 4].map((who) => line(who)), headcount: 4, totalFen: '600000' }],
    ['payrun.NOT_IN_OFFICE', { lines: [line(1), line(9)] }],
    ['payrun.NO_STANDARD', { standard: 's_absent00' }],
    ['payrun.NO_STANDARD', { kind: 'BASIC_PAY' }],
    ['payrun.NO_STANDARD', { month: '2017-12' }],
  ])('refuses as %s: %o', async (refusal, change) => {
    await expect(post(await ready(), change)).rejects.toEqual(refusedAs(refusal));
  });

  it('pays who was in office in the month, whoever is on the day of payment', async () => {
    await expect(post(await ready(), { month: '2019-02' })).resolves.toHaveLength(1);
    const before = await post(await ready(), { month: '2019-01' });
    expect(before).toMatchObject([{ data: { flags: ['OFFICE_NOT_KNOWN'] } }]);
  });

  it('pays retired cadres though they hold no office', async () => {
    const scene = await ready();
    const retired = { ...allowance, kind: 'RETIREMENT_ALLOWANCE', beneficiary: 'RETIRED_CADRE' };
    await adopt(scene, next, retired, '2018-01-01', by.county);
    const pay = { kind: 'RETIREMENT_ALLOWANCE', standard: next, lines: [line(8), line(9)] };
    const [fact] = await post(scene, pay);
    expect(fact?.data).not.toHaveProperty('flags');
  });

  it('is flagged where it is not known who is in office, or other runs were not compared', async () => {
    const scene = await posted();
    const other = { lines: [line(21, { village: villageIds.second })], headcount: 1, totalFen: '150000' };
    const facts = await post(scene, other);
    expect(facts).toMatchObject([{ data: { flags: ['OFFICE_NOT_KNOWN', 'NOT_COMPARED'] } }]);
  });

  it('finds by the lines of another run who is paid twice', async () => {
    const scene = await posted();
    const again = { lines: [line(1, { village: villageIds.second })], headcount: 1, totalFen: '150000' };
    const compared = (given: object, change: object = {}) =>
      post(scene, { ...again, otherRuns: [{ run: `${stream}.0`, lines, ...given }], ...change });
    await expect(compared({})).rejects.toEqual(refusedAs('payrun.PERSON_TWICE'));
    await expect(compared({ lines: [line(2)] })).rejects.toEqual(refusedAs('payrun.OTHER_LINES'));
    await expect(compared({ run: `${stream}.7` })).rejects.toEqual(refusedAs('payrun.UNKNOWN_RUN'));
  });

  it('pays a person a bonus beside the allowance, but not in another village', async () => {
    const scene = await posted();
    await adopt(scene, next, { ...allowance, kind: 'PERFORMANCE_BONUS' }, '2018-01-01', by.county);
    const otherRuns = [{ run: `${stream}.0`, lines }];
    const bonus = { kind: 'PERFORMANCE_BONUS', standard: next, headcount: 1, totalFen: '150000', otherRuns };
    const elsewhere = { ...bonus, lines: [line(1, { village: villageIds.second })] };
    await expect(post(scene, elsewhere)).rejects.toEqual(refusedAs('payrun.PERSON_TWICE'));
    const [fact] = await post(scene, { ...bonus, lines: [line(1)] });
    expect(fact?.data).not.toHaveProperty('flags');
  });

  it('is a county’s: no township’s, no other county’s', async () => {
    const scene = await ready();
    for (const id of ['d_absent000', divisionIds.shitan, divisionIds.prefecture]) {
      const when = scene.when(`payrun-${id}`, 'postAllowanceRun', run, '2019-03-20', by.county);
      await expect(when).rejects.toEqual(refusedAs('payrun.UNKNOWN_COUNTY'));
    }
    const neighbour = { decidedBy: { ...by.county.decidedBy, division: '440119' } };
    await expect(post(scene, {}, '2019-03-20', neighbour)).rejects.toEqual(refusedAs('act.OTHER_TERRITORY'));
  });
});

describe('closeMonth and reopenMonth', () => {
  const closed = async () => {
    const scene = await posted();
    await send(scene, 'closeMonth', { month: '2019-03' });
    return scene;
  };

  it('close a month once, and open it again', async () => {
    const scene = await posted();
    const fact = { effectiveOn: '2019-04-05', data: { county: divisionIds.county, month: '2019-03' } };
    expect(await send(scene, 'closeMonth', { month: '2019-03' })).toEqual([{ type: 'MonthClosed', ...fact }]);
    expect(await send(scene, 'closeMonth', { month: '2019-03' })).toEqual([]);
    const opened = await send(scene, 'reopenMonth', { month: '2019-03', approval: '财〔2019〕1号' });
    expect(opened).toMatchObject([{ type: 'MonthReopened' }]);
    await expect(post(scene)).resolves.toHaveLength(1);
  });

  it('refuse what is booked in a closed month, also dated back, unless it is approved', async () => {
    const scene = await closed();
    await expect(post(scene)).rejects.toEqual(refusedAs('payrun.MONTH_CLOSED'));
    await expect(post(scene, { reopenApproval: '财〔2019〕1号' })).resolves.toHaveLength(1);
    const back = { run: `${stream}.0`, lineSha256: lineHash(line(1)), amountFen: '150000', reason: 'DOUBLE' };
    await expect(send(scene, 'reverseAllowance', back)).rejects.toEqual(refusedAs('payrun.MONTH_CLOSED'));
  });

  it('refuse to open what is not closed', async () => {
    const when = send(await posted(), 'reopenMonth', { month: '2019-03', approval: '财〔2019〕1号' });
    await expect(when).rejects.toEqual(refusedAs('payrun.MONTH_OPEN'));
  });
});

describe('postArrears', () => {
  const due = { kind: 'ALLOWANCE', fromMonth: '2019-03', toMonth: '2019-03', oldStandard: old, newStandard: next };
  const sums = { headcount: 2, totalFen: '100000', lines: [1, 2].map((who) => line(who, { amountFen: '50000' })) };
  /** March was paid by the old standard; the new one, issued in June, holds from February on. */
  const raised = async () => {
    const scene = await posted();
    const late = { issuedOn: '2019-06-10', retroactive: true, supersedes: old, amountFen: '200000' };
    await adopt(scene, next, { ...allowance, ...late }, '2019-02-01', by.county);
    return scene;
  };
  const arrears = (scene: Scene, change: object = {}) =>
    send(scene, 'postArrears', { ...due, ...sums, ...change }, '2019-07-10');

  it('are paid in the month of the day, for months before', async () => {
    const { lines: given, ...said } = { ...due, ...sums };
    const data = { county: divisionIds.county, month: '2019-07', ...said, linesSha256: linesHash(given) };
    expect(await arrears(await raised())).toEqual([{ type: 'ArrearsPosted', effectiveOn: '2019-07-10', data }]);
  });

  it.each([
    ['payrun.OUTSIDE_SPAN', { fromMonth: '2019-01' }],
    ['payrun.OUTSIDE_SPAN', { toMonth: '2019-07' }],
    ['payrun.NO_STANDARD', { newStandard: 's_absent00' }],
    ['payrun.NO_STANDARD', { oldStandard: 's_absent00' }],
    ['payrun.NO_STANDARD', { kind: 'BASIC_PAY' }],
    ['payrun.TOTAL', { totalFen: '100001' }],
  ])('are refused as %s: %o', async (refusal, change) => {
    await expect(arrears(await raised(), change)).rejects.toEqual(refusedAs(refusal));
  });

  it('are posted once for a month', async () => {
    const scene = await raised();
    await arrears(scene);
    const again = arrears(scene, { fromMonth: '2019-02', toMonth: '2019-06' });
    await expect(again).rejects.toEqual(refusedAs('payrun.SPAN_POSTED'));
    await expect(arrears(scene, { fromMonth: '2019-04', toMonth: '2019-05' })).resolves.toHaveLength(1);
  });

  it('are refused in a closed month', async () => {
    const scene = await raised();
    await send(scene, 'closeMonth', { month: '2019-07' }, '2019-07-05');
    await expect(arrears(scene)).rejects.toEqual(refusedAs('payrun.MONTH_CLOSED'));
  });
});

describe('reverseAllowance', () => {
  const back = { run: `${stream}.0`, lineSha256: lineHash(line(1)), amountFen: '150000', reason: 'DEATH' };
  const reverse = (scene: Scene, change: object = {}) => send(scene, 'reverseAllowance', { ...back, ...change });

  it('names the line by its hash', async () => {
    const data = { county: divisionIds.county, month: '2019-03', kind: 'ALLOWANCE', ...back };
    expect(await reverse(await posted())).toEqual([{ type: 'AllowanceReversed', effectiveOn: '2019-04-05', data }]);
  });

  it('refuses a run that is not there, a line twice, nothing, and more than was paid', async () => {
    const scene = await posted();
    await expect(reverse(scene, { run: `${stream}.9` })).rejects.toEqual(refusedAs('payrun.UNKNOWN_RUN'));
    await expect(reverse(scene, { amountFen: '0' })).rejects.toEqual(refusedAs('payrun.ZERO_AMOUNT'));
    await reverse(scene);
    await expect(reverse(scene)).rejects.toEqual(refusedAs('payrun.REVERSED'));
    const more = reverse(scene, { lineSha256: lineHash(line(2)), amountFen: '150001' });
    await expect(more).rejects.toEqual(refusedAs('payrun.ABOVE_RUN'));
  });
});
