import { beforeEach, describe, expect, it } from 'vitest';
import { by } from '../support/acts.ts';
import { inTwo } from '../support/four-eyes.ts';
import { undocumented } from '../support/given.ts';
import { type LedgerApi, ledgerApi } from '../support/ledger-api.ts';
import { listProvince } from '../support/small-province.ts';

const village = 'v_xiawei0001';
const contentSha256 = 'a'.repeat(64);
const published = { village, phase: 'AFTER', contentSha256, channels: ['公开栏'] };
let api: LedgerApi;
let sent = 0;

/** Sends a mutation; what it gives of `selection`. */
async function send(name: string, effectiveOn: string, input: object, selection = 'events { summary }') {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const i = { commandId: `sent-${++sent}`, effectiveOn, basis: undocumented, ...input };
  return (await api.ask(`mutation($i: ${type}!) { ${name}(input: $i) { ${selection} } }`, { i }))[name];
}

beforeEach(async () => {
  api = await ledgerApi();
  await listProvince(api);
});

describe('disclosure', () => {
  const fields = `disclosure { latest { category period phase publishedOn contentSha256 isReviewed }
    quarterDue overdue ordersOpen { period category } objectionsOpen }`;
  const others = [
    'ASSEMBLY_DECISIONS',
    'FAMILY_PLANNING',
    'FUNDS_AND_RELIEF',
    'GOVERNMENT_ASSISTANCE',
    'OTHER_CONCERNS',
  ];

  it('of a village tells what was published last, and what is overdue on the day', async () => {
    const told = await send(
      'publishDisclosure',
      '2021-04-10',
      { ...published, period: '2021-02', category: 'FINANCE', reviewedBySupervisionOn: '2021-04-08' },
      `village { ${fields} }`,
    );
    const latest = {
      category: 'FINANCE',
      period: '2021-02',
      phase: 'AFTER',
      publishedOn: '2021-04-10',
      contentSha256,
      isReviewed: true,
    };
    expect(told.village.disclosure.latest).toEqual([latest]);
    const ask = `village(id: "${village}") { ${fields} }`;
    const { lastInTime, late } = await api.ask(
      `{ lastInTime: at(effectiveOn: "2021-04-15") { ${ask} } late: at(effectiveOn: "2021-04-16") { ${ask} } }`,
    );
    const nothing = { ordersOpen: [], objectionsOpen: [] };
    expect(lastInTime.village.disclosure).toEqual({
      latest: [latest],
      quarterDue: '2020-Q4',
      overdue: [...others, 'FINANCE'],
      ...nothing,
    });
    expect(late.village.disclosure).toEqual({ latest: [latest], quarterDue: '2021-Q1', overdue: others, ...nothing });
  });

  it('is ordered and objected to until it is published and answered', async () => {
    const what = { village, period: '2021-Q1', category: 'FUNDS_AND_RELIEF' };
    const { decidedBy } = by.township;
    await send('orderDisclosure', '2021-05-01', { ...what, decidedBy });
    await send('raiseDisclosureObjection', '2021-05-02', { ...what, addressedTo: 'TOWNSHIP', matter: '未公开' });
    const ask = `village(id: "${village}") { disclosure { ordersOpen { period category } objectionsOpen } }
      division(code: "4401") { tally { disclosure { ordersOpen objectionsOpen } } }`;
    const { village: _, ...key } = what;
    const open = await api.ask(`{ ${ask} }`);
    expect(open.village.disclosure).toEqual({ ordersOpen: [key], objectionsOpen: [1] });
    expect(open.division.tally.disclosure).toEqual({ ordersOpen: 1, objectionsOpen: 1 });
    await send('publishDisclosure', '2021-05-20', { ...published, ...what });
    await send('answerDisclosureObjection', '2021-05-21', { village, objection: 1, answer: '已公开', decidedBy });
    const closed = await api.ask(`{ ${ask} at(effectiveOn: "2021-05-20") { ${ask} } }`);
    expect(closed.village.disclosure).toEqual({ ordersOpen: [], objectionsOpen: [] });
    expect(closed.division.tally.disclosure).toEqual({ ordersOpen: 0, objectionsOpen: 0 });
    expect(closed.at.village.disclosure).toEqual({ ordersOpen: [], objectionsOpen: [1] });
  });

  it('is overdue nowhere in a quasi unit, which has no committee', async () => {
    const { village: quasi } = await api.ask(
      '{ village(id: "v_nongchang1") { disclosure { overdue } assessment { met } } }',
    );
    expect(quasi).toEqual({ disclosure: { overdue: [] }, assessment: null });
  });
});

describe('the board of a quarter', () => {
  const board = (within: string, quarter = '2021-Q1') => `disclosureBoard(within: "${within}", quarter: "${quarter}") {
    division { code } quarter dueOn villages categories { category published overdue } }`;
  const finance = ({ categories }: { categories: { category: string }[] }) =>
    categories.find(({ category }) => category === 'FINANCE');

  it('counts alike below a township, a county, a city and the province', async () => {
    const what = { ...published, category: 'FINANCE' };
    await send('publishDisclosure', '2021-04-10', { ...what, period: '2021-Q1' });
    await send('publishDisclosure', '2021-04-20', { ...what, village: 'v_shitan0001', period: '2021-03' });
    const of = (code: string, on: string) => api.ask(`{ at(effectiveOn: "${on}") { ${board(code)} } }`);
    for (const [code, villages] of [
      ['440118102', 3],
      ['440118', 4],
      ['4401', 4],
      ['44', 5],
    ] as const) {
      const [inTime, late, later] = await Promise.all(
        ['2021-04-15', '2021-04-16', '2021-06-30'].map(async (on) => (await of(code, on)).at.disclosureBoard),
      );
      expect(inTime).toMatchObject({ division: { code }, quarter: '2021-Q1', dueOn: '2021-04-15', villages });
      expect(finance(inTime)).toEqual({ category: 'FINANCE', published: 1, overdue: 0 });
      expect(finance(late)).toEqual({ category: 'FINANCE', published: 1, overdue: villages - 1 });
      expect(finance(later)).toEqual({ category: 'FINANCE', published: 2, overdue: villages - 2 });
      expect(late.categories[0]).toEqual({ category: 'ASSEMBLY_DECISIONS', published: 0, overdue: villages });
    }
  });

  it('is null for a code that no division carries, and refused for a quarter that it no longer keeps', async () => {
    expect(await api.ask(`{ ${board('45', '2024-Q1')} }`)).toEqual({ disclosureBoard: null });
    expect(await api.refusal(`{ ${board('44', '2021-Q2')} }`)).toMatchObject({ code: 'BAD_USER_INPUT' });
    expect((await api.ask(`{ ${board('44', '2021-Q3')} }`)).disclosureBoard).toMatchObject({ quarter: '2021-Q3' });
  });
});

describe('an assessment', () => {
  const names = ['甲', '乙', '丙', '丁', '戊'];
  const dimensions = names.map((name, at) => ({ code: `D${at + 1}`, name }));
  const { decidedBy } = by.province;
  const fields = `assessment { standard { code scope } assessedOn assessedBy met dimensions { code name met } allMet }`;
  const assess = (standard: string, on: string, missed?: string) =>
    send(
      'assessDisclosure',
      on,
      {
        village,
        standard,
        results: dimensions.map(({ code }) => ({ dimension: code, met: code !== missed })),
        decidedBy: by.county.decidedBy,
      },
      `village { ${fields} }`,
    );

  it('holds a village to each dimension of a standard, and is counted', async () => {
    const { target: id } = await inTwo(api, 'defineDisclosureStandard', {
      ...{ commandId: 'define-1', effectiveOn: '2019-01-01', basis: undocumented, decidedBy },
      ...{ code: 'WUHUA', name: '村务公开“五化”', scope: '44', dimensions },
    });
    const validFrom = 'query($id: ID!) { node(id: $id) { ... on DisclosureStandard { validFrom } } }';
    expect((await api.ask(validFrom, { id })).node).toEqual({ validFrom: '2019-01-01' });
    const first = await assess(id, '2020-06-30', 'D3');
    expect(first.village.assessment).toEqual({
      standard: { code: 'WUHUA', scope: '44' },
      assessedOn: '2020-06-30',
      assessedBy: '增城区人民政府',
      met: 4,
      dimensions: dimensions.map(({ code, name }) => ({ code, name, met: code !== 'D3' })),
      allMet: false,
    });
    await assess(id, '2021-06-30');
    const ask = `disclosureStandards { id dimensions { code name } } village(id: "${village}") { assessment { met allMet } }
      division(code: "44") { tally { disclosure { assessed allMet } } }`;
    const { at, before, ...now } = await api.ask(
      `{ ${ask} at(effectiveOn: "2021-06-29") { ${ask} } before: at(effectiveOn: "2018-12-31") { ${ask} } }`,
    );
    expect(now).toEqual({
      disclosureStandards: [{ id, dimensions }],
      village: { assessment: { met: 5, allMet: true } },
      division: { tally: { disclosure: { assessed: 1, allMet: 1 } } },
    });
    expect(at.village.assessment).toEqual({ met: 4, allMet: false });
    expect(at.division.tally.disclosure).toEqual({ assessed: 1, allMet: 0 });
    expect(before).toEqual({
      disclosureStandards: [],
      village: { assessment: null },
      division: { tally: { disclosure: { assessed: 0, allMet: 0 } } },
    });
  });
});
