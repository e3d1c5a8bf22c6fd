import { beforeEach, describe, expect, it } from 'vitest';
import { by } from '../support/acts.ts';
import { undocumented } from '../support/given.ts';
import { type LedgerApi, ledgerApi } from '../support/ledger-api.ts';
import { listProvince } from '../support/small-province.ts';

let api: LedgerApi;
let sent = 0;

/** Sends a mutation; its answer. */
async function send(name: string, effectiveOn: string, decidedBy: object, input: object, answer: string) {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const i = { commandId: `sent-${++sent}`, effectiveOn, decidedBy, basis: undocumented, ...input };
  return (await api.ask(`mutation($i: ${type}!) { ${name}(input: $i) { ${answer} } }`, { i }))[name];
}

beforeEach(async () => {
  sent = 0;
  api = await ledgerApi();
  await listProvince(api);
});

describe('service points', () => {
  const hall = { name: '中心', itemsOffered: 800, online: true };

  it('are opened tier by tier and counted where villages lie, on any day', async () => {
    const open = async (input: object) => {
      const made = await send(
        'openServicePoint',
        '2019-01-01',
        by.province.decidedBy,
        { ...hall, ...input },
        'servicePoint { id tier }',
      );
      return made.servicePoint.id;
    };
    const province = await open({ tier: 'PROVINCE', division: 'd_province01' });
    expect(province).toMatch(/^sp_/);
    const city = await open({ tier: 'PREFECTURE', division: 'd_dongguan01', parent: province });
    const town = await open({ tier: 'TOWNSHIP', division: 'd_humen00001', parent: city });
    const station = { name: '村服务站', itemsOffered: 60, online: false, village: 'v_humen00001', parent: town };
    const id = await open({ ...station, tier: 'VILLAGE' });
    const fields = `village(id: "v_humen00001") { servicePoints { id name itemsOffered online openedOn closedOn investedFen parent } }
      division(code: "44") { tally { services { villages points itemsOffered online } } }`;
    const { village, division, at } = await api.ask(`{ ${fields} at(effectiveOn: "2018-12-31") { ${fields} } }`);
    const { itemsOffered, online, name } = station;
    const opened = { id, name, itemsOffered, online, parent: town, openedOn: '2019-01-01', closedOn: null };
    expect(village.servicePoints).toEqual([{ ...opened, investedFen: '0' }]);
    expect(division.tally.services).toEqual({ villages: 1, points: 1, itemsOffered: 60, online: 0 });
    expect(at.village.servicePoints).toEqual([]);
    expect(at.division.tally.services).toEqual({ villages: 0, points: 0, itemsOffered: 0, online: 0 });
    const invested = {
      servicePoint: id,
      amountFen: '90000000',
      qualifier: 'MORE_THAN',
      from: '2019-01',
      to: '2019-12',
    };
    await send('recordServiceInvestment', '2020-01-01', by.province.decidedBy, invested, 'position');
    await send('closeServicePoint', '2021-01-01', by.province.decidedBy, { servicePoint: id }, 'position');
    const node = await api.ask('query($id: ID!) { node(id: $id) { ... on ServicePoint { closedOn investedFen } } }', {
      id,
    });
    expect(node.node).toEqual({ closedOn: '2021-01-01', investedFen: '90000000' });
    expect((await api.ask(`{ ${fields} }`)).village.servicePoints).toEqual([]);
  });
});

describe('honours', () => {
  const title = { title: '全国农村幸福社区建设示范单位', level: 'CENTRE', batch: 1 };
  const confer = (input: object) =>
    send('conferHonour', '2017-12-22', by.centre.decidedBy, { ...title, ...input }, 'honour { id title }');

  it('are listed by title and place, and counted where villages hold them', async () => {
    const ofVillage = await confer({ holderType: 'VILLAGE', village: 'v_xiawei0001' });
    const ofDistrict = await confer({ holderType: 'DISTRICT', division: 'd_zengcheng1' });
    const query = `{ honours(title: "${title.title}") { id } elsewhere: honours(within: "4419") { id }
      here: honours(within: "440118102") { id village { name } division { name } } nowhere: honours(title: "另一荣誉") { id }
      village(id: "v_xiawei0001") { honours { id } }
      division(code: "440118") { honours { id division { name } } tally { honours { villages held ofCentre ofProvince } } } }`;
    const found = await api.ask(query);
    expect(found.honours).toHaveLength(2);
    expect(found).toMatchObject({
      elsewhere: [],
      nowhere: [],
      here: [{ id: ofVillage.honour.id, village: { name: '下围村委会' }, division: null }],
      village: { honours: [{ id: ofVillage.honour.id }] },
      division: {
        honours: [{ id: ofDistrict.honour.id, division: { name: '增城区' } }],
        tally: { honours: { villages: 1, held: 1, ofCentre: 1, ofProvince: 0 } },
      },
    });
    const before = await api.ask('{ at(effectiveOn: "2017-12-21") { honours { id } } }');
    expect(before.at.honours).toEqual([]);
  });
});

describe('credit codes', () => {
  it('are shown with their certificate, as it was on any day', async () => {
    const certificate = { creditCode: '5444011800000000XU', certificateNumber: '1', legalName: '下围村村民委员会' };
    const input = { village: 'v_xiawei0001' };
    const county = by.county.decidedBy;
    await send('issueCreditCodeCertificate', '2019-01-01', county, { ...input, ...certificate }, 'village { id }');
    await send('cancelCreditCodeCertificate', '2020-01-01', county, { ...input, reason: '撤并' }, 'village { id }');
    const fields = 'creditCode { creditCode certificateNumber legalName legalRepresentativeRef validFrom cancelledOn }';
    const query = `{ village(id: "v_xiawei0001") { ${fields} } other: village(id: "v_baima00001") { ${fields} }
      at(effectiveOn: "2019-12-31") { village(id: "v_xiawei0001") { ${fields} } } }`;
    const { village, other, at } = await api.ask(query);
    const issued = { ...certificate, legalRepresentativeRef: null, validFrom: '2019-01-01' };
    expect(village.creditCode).toEqual({ ...issued, cancelledOn: '2020-01-01' });
    expect(at.village.creditCode).toEqual({ ...issued, cancelledOn: null });
    expect(other.creditCode).toBeNull();
  });
});
