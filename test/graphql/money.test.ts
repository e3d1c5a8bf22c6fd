import { beforeEach, describe, expect, it } from 'vitest';
import { needsFourEyes } from '../../src/domain/four-eyes.ts';
import { linesHash } from '../../src/domain/payrun-rules.ts';
import { by } from '../support/acts.ts';
import { inTwo } from '../support/four-eyes.ts';
import { undocumented } from '../support/given.ts';
import { type LedgerApi, ledgerApi } from '../support/ledger-api.ts';
import { listProvince } from '../support/small-province.ts';

const province = { decidedBy: { level: 'PROVINCE', division: '44', organ: '广东省财政厅' } };
const terms = { kind: 'ALLOWANCE', beneficiary: 'COMMITTEE_MEMBER', method: 'FIXED', per: 'PERSON_MONTH' };
const supervisors = { decidedBy: { level: 'VILLAGE', organ: '村务监督委员会' } };
let api: LedgerApi;
let sent = 0;

/** Sends a mutation; the id of what it was about, its event, and the position after it. */
async function send(name: string, effectiveOn: string, decided: { decidedBy: object }, input: object) {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const query = `mutation($i: ${type}!) { ${name}(input: $i) { position events { id stream } } }`;
  sent += 1;
  const i = { commandId: `sent-${sent}`, effectiveOn, ...decided, basis: undocumented, ...input };
  if (needsFourEyes(name)) {
    const { target, position, events } = await inTwo(api, name, i);
    return { id: target, position, event: events[0]?.id };
  }
  const { position, events } = (await api.ask(query, { i }))[name];
  const [{ id: event, stream }] = events;
  return { id: stream.slice(stream.indexOf('-') + 1), position, event };
}

const adopt = (effectiveOn: string, input: object) =>
  send('adoptStandard', effectiveOn, by.county, { ...terms, division: '440118', ...input });

beforeEach(async () => {
  api = await ledgerApi();
  await listProvince(api);
});

describe('the funds of villages', () => {
  beforeEach(async () => {
    const fund = {
      purpose: 'OFFICE_FUND',
      amountFen: '30000000',
      fiscalYear: 2018,
      documentNumber: '粤财农〔2018〕1号',
    };
    const { id } = await send('appropriateFund', '2018-01-10', province, fund);
    const part = { appropriation: id, toDivision: '440118', amountFen: '20000000' };
    await send('allocateFund', '2018-02-01', province, part);
    const office = { village: 'v_xiawei0001', kind: 'OFFICE_FUND', amountFen: '10000000', fiscalYear: 2018 };
    await send('transferVillageFund', '2018-03-01', by.county, office);
    const party = { ...office, kind: 'PARTY_SERVICE_FUND', amountFen: '6000000' };
    await send('transferVillageFund', '2018-04-01', by.county, party);
    await send('transferVillageFund', '2019-03-01', by.county, { ...office, fiscalYear: 2019 });
    await send('reviewOfficeFundUse', '2019-01-20', supervisors, {
      village: 'v_xiawei0001',
      fiscalYear: 2018,
      reviewers: ['SECRETARY', 'CHAIR', 'FINANCE_GROUP', 'SUPERVISION'],
      usedFen: '9000000',
      postedOn: '2019-01-25',
    });
  });

  it('are told by fiscal year, with the review of their use, now and as of an earlier day', async () => {
    const fields = 'fiscalYear transferredFen officeFundFen partyServiceFundFen transfers';
    const query = `{ village(id: "v_xiawei0001") { funds { ${fields} review { reviewedOn postedOn usedFen jointly } } }
      before: at(effectiveOn: "2018-03-15") { village(id: "v_xiawei0001") { funds { ${fields} review { jointly } } } } }`;
    const { village, before } = await api.ask(query);
    const sums = { officeFundFen: '10000000', partyServiceFundFen: '0', transferredFen: '10000000', transfers: 1 };
    const review = { reviewedOn: '2019-01-20', postedOn: '2019-01-25', usedFen: '9000000', jointly: true };
    const both = { ...sums, partyServiceFundFen: '6000000', transferredFen: '16000000', transfers: 2 };
    expect(village.funds).toEqual([
      { fiscalYear: 2018, ...both, review },
      { fiscalYear: 2019, ...sums, review: null },
    ]);
    expect(before.village.funds).toEqual([{ fiscalYear: 2018, ...sums, review: null }]);
  });

  it('are summed below a division, for one fiscal year or all', async () => {
    const query = `{ division(code: "44") { tally { all: money { transferredFen villages }
      year: money(fiscalYear: 2018) { transferredFen officeFundFen partyServiceFundFen villages } } }
      other: division(code: "4419") { tally { money { transferredFen } } } }`;
    const { division, other } = await api.ask(query);
    const year = { transferredFen: '16000000', officeFundFen: '10000000', partyServiceFundFen: '6000000', villages: 1 };
    expect(division.tally).toEqual({ all: { transferredFen: '26000000', villages: 2 }, year });
    expect(other.tally.money).toEqual({ transferredFen: '0' });
  });

  it('flow from what is set aside through what is allocated to what is transferred', async () => {
    const flow = `appropriatedFen byLevel { level fen } allocatedFen transferredFen villages
      appropriations { purpose documentNumber allocatedFen allocations { division { code } fen } }`;
    const query = `{ whole: fundingFlow(fiscalYear: 2018) { ${flow} }
      county: fundingFlow(fiscalYear: 2018, within: "440118") { ${flow} }
      dongguan: fundingFlow(fiscalYear: 2018, within: "4419") { allocatedFen transferredFen appropriations { id } }
      nowhere: fundingFlow(fiscalYear: 2018, within: "4499") { allocatedFen } }`;
    const { whole, county, dongguan, nowhere } = await api.ask(query);
    const fund = {
      purpose: 'OFFICE_FUND',
      documentNumber: '粤财农〔2018〕1号',
      allocatedFen: '20000000',
      allocations: [{ division: { code: '440118' }, fen: '20000000' }],
    };
    const rest = { allocatedFen: '20000000', transferredFen: '16000000', villages: 1, appropriations: [fund] };
    const byLevel = [{ level: 'PROVINCE', fen: '30000000' }];
    expect(whole).toEqual({ appropriatedFen: '30000000', byLevel, ...rest });
    expect(county).toEqual({ appropriatedFen: '0', byLevel: [], ...rest });
    expect(dongguan).toEqual({ allocatedFen: '0', transferredFen: '0', appropriations: [] });
    expect(nowhere).toBeNull();
  });
});

describe('the pay runs of a county', () => {
  it('are kept by month: sums, standard and hash, until it is closed', async () => {
    const { id: standard } = await adopt('2018-01-01', { amountFen: '200000' });
    const line = { personRef: `p_${'a'.repeat(24)}`, village: 'v_xiawei0001', amountFen: '200000', post: '委员' };
    const run = { month: '2018-05', kind: 'ALLOWANCE', standard, headcount: 1, totalFen: '200000', lines: [line] };
    const { event } = await send('postAllowanceRun', '2018-05-20', by.county, { division: 'd_zengcheng1', ...run });
    await send('closeMonth', '2018-06-01', by.county, { division: 'd_zengcheng1', month: '2018-05' });
    const ledger = `payRunLedger(county: "440118", month: "2018-05") { county { code } closed totalFen arrearsFen reversedFen
      runs { event kind standard { id amountFen } headcount totalFen linesSha256 paidOn fromMonth } }`;
    const query = `{ ${ledger} none: payRunLedger(county: "440118", month: "2018-06") { closed }
      before: at(effectiveOn: "2018-05-31") { payRunLedger(county: "440118", month: "2018-05") { closed totalFen } }
      first: at(effectiveOn: "2018-05-01") { payRunLedger(county: "440118", month: "2018-05") { closed } } }`;
    const { payRunLedger, none, before, first } = await api.ask(query);
    const paid = { event, kind: 'ALLOWANCE', headcount: 1, totalFen: '200000', linesSha256: linesHash([line]) };
    expect(payRunLedger).toEqual({
      county: { code: '440118' },
      closed: true,
      totalFen: '200000',
      arrearsFen: '0',
      reversedFen: '0',
      runs: [{ ...paid, standard: { id: standard, amountFen: '200000' }, paidOn: '2018-05-20', fromMonth: null }],
    });
    expect(before.payRunLedger).toEqual({ closed: false, totalFen: '200000' });
    expect([none, first.payRunLedger]).toEqual([null, null]);
  });
});

describe('arrearsDue', () => {
  const due =
    'standard { id } documentNumber fromMonth toMonth months monthlyFen perUnitFen byLevel { level fen } villages';
  /** Position before a standard of the county that holds from 2018-07-01 was recorded, by a notice of 2019-09-26; its id. */
  async function raised() {
    const { id: supersedes, position } = await adopt('2018-01-01', { amountFen: '200000' });
    const { id } = await adopt('2018-07-01', {
      amountFen: '230001',
      issuedOn: '2019-09-26',
      retroactive: true,
      documentNumber: '2019年通知',
      supersedes,
      sharesOfIncrease: [
        { level: 'PREFECTURE', bp: 5000 },
        { level: 'COUNTY', bp: 5000 },
      ],
    });
    return { id, position };
  }

  it('tells what a notice of 2019-09-26 makes due since 2018-07, for whom and from whom', async () => {
    const { id, position } = await raised();
    const query = `query($p: Position!) { at(effectiveOn: "2019-09-30") {
      arrearsDue(kind: ALLOWANCE, positionBefore: $p) { ${due} }
      town: arrearsDue(kind: ALLOWANCE, within: "440118102", positionBefore: $p) { villages }
      dongguan: arrearsDue(kind: ALLOWANCE, within: "4419", positionBefore: $p) { villages }
      pay: arrearsDue(kind: BASIC_PAY, positionBefore: $p) { villages } } }`;
    const { arrearsDue, town, dongguan, pay } = (await api.ask(query, { p: position })).at;
    const span = { fromMonth: '2018-07', toMonth: '2019-09', months: 15, monthlyFen: '30001', perUnitFen: '450015' };
    const byLevel = [
      { level: 'PREFECTURE', fen: '15000' },
      { level: 'COUNTY', fen: '15001' },
    ];
    expect(arrearsDue).toEqual([{ standard: { id }, documentNumber: '2019年通知', ...span, byLevel, villages: 5 }]);
    expect(town).toEqual([{ villages: 4 }]);
    expect([dongguan, pay]).toEqual([[], []]);
  });

  it('finds nothing that was known before already, and asks for one of the two ways to say so', async () => {
    await raised();
    const { position } = (await api.ask('{ asOf { position } }')).asOf;
    const query = 'query($p: Position) { arrearsDue(kind: ALLOWANCE, positionBefore: $p) { months } }';
    expect((await api.ask(query, { p: position })).arrearsDue).toEqual([]);
    expect(await api.refusal(query, { p: null })).toMatchObject({ code: 'BAD_USER_INPUT' });
  });
});
