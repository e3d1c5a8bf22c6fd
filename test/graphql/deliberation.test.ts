import { beforeEach, describe, expect, it } from 'vitest';
import { by } from '../support/acts.ts';
import { undocumented } from '../support/given.ts';
import { type LedgerApi, ledgerApi } from '../support/ledger-api.ts';
import { listProvince } from '../support/small-province.ts';

const village = 'v_xiawei0001';
let api: LedgerApi;
let sent = 0;

/** Sends a mutation; what it gives of `selection`. */
async function send(name: string, effectiveOn: string, input: object, selection: string) {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const i = { commandId: `sent-${++sent}`, effectiveOn, basis: undocumented, ...input };
  return (await api.ask(`mutation($i: ${type}!) { ${name}(input: $i) { ${selection} } }`, { i }))[name];
}

beforeEach(async () => {
  api = await ledgerApi();
  await listProvince(api);
});

describe('platforms and demonstration sites', () => {
  const platforms = 'village { deliberation { platforms { name form zones groupName areaSquareMetres openedOn } } }';
  const sites = `village { deliberation {
    demonstrationSites { platform level batch documentNumber designatedOn } reportedTally { passed carriedOut asOf } } }`;
  const hall = { name: '下围村议事厅', form: 'HALL', zones: ['HOST', 'SUPERVISION'], areaSquareMetres: 300 };
  const site = { platform: hall.name, level: 'PROVINCE', batch: '第一批' };
  const total = { passed: 156, carriedOut: 153 };

  it('are shown as they stood on the day, and counted below every division', async () => {
    const opened = await send('openDeliberationPlatform', '2018-03-01', { village, ...hall }, platforms);
    expect(opened.village.deliberation.platforms).toEqual([{ ...hall, groupName: null, openedOn: '2018-03-01' }]);
    const { decidedBy } = by.township;
    const designated = { village, ...site, decidedBy: by.province.decidedBy };
    await send('designateDemonstrationSite', '2019-12-01', designated, sites);
    const reported = await send('reportDeliberationTally', '2022-03-31', { village, ...total, decidedBy }, sites);
    expect(reported.village.deliberation).toEqual({
      demonstrationSites: [{ ...site, documentNumber: null, designatedOn: '2019-12-01' }],
      reportedTally: { ...total, asOf: '2022-03-31' },
    });
    const tally = 'tally { demonstrationSites { total } deliberation { platforms } }';
    const then = await api.ask(`{ division(code: "44") { ${tally} }
      at(effectiveOn: "2019-11-30") { village(id: "${village}") { deliberation {
        platforms { name } demonstrationSites { level } reportedTally { passed } } } division(code: "440118") { ${tally} } } }`);
    expect(then.division.tally).toEqual({ demonstrationSites: { total: 1 }, deliberation: { platforms: 1 } });
    expect(then.at).toEqual({
      village: {
        deliberation: { platforms: [{ name: hall.name }], demonstrationSites: [], reportedTally: null },
      },
      division: { tally: { demonstrationSites: { total: 0 }, deliberation: { platforms: 1 } } },
    });
  });

  it('are none where nothing is recorded', async () => {
    const { village: other } = await api.ask(
      '{ village(id: "v_baima00001") { deliberation { platforms { name } demonstrationSites { level } reportedTally { passed } } } }',
    );
    expect(other.deliberation).toEqual({ platforms: [], demonstrationSites: [], reportedTally: null });
  });
});

describe('matters', () => {
  const raise = (title: string, effectiveOn: string) =>
    send(
      'raiseMatter',
      effectiveOn,
      { village, title, category: 'PUBLIC_GOOD', raisedBy: 'RESIDENT', important: true },
      'matter { id status }',
    );

  it('are followed from being raised to being carried out', async () => {
    const { matter } = await raise('修路', '2017-08-01');
    const step = (name: string, on: string, input: object) =>
      send(name, on, { matter: matter.id, ...input }, 'matter { status }').then((given) => given.matter.status);
    const called = { form: 'REPRESENTATIVE_ASSEMBLY', noticeOn: '2017-08-10', termNumber: 7, session: 3 };
    const votes = { outcome: 'ADOPTED', inFavour: 55, against: 4, abstained: 2 };
    expect([
      matter.status,
      await step('conveneDeliberation', '2017-08-12', called),
      await step('recordDeliberation', '2017-08-12', { eligible: 69, attended: 61 }),
      await step('decideMatter', '2017-08-12', votes),
      await step('publishResolution', '2017-08-14', { channels: ['公告栏'] }),
      await step('reportImplementation', '2018-01-20', { result: '完工' }),
    ]).toEqual(['RAISED', 'CONVENED', 'HELD', 'RESOLVED', 'PUBLISHED', 'IMPLEMENTED']);

    const one = `matter(id: "${matter.id}") { status heldOn attended outcome inFavour implementedOn }`;
    const tally = `division(code: "440118102") { tally { deliberation {
      raised resolved adopted published implemented blocked referred } } }`;
    const answer = await api.ask(
      `{ ${one} ${tally} at(effectiveOn: "2017-08-13") { ${one} ${tally} } before: at(effectiveOn: "2017-07-31") { ${one} } }`,
    );
    const held = { heldOn: '2017-08-12', attended: 61, outcome: 'ADOPTED', inFavour: 55 };
    const counted = { raised: 1, resolved: 1, adopted: 1, published: 1, implemented: 1, blocked: 0, referred: 0 };
    expect(answer.matter).toEqual({ status: 'IMPLEMENTED', ...held, implementedOn: '2018-01-20' });
    expect(answer.division.tally.deliberation).toEqual(counted);
    expect(answer.at.matter).toEqual({ status: 'RESOLVED', ...held, implementedOn: null });
    expect(answer.at.division.tally.deliberation).toEqual({ ...counted, published: 0, implemented: 0 });
    expect(answer.before.matter).toBeNull();
  });

  it('of a village are listed by page, those raised last first', async () => {
    for (const [title, on] of [
      ['修路', '2017-08-01'],
      ['路灯', '2018-08-01'],
      ['绿化', '2019-08-01'],
    ] as const) {
      await raise(title, on);
    }
    const page = (args: string) => `matters(${args}) {
      totalCount nodes { title } edges { cursor node { raisedOn } } pageInfo { hasNextPage hasPreviousPage endCursor } }`;
    const first = (await api.ask(`{ village(id: "${village}") { ${page('first: 2')} } }`)).village.matters;
    expect(first).toMatchObject({
      totalCount: 3,
      nodes: [{ title: '绿化' }, { title: '路灯' }],
      edges: [{ node: { raisedOn: '2019-08-01' } }, { node: { raisedOn: '2018-08-01' } }],
      pageInfo: { hasNextPage: true, hasPreviousPage: false },
    });
    const after = `first: 2, after: "${first.pageInfo.endCursor}"`;
    const { village: known, other } = await api.ask(`{ village(id: "${village}") { ${page(after)} }
      other: village(id: "v_baima00001") { matters { totalCount nodes { title } } } }`);
    expect(known.matters).toMatchObject({
      totalCount: 3,
      nodes: [{ title: '修路' }],
      pageInfo: { hasNextPage: false, hasPreviousPage: true },
    });
    expect(other.matters).toEqual({ totalCount: 0, nodes: [] });
    expect(await api.refusal(`{ village(id: "v_baima00001") { ${page(after)} } }`)).toMatchObject({
      code: 'BAD_USER_INPUT',
    });
  });
});
