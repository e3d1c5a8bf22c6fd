import { beforeEach, describe, expect, it } from 'vitest';
import { inTwo } from '../support/four-eyes.ts';
import { type LedgerApi, ledgerApi } from '../support/ledger-api.ts';
import { listProvince } from '../support/small-province.ts';

let api: LedgerApi;
beforeEach(async () => {
  api = await ledgerApi();
  await listProvince(api);
});

const rename =
  'mutation($i: RenameVillageInput!) { renameVillage(input: $i) { position revision village { id name township { name } } events { __typename id commandId recordedBy note } } }';
const input = {
  commandId: 'rename-1',
  village: 'v_xiawei0001',
  name: '下围社区居委会',
  effectiveOn: '2024-03-01',
  note: 'by a clerk',
};

describe('a mutation', () => {
  it('writes an event and gives back the thing as it stands', async () => {
    const { renameVillage } = await api.ask(rename, { i: input });
    expect(renameVillage).toEqual({
      position: '14',
      revision: 1,
      village: { id: 'v_xiawei0001', name: '下围社区居委会', township: { name: '石滩镇' } },
      events: [
        {
          __typename: 'VillageRenamed',
          id: 'village-v_xiawei0001.1',
          commandId: 'rename-1',
          recordedBy: 'local',
          note: 'by a clerk',
        },
      ],
    });
  });

  it('gives the same answer to the same command, whatever came between', async () => {
    const first = await api.ask(rename, { i: input });
    await api.ask(rename, { i: { ...input, commandId: 'rename-2', name: '下围村委会', effectiveOn: '2024-04-01' } });
    expect(await api.ask(rename, { i: input })).toEqual(first);
    expect((await api.services.store.head()).position).toBe(15);
  });

  it('refuses another input under the same commandId', async () => {
    await api.ask(rename, { i: input });
    expect(await api.refusal(rename, { i: { ...input, name: '别名村委会' } })).toMatchObject({
      code: 'E_DUPLICATE_COMMAND',
    });
  });

  it('refuses a revision that the stream has passed, and says where it stands', async () => {
    await api.ask(rename, { i: input });
    const stale = { ...input, commandId: 'rename-2', name: '别名村委会', expectedRevision: 0 };
    expect(await api.refusal(rename, { i: stale })).toMatchObject({ code: 'E_STALE_REVISION', actualRevision: 1 });
  });

  it('writes nothing where it is already so', async () => {
    const { renameVillage } = await api.ask(rename, { i: { ...input, name: '下围村委会' } });
    expect(renameVillage).toMatchObject({ revision: 0, events: [], village: { name: '下围村委会' } });
  });

  it('takes null for a field that is left out', async () => {
    const nulls = { ...input, expectedRevision: null, basis: null, decidedBy: null, corrects: null };
    expect((await api.ask(rename, { i: nulls })).renameVillage.revision).toBe(1);
  });

  it('hides no success behind the failure of another', async () => {
    const two =
      'mutation($a: RenameVillageInput!, $b: RenameVillageInput!) { a: renameVillage(input: $a) { revision } b: renameVillage(input: $b) { revision } }';
    const { data, errors } = await api.reply(two, {
      a: input,
      b: { ...input, commandId: 'b', village: 'v_nobody0001' },
    });
    expect(data).toEqual({ a: { revision: 1 }, b: null });
    expect(errors?.[0]?.path).toEqual(['b']);
  });

  it.each([
    [{ commandId: 'not allowed' }, ['input', 'commandId']],
    [{ name: '' }, ['input', 'name']],
    [{ expectedRevision: -1 }, ['input', 'expectedRevision']],
    [{ basis: [{ title: '' }] }, ['input', 'basis', 0, 'title']],
    [{ village: 'no id' }, ['input', 'village']],
  ])('refuses %j with its path', async (wrong, path) => {
    expect(await api.refusal(rename, { i: { ...input, ...wrong } })).toMatchObject({ code: 'BAD_USER_INPUT', path });
  });

  it('is refused with the reason where the server is read-only', async () => {
    const readOnly = await ledgerApi({ readOnlyBecause: 'The server listens on all addresses.' });
    expect(await readOnly.refusal(rename, { i: input })).toMatchObject({
      code: 'FORBIDDEN',
      message: 'The server listens on all addresses.',
    });
  });

  it('keeps who decided and on what it rests', async () => {
    const decided = {
      ...input,
      decidedBy: { level: 'COUNTY', division: '440118', organ: '增城区人民政府' },
      basis: [{ documentNumber: '增府〔2024〕1号', issuer: '增城区人民政府' }],
    };
    await api.ask(rename, { i: decided });
    const query =
      '{ events(filter: { document: "增府〔2024〕1号" }) { nodes { decidedBy { organ } basis { documentNumber issuer article } } } }';
    expect((await api.ask(query)).events.nodes).toEqual([
      {
        decidedBy: { organ: '增城区人民政府' },
        basis: [{ documentNumber: '增府〔2024〕1号', issuer: '增城区人民政府', article: null }],
      },
    ]);
  });
});

describe('voidEvent', () => {
  const take = 'mutation($i: VoidEventInput!) { proposeVoidEvent(input: $i) { revision proposal { id expiresOn } } }';

  it('refuses a reason that holds personal data', async () => {
    const said = { commandId: 'void-0', event: 'village-v_xiawei0001.0', reason: '经电话13812345678核实' };
    expect(await api.refusal(take, { i: said })).toMatchObject({ code: 'E_PERSONAL_DATA_IN_EVENT' });
  });

  it('takes an event back, which stays in the history with what took it back', async () => {
    await api.ask(rename, { i: input });
    await inTwo(api, 'voidEvent', {
      commandId: 'void-1',
      event: 'village-v_xiawei0001.1',
      reason: 'a slip of the pen',
    });
    const voided =
      '{ event(id: "village-v_xiawei0001.2") { __typename voids ... on EventVoided { eventId reason } } village(id: "v_xiawei0001") { name } }';
    expect(await api.ask(voided)).toEqual({
      event: {
        __typename: 'EventVoided',
        voids: 'village-v_xiawei0001.1',
        eventId: 'village-v_xiawei0001.1',
        reason: 'a slip of the pen',
      },
      village: { name: '下围村委会' },
    });
    const query = `query($p: Position) { village(id: "v_xiawei0001") { history { nodes { id voidedBy } } }
      before: at(position: $p) { village(id: "v_xiawei0001") { name history { nodes { id voidedBy } } } } }`;
    const { village, before } = await api.ask(query, { p: '14' });
    expect(village.history.nodes).toContainEqual({ id: 'village-v_xiawei0001.1', voidedBy: 'village-v_xiawei0001.2' });
    expect(before.village.name).toBe('下围社区居委会');
    expect(before.village.history.nodes).toEqual([
      { id: 'village-v_xiawei0001.0', voidedBy: null },
      { id: 'village-v_xiawei0001.1', voidedBy: null },
    ]);
  });

  it('leaves events of imports alone', async () => {
    const file = { edition: 2016, publisher: 'nbs', publishedOn: '2017-05-16', fileSha256: '0'.repeat(64) };
    const stream = 'roster-nbs-2016-07-31';
    const data = { ...file, rows: 13, villages: 6 };
    await api.tell({ name: 'startRosterImport', stream, data, effectiveOn: '2016-07-31' });
    const i = { commandId: 'void-1', event: `${stream}.0`, reason: 'a slip' };
    expect(await api.refusal(take, { i })).toMatchObject({ code: 'E_CORRECTION_TARGET', eventId: `${stream}.0` });
  });

  it('is the same command on another day', async () => {
    await api.ask(rename, { i: input });
    const void1 = { commandId: 'void-1', event: 'village-v_xiawei0001.1', reason: 'a slip' };
    const first = await api.ask(take, { i: void1 });
    api.onDay('2024-06-02');
    expect(await api.ask(take, { i: void1 })).toEqual(first);
  });

  it('refuses what is no event', async () => {
    const wrong = { commandId: 'void-1', event: 'v_xiawei0001', reason: 'none' };
    expect(await api.refusal(take, { i: wrong })).toMatchObject({ code: 'BAD_USER_INPUT', path: ['input', 'event'] });
  });
});

describe('corrects', () => {
  it('replaces an event by another of its type', async () => {
    await api.ask(rename, { i: input });
    const right = { ...input, commandId: 'rename-2', name: '下围社区', corrects: 'village-v_xiawei0001.1' };
    const { renameVillage } = await api.ask(rename, { i: right });
    expect(renameVillage.village.name).toBe('下围社区');
    const query = '{ node(id: "village-v_xiawei0001.1") { ... on VillageRenamed { voidedBy newName } } }';
    expect((await api.ask(query)).node).toEqual({ voidedBy: 'village-v_xiawei0001.2', newName: '下围社区居委会' });
  });
});

describe('a command that makes a thing', () => {
  const establish =
    'mutation($i: EstablishVillageInput!) { establishVillage(input: $i) { village { id name status } } }';
  const made = {
    commandId: 'new-1',
    effectiveOn: '2024-05-01',
    name: '白江社区居委会',
    kind: 'RESIDENTS_COMMITTEE',
    township: 'd_shitan0001',
    approval: { countyApprovedOn: '2024-04-01' },
  };

  it('gives it an id that follows from the commandId', async () => {
    const first = await api.ask(establish, { i: made });
    expect(first.establishVillage.village).toMatchObject({ name: '白江社区居委会', status: 'LISTED' });
    expect(first.establishVillage.village.id).toMatch(/^v_[0-9a-f]{20}$/);
    expect(await api.ask(establish, { i: made })).toEqual(first);
  });

  it('is refused by the domain with its code', async () => {
    const taken = { ...made, name: '石滩社区居委会' };
    expect(await api.refusal(establish, { i: taken })).toMatchObject({ code: 'E_NAME_TAKEN' });
    const unapproved = { ...made, approval: {} };
    expect(await api.refusal(establish, { i: unapproved })).toMatchObject({ code: 'E_APPROVAL_MISSING' });
  });
});

describe('an id whose record was linked to another village', () => {
  const before = { commandId: 'before-link', village: 'v_baima00002', name: '白马社区', effectiveOn: '2021-01-01' };
  let answer: unknown;

  beforeEach(async () => {
    await api.tell({ name: 'delistVillage', stream: 'village-v_baima00001', data: {}, effectiveOn: '2020-01-01' });
    const record = {
      code: '440118102202',
      name: '白马村民委员会',
      shortName: '白马',
      kind: 'VILLAGERS_COMMITTEE',
      isVirtual: false,
      township: 'd_shitan0001',
      county: 'd_zengcheng1',
      prefecture: 'd_guangzhou1',
    };
    await api.tell({ name: 'listVillage', stream: 'village-v_baima00002', data: record, effectiveOn: '2020-01-01' });
    answer = (await api.ask(rename, { i: before })).renameVillage.events;
    await inTwo(api, 'linkVillages', {
      ...{ commandId: 'link-1', village: 'v_baima00001', other: 'v_baima00002', effectiveOn: '2020-01-01' },
    });
  });

  it('leads to the village that took it over', async () => {
    const query =
      '{ village(id: "v_baima00002") { id code codes { code } history { totalCount } } node(id: "v_baima00002") { __typename id } }';
    const { village, node } = await api.ask(query);
    expect(village).toMatchObject({
      id: 'v_baima00001',
      code: '440118102202',
      codes: [{ code: '440118102201' }, { code: '440118102202' }],
    });
    expect(node).toEqual({ __typename: 'Village', id: 'v_baima00001' });
    expect(village.history.totalCount).toBeGreaterThanOrEqual(4);
  });

  it('is acted on as that village', async () => {
    const { renameVillage } = await api.ask(rename, {
      i: { ...input, village: 'v_baima00002', name: '白马社区居委会' },
    });
    expect(renameVillage.events[0].id).toMatch(/^village-v_baima00001\./);
    expect(renameVillage.village).toMatchObject({ id: 'v_baima00001', name: '白马社区居委会' });
  });

  it('still answers what was sent to it before', async () => {
    expect((await api.ask(rename, { i: before })).renameVillage.events).toEqual(answer);
    const { position } = await api.services.store.head();
    await api.ask(rename, { i: before });
    expect((await api.services.store.head()).position).toBe(position);
  });
});
