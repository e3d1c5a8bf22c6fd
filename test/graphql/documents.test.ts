import { beforeEach, describe, expect, it } from 'vitest';
import { by } from '../support/acts.ts';
import { undocumented } from '../support/given.ts';
import { type LedgerApi, ledgerApi } from '../support/ledger-api.ts';
import { listProvince } from '../support/small-province.ts';

const number = '粤民发〔2020〕139号';
const opinion = {
  documentNumber: number,
  title: '出具证明工作的实施意见',
  aliases: ['证明实施意见'],
  issuers: ['广东省民政厅'],
  kind: 'OPINION',
  issuedOn: '2020-12-01',
  topics: ['CERTIFICATES'],
};
const notice = {
  ...opinion,
  documentNumber: undefined,
  title: '新通知',
  aliases: [],
  kind: 'NOTICE',
  issuedOn: '2021-06-01',
};
let api: LedgerApi;

const tell = (name: string, stream: string, data: object, effectiveOn: string, header: object = by.province) =>
  api.tell({ name, stream, data, effectiveOn, basis: undocumented, ...header });

beforeEach(async () => {
  api = await ledgerApi();
  await listProvince(api);
  await tell('issuePolicyDocument', 'document-pd_opinion00', opinion, '2020-12-01');
  const charter = (village: string, named: object) =>
    tell('openCharterRevision', `charter-${village}`, { kind: 'VILLAGE_RULES' }, '2021-01-01', { basis: [named] });
  await charter('v_xiawei0001', { documentNumber: number });
  await charter('v_baima00001', { title: '证明实施意见' });
});

describe('PolicyDocument.events', () => {
  const events =
    'events(first: $first, after: $after) { totalCount nodes { stream } pageInfo { hasNextPage endCursor } }';
  const query = `query($first: Int, $after: String) { document(named: "${number}") { ${events} } }`;

  it('finds what was done under the document, by number and alias alike, page by page', async () => {
    const { document } = await api.ask(query, { first: 1 });
    expect(document.events).toMatchObject({
      totalCount: 2,
      nodes: [{ stream: 'charter-v_xiawei0001' }],
      pageInfo: { hasNextPage: true },
    });
    const rest = await api.ask(query, { first: 5, after: document.events.pageInfo.endCursor });
    expect(rest.document.events).toMatchObject({
      nodes: [{ stream: 'charter-v_baima00001' }],
      pageInfo: { hasNextPage: false },
    });
  });

  it('goes backwards from the end', async () => {
    const backwards = `{ document(named: "${number}") { events(last: 1) { nodes { stream } pageInfo { hasPreviousPage } } } }`;
    expect((await api.ask(backwards)).document.events).toEqual({
      nodes: [{ stream: 'charter-v_baima00001' }],
      pageInfo: { hasPreviousPage: true },
    });
  });

  it('is what the log’s own filter finds by the number', async () => {
    const { events: found } = await api.ask(`{ events(filter: { document: "${number}" }) { nodes { stream } } }`);
    expect(found.nodes).toEqual([{ stream: 'charter-v_xiawei0001' }]);
  });
});

describe('policies', () => {
  const policies = (args: string) => `policies${args} { id title inForce supersedes supersededBy expiresOn }`;
  const titles = async (args: string, on = '2024-06-01') => {
    const { at } = await api.ask(`{ at(effectiveOn: "${on}") { ${policies(args)} } }`);
    return at.policies.map(({ title }: { title: string }) => title);
  };

  beforeEach(async () => {
    const supersedes = ['pd_opinion00'];
    await tell(
      'issuePolicyDocument',
      'document-pd_notice000',
      { ...notice, supersedes, topics: ['FUNDS'] },
      '2021-06-01',
    );
  });

  it('lists them by topic, words and whether they hold, at any moment', async () => {
    expect(await titles('')).toEqual(['新通知', '出具证明工作的实施意见']);
    expect(await titles('', '2021-05-31')).toEqual(['出具证明工作的实施意见']);
    expect(await titles('(topic: CERTIFICATES)')).toEqual(['出具证明工作的实施意见']);
    expect(await titles('(search: "139号")')).toEqual(['出具证明工作的实施意见']);
    expect(await titles('(inForce: true)')).toEqual(['新通知']);
    expect(await titles('(inForce: true)', '2021-05-31')).toEqual(['出具证明工作的实施意见']);
    expect(await titles('(inForce: false)')).toEqual(['出具证明工作的实施意见']);
  });

  it('says what stands in whose place', async () => {
    expect((await api.ask(`{ ${policies('')} }`)).policies).toMatchObject([
      { id: 'pd_notice000', inForce: true, supersedes: ['pd_opinion00'], supersededBy: null },
      { id: 'pd_opinion00', inForce: false, supersedes: [], supersededBy: 'pd_notice000' },
    ]);
  });

  it('looks anew for a number that an issuer has given since', async () => {
    const again = tell('issuePolicyDocument', 'document-pd_another00', opinion, '2021-01-01');
    await expect(again).rejects.toMatchObject({ code: 'E_ALREADY_EXISTS' });
    const other = { ...opinion, documentNumber: '粤民发〔2021〕1号' };
    await tell('issuePolicyDocument', 'document-pd_another00', other, '2021-01-01');
    const twice = tell('issuePolicyDocument', 'document-pd_another01', other, '2021-01-01');
    await expect(twice).rejects.toMatchObject({ details: { document: 'pd_another00' } });
  });
});
