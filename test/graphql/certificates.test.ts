import { beforeEach, describe, expect, it } from 'vitest';
import { by } from '../support/acts.ts';
import { undocumented } from '../support/given.ts';
import { type LedgerApi, ledgerApi } from '../support/ledger-api.ts';
import { listProvince } from '../support/small-province.ts';

const publish = `mutation($i: PublishCertificateListInput!) { publishCertificateList(input: $i) {
  certificateList { id level itemsTotal items { itemCode copied } } } }`;
const national = {
  commandId: 'national',
  effectiveOn: '2020-09-01',
  basis: [{ documentNumber: '民发〔2020〕20号' }],
  decidedBy: by.centre.decidedBy,
  kind: 'PROHIBITED',
  level: 'CENTRE',
  batch: 1,
  documentNumber: '民发〔2020〕20号',
  itemsTotal: 20,
  items: [{ itemCode: 'KINSHIP', name: '亲属关系证明', substituteRoute: '户口簿' }],
};
const provincial = {
  ...national,
  commandId: 'provincial',
  effectiveOn: '2020-11-01',
  decidedBy: by.province.decidedBy,
  level: 'PROVINCE',
  division: '44',
  documentNumber: '粤民发〔2020〕139号',
  itemsTotal: 23,
  items: [{ itemCode: 'KINSHIP', name: '亲属关系证明', copied: true }],
};
let api: LedgerApi;

beforeEach(async () => {
  api = await ledgerApi();
  await listProvince(api);
  await api.ask(publish, { i: national });
});

const rule = `certificateRule(item: "KINSHIP", within: "440118102") { rule list { level documentNumber } substituteRoute }`;

describe('lists of certificates', () => {
  it('rule a division by the nearest list of the chain, at any moment', async () => {
    const { publishCertificateList } = await api.ask(publish, {
      i: { ...provincial, copies: (await api.ask('{ certificateLists { id } }')).certificateLists[0].id },
    });
    expect(publishCertificateList.certificateList).toMatchObject({
      level: 'PROVINCE',
      itemsTotal: 23,
      items: [{ itemCode: 'KINSHIP', copied: true }],
    });
    const query = `{ ${rule} earlier: at(effectiveOn: "2020-10-01") { ${rule} } before: at(effectiveOn: "2020-08-31") { ${rule} }
      other: certificateRule(item: "TREES") { rule list { id } } nowhere: certificateRule(item: "TREES", within: "45") { rule }
      certificateLists(within: "440118102", kind: PROHIBITED) { level division { name } inForceFrom } all: certificateLists { level } }`;
    const answer = await api.ask(query);
    expect(answer.certificateRule).toEqual({
      rule: 'PROHIBITED',
      list: { level: 'PROVINCE', documentNumber: '粤民发〔2020〕139号' },
      substituteRoute: '户口簿',
    });
    expect(answer.earlier.certificateRule.list).toEqual({ level: 'CENTRE', documentNumber: '民发〔2020〕20号' });
    expect(answer.before.certificateRule).toEqual({ rule: 'DISCRETIONARY', list: null, substituteRoute: null });
    expect(answer.other).toEqual({ rule: 'DISCRETIONARY', list: null });
    expect(answer.nowhere).toBeNull();
    expect(answer.certificateLists).toEqual([
      { level: 'CENTRE', division: null, inForceFrom: '2020-09-01' },
      { level: 'PROVINCE', division: { name: '广东省' }, inForceFrom: '2020-11-01' },
    ]);
    expect(answer.all).toEqual([{ level: 'CENTRE' }]);
  });

  it('are amended', async () => {
    const [{ id }] = (await api.ask('{ certificateLists { id } }')).certificateLists;
    const amend = `mutation($i: AmendCertificateListInput!) { amendCertificateList(input: $i) {
      certificateList { amendedOn itemsTotal items { itemCode } } } }`;
    const { commandId: _, effectiveOn: __, ...rest } = national;
    const { basis, decidedBy } = rest;
    const i = { commandId: 'amend', effectiveOn: '2022-01-01', basis, decidedBy, certificateList: id };
    const add = [{ itemCode: 'ALIVE', name: '健在证明' }];
    const { amendCertificateList } = await api.ask(amend, { i: { ...i, add, remove: [] } });
    expect(amendCertificateList.certificateList).toEqual({
      amendedOn: '2022-01-01',
      itemsTotal: 21,
      items: [{ itemCode: 'KINSHIP' }, { itemCode: 'ALIVE' }],
    });
  });
});

describe('certificates', () => {
  const header = (commandId: string, effectiveOn: string) => ({
    commandId,
    effectiveOn,
    basis: undocumented,
    village: 'v_xiawei0001',
  });
  const mutation = (name: string) =>
    `mutation($i: ${name.charAt(0).toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $i) {
      village { certificates { requested issued refused revoked } } events { summary } } }`;

  it('are refused with the list and the route where a list prohibits them, and counted', async () => {
    const request = { itemCode: 'KINSHIP', applicantRef: `p_${'a'.repeat(24)}` };
    await api.ask(mutation('requestCertificate'), { i: { ...header('ask', '2021-01-04'), ...request } });
    const issue = { requestNumber: 1, serialNo: '1', purpose: '入学', signerRole: 'CHAIR' };
    expect(
      await api.refusal(mutation('issueCertificate'), { i: { ...header('issue', '2021-01-05'), ...issue } }),
    ).toMatchObject({
      code: 'E_CERT_PROHIBITED',
      listDocument: '民发〔2020〕20号',
      substituteRoute: '户口簿',
    });
    const refused = await api.ask(mutation('refuseCertificate'), {
      i: { ...header('refuse', '2021-01-05'), requestNumber: 1 },
    });
    expect(refused.refuseCertificate).toEqual({
      village: { certificates: { requested: 1, issued: 0, refused: 1, revoked: 0 } },
      events: [{ summary: '下围村委会 refused a certificate of KINSHIP: 民发〔2020〕20号.' }],
    });
    const query = `{ division(code: "44") { tally { certificates { requested refused } } }
      at(effectiveOn: "2021-01-04") { division(code: "440118") { tally { certificates { requested refused } } } } }`;
    const { division, at } = await api.ask(query);
    expect(division.tally.certificates).toEqual({ requested: 1, refused: 1 });
    expect(at.division.tally.certificates).toEqual({ requested: 1, refused: 0 });
  });
});
