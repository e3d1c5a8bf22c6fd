import { beforeEach, describe, expect, it } from 'vitest';
import { needsFourEyes } from '../../src/domain/four-eyes.ts';
import { by } from '../support/acts.ts';
import { inTwo } from '../support/four-eyes.ts';
import { undocumented } from '../support/given.ts';
import { type LedgerApi, ledgerApi } from '../support/ledger-api.ts';
import { listProvince } from '../support/small-province.ts';

const tier = { minYears: 20, amountFen: '30000', per: 'PERSON_MONTH' };
const states = 'collecting verified posted approved refused suspended ceased monthlyFen';
let api: LedgerApi;
let id: string;

/** Sends a mutation on the record; its answer. */
async function send(name: string, effectiveOn: string, decidedBy: object, input: object) {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const query = `mutation($i: ${type}!) { ${name}(input: $i) { retiredCadre { id status } events { summary } } }`;
  const acted = name === 'collectRetiredRecord' ? {} : { retiredCadre: id };
  const i = { commandId: name, effectiveOn, decidedBy, basis: undocumented, ...acted, ...input };
  if (!needsFourEyes(name)) return (await api.ask(query, { i }))[name];
  const { target, events } = await inTwo(api, name, i);
  const { status } = (await api.ask('query($id: ID!) { node(id: $id) { ... on RetiredCadre { status } } }', { id }))
    .node;
  return { retiredCadre: { id: target, status }, events: events.map(({ summary }) => ({ summary })) };
}

beforeEach(async () => {
  api = await ledgerApi();
  await listProvince(api);
  const made = await send('collectRetiredRecord', '2020-12-01', by.township.decidedBy, {
    village: 'v_xiawei0001',
    personRef: `p_${'a'.repeat(24)}`,
    posts: [{ post: 'COMMITTEE_CHAIR', from: '1989-01', to: '2011-05' }],
    leftOn: '2011-05-31',
    leaveReason: 'NORMAL',
    collectionNoticeShown: true,
  });
  id = made.retiredCadre.id;
});

async function approve() {
  await send('verifyRetiredService', '2021-01-04', by.township.decidedBy, {
    countedMonths: 269,
    interruptions: [],
    countingRule: 'ALL_POSTS',
  });
  await send('postRetiredNotice', '2021-01-18', by.township.decidedBy, {
    from: '2021-01-11',
    to: '2021-01-15',
    objections: 0,
  });
  return send('approveRetirementAllowance', '2021-02-01', by.county.decidedBy, {
    tier,
    from: '2021-03',
    inPensionScheme: false,
    excludesPensioners: true,
  });
}

describe('the records of retired cadres', () => {
  it('are taken from collection to approval, and say so in a sentence without a name', async () => {
    expect(id).toMatch(/^rc_[0-9a-f]{20}$/);
    expect(await approve()).toEqual({
      retiredCadre: { id, status: 'APPROVED' },
      events: [{ summary: 'The allowance of a retired cadre of 下围村委会 was approved: 300.00 yuan, from 2021-03.' }],
    });
    const query = `query($id: ID!) { node(id: $id) { ... on RetiredCadre { village { name } countedMonths
      allowance { amountFen per minYears from standard } } } }`;
    expect((await api.ask(query, { id })).node).toEqual({
      village: { name: '下围村委会' },
      countedMonths: 269,
      allowance: { ...tier, from: '2021-03', standard: null },
    });
  });

  it('are counted by village, division and county at any moment, by state and step', async () => {
    await approve();
    const query = `{ village(id: "v_xiawei0001") { retired { ${states} } retiredCadres { id } }
      retiredRoster { division { code } retired { ${states} byTier { minYears approved } } }
      division(code: "44") { tally { retired { approved monthlyFen } } }
      before: at(effectiveOn: "2021-01-18") { village(id: "v_xiawei0001") { retired { posted approved } }
        retiredRoster(within: "4401") { retired { posted } } } }`;
    const { village, retiredRoster, division, before } = await api.ask(query);
    const counted = { collecting: 0, verified: 0, posted: 0, approved: 1, refused: 0, suspended: 0, ceased: 0 };
    expect(village).toEqual({ retired: { ...counted, monthlyFen: '30000' }, retiredCadres: [{ id }] });
    expect(retiredRoster).toMatchObject([
      {
        division: { code: '440118' },
        retired: {
          ...counted,
          byTier: [
            { minYears: 0, approved: 0 },
            { minYears: 10, approved: 0 },
            { minYears: 20, approved: 1 },
          ],
        },
      },
      { division: { code: '4419' }, retired: { approved: 0, monthlyFen: '0' } },
    ]);
    expect(division.tally.retired).toEqual({ approved: 1, monthlyFen: '30000' });
    expect(before.village.retired).toEqual({ posted: 1, approved: 0 });
    expect(before.retiredRoster).toEqual([{ retired: { posted: 1 } }]);
  });
});
