import { isInputObjectType } from 'graphql';
import { beforeEach, describe, expect, it } from 'vitest';
import { buildXiangyueSchema } from '../../src/graphql/schema.ts';
import { by } from '../support/acts.ts';
import { allRows } from '../support/all-rows.ts';
import { approver, inTwo } from '../support/four-eyes.ts';
import { undocumented } from '../support/given.ts';
import { type GuardedApi, guardedApi } from '../support/guarded-api.ts';
import { type LedgerApi, ledgerApi } from '../support/ledger-api.ts';
import { allRoles, principalOf } from '../support/principals.ts';
import { listProvince } from '../support/small-province.ts';

const slip = 'village-v_xiawei0001.1';
const terms = { kind: 'ALLOWANCE', beneficiary: 'COMMITTEE_MEMBER', method: 'FIXED', per: 'PERSON_MONTH' };
const inputs = {
  voidEvent: { commandId: 'act-1', event: slip, reason: 'a slip' },
  linkVillages: { commandId: 'act-1', village: 'v_baima00001', other: 'v_baima00002', effectiveOn: '2020-01-01' },
  adoptStandard: {
    ...terms,
    ...by.county,
    ...{ commandId: 'act-1', amountFen: '200000', division: '440118', effectiveOn: '2019-01-01' },
    basis: [{ documentNumber: '增民〔2019〕1号' }],
  },
  defineDisclosureStandard: {
    ...by.province,
    ...{ commandId: 'act-1', code: 'LOCAL', name: '村务公开标准', scope: '44', effectiveOn: '2019-01-01' },
    dimensions: [{ code: 'D1', name: '内容规范' }],
    basis: undocumented,
  },
  approveRetirementAllowance: {
    ...by.county,
    ...{ commandId: 'act-1', retiredCadre: 'rc_aaaaaaaa', effectiveOn: '2021-02-01', from: '2021-03' },
    tier: { minYears: 20, amountFen: '30000', per: 'PERSON_MONTH' },
    ...{ inPensionScheme: false, excludesPensioners: true, basis: undocumented },
  },
};
const names = Object.keys(inputs) as (keyof typeof inputs)[];
const capital = (name: string) => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
const proposing = (name: string, fields = 'proposal { id }') =>
  `mutation($i: ${capital(name)}Input!) { propose${capital(name)}(input: $i) { ${fields} } }`;
const waiting = '{ proposals { totalCount nodes { id status command proposedBy expiresOn } } }';

/** A province in which 下围 was renamed by a slip, and 白马 has a second record from 2020 on. */
async function province(): Promise<LedgerApi> {
  const api = await ledgerApi();
  await setUp(api);
  return api;
}

async function setUp(api: LedgerApi): Promise<void> {
  await listProvince(api);
  const village = (id: string) => `village-${id}`;
  await api.tell({
    ...{ name: 'renameVillage', stream: village('v_xiawei0001'), effectiveOn: '2024-03-01' },
    data: { name: '下围社区居委会' },
  });
  await api.tell({
    ...{ name: 'delistVillage', stream: village('v_baima00001'), effectiveOn: '2020-01-01' },
    data: {},
  });
  const record = { code: '440118102202', name: '白马村民委员会', shortName: '白马', kind: 'VILLAGERS_COMMITTEE' };
  const place = { township: 'd_shitan0001', county: 'd_zengcheng1', prefecture: 'd_guangzhou1' };
  await api.tell({
    ...{ name: 'listVillage', stream: village('v_baima00002'), effectiveOn: '2020-01-01' },
    data: { ...record, ...place, isVirtual: false },
  });
  for (const [name, effectiveOn, data] of retirement) {
    const header = { ...by.township, basis: undocumented };
    await api.tell({ ...header, name, stream: 'retired-rc_aaaaaaaa', effectiveOn, data });
  }
}

/** What is done before the county decides on an allowance. */
const retirement = [
  [
    'collectRetiredRecord',
    '2020-12-01',
    {
      ...{ village: 'v_xiawei0001', personRef: `p_${'a'.repeat(24)}`, leftOn: '2011-05-31', leaveReason: 'NORMAL' },
      posts: [{ post: 'COMMITTEE_CHAIR', from: '1989-01', to: '2011-05' }],
      collectionNoticeShown: true,
    },
  ],
  ['verifyRetiredService', '2021-01-04', { countedMonths: 269, interruptions: [], countingRule: 'ALL_POSTS' }],
  ['postRetiredNotice', '2021-01-18', { from: '2021-01-11', to: '2021-01-15', objections: 0 }],
] as const;

describe('an act that needs four eyes', () => {
  const mutations = buildXiangyueSchema().getMutationType()?.getFields() ?? {};

  it.each(names)('is not sent by one person, and told where to go: %s', async (name) => {
    const api = await province();
    const { position } = await api.services.store.head();
    const query = `mutation($i: ${capital(name)}Input!) { ${name}(input: $i) { position } }`;
    expect(await api.refusal(query, { i: inputs[name] })).toMatchObject({
      code: 'E_FOUR_EYES',
      refusal: 'proposal.DIRECT',
      proposing: `propose${capital(name)}`,
    });
    expect((await api.services.store.head()).position).toBe(position);
  });

  it.each(names)('has a deprecated mutation, and one that proposes with the same input: %s', (name) => {
    const [direct, proposes] = [mutations[name], mutations[`propose${capital(name)}`]];
    expect(direct?.deprecationReason).toContain(`propose${capital(name)}`);
    expect(proposes?.deprecationReason).toBeUndefined();
    expect(String(proposes?.args[0]?.type)).toBe(String(direct?.args[0]?.type));
    const type = buildXiangyueSchema().getType(`${capital(name)}Input`);
    expect(isInputObjectType(type) && Object.keys(type.getFields())).toContain('expiresOn');
  });

  it.each(names)(
    'shows in no read model but the list until it is approved, and then as if it had come at once: %s',
    async (name) => {
      const [api, direct] = [await province(), await province()];
      const { proposals: none, ...before } = allRows(api);
      expect(none).toEqual([[], [], [], []]);
      const { id } = (await api.ask(proposing(name), { i: inputs[name] }))[`propose${capital(name)}`].proposal;
      const { proposals: pending, ...meanwhile } = allRows(api);
      expect(meanwhile).toEqual(before);
      expect(pending).not.toEqual(none);

      api.as(approver);
      const approve = 'mutation($i: ApproveInput!) { approve(input: $i) { proposal { target { id } events { id } } } }';
      const done = (await api.ask(approve, { i: { commandId: 'approve-1', proposal: id } })).approve.proposal;
      const { proposals: _, ...after } = allRows(api);
      const stream = done.events[0].id.slice(0, done.events[0].id.lastIndexOf('.'));
      const {
        commandId: __,
        event,
        reason,
        effectiveOn = '1900-01-01',
        decidedBy,
        basis,
        ...own
      } = inputs[name] as Readonly<Record<string, unknown>>;
      await direct.tell({
        ...{ name, stream, effectiveOn: String(effectiveOn) },
        ...(name === 'voidEvent' ? { data: { eventId: event, reason }, corrects: slip } : { data: withoutThing(own) }),
        ...({ decidedBy, basis: basis ?? [] } as object),
      });
      const { proposals: ___, ...atOnce } = allRows(direct);
      expect(after).toEqual(atOnce);
      expect(after).not.toEqual(before);
    },
  );

  const withoutThing = ({ village: _, retiredCadre: __, ...own }: Readonly<Record<string, unknown>>) => own;

  it('is found under its document only once it holds', async () => {
    const api = await province();
    const query = '{ events(filter: { document: "增民〔2019〕1号" }) { nodes { type proposedBy recordedBy } } }';
    await api.ask(proposing('adoptStandard'), { i: inputs.adoptStandard });
    expect((await api.ask(query)).events.nodes).toEqual([]);
    await inTwo(api, 'adoptStandard', inputs.adoptStandard);
    expect((await api.ask(query)).events.nodes).toEqual([
      { type: 'SubsidyStandardAdopted', proposedBy: 'local', recordedBy: 'approver-1' },
    ]);
  });

  it('stands in no history of its thing before, and with both names after', async () => {
    const api = await province();
    const query = '{ village(id: "v_xiawei0001") { name history { nodes { type recordedBy proposedBy } } } }';
    const before = await api.ask(query);
    await api.ask(proposing('voidEvent'), { i: inputs.voidEvent });
    expect(await api.ask(query)).toEqual(before);
    await inTwo(api, 'voidEvent', inputs.voidEvent);
    const { village } = await api.ask(query);
    expect(village.name).toBe('下围村委会');
    const both = { type: 'EventVoided', recordedBy: 'approver-1', proposedBy: 'local' };
    expect(village.history.nodes).toEqual([...before.village.history.nodes, both]);
  });
});

describe('proposing', () => {
  let api: LedgerApi;
  beforeEach(async () => {
    api = await province();
  });

  it('gives what waits, by a name and what it would make', async () => {
    const fields = `position revision events { type } proposal { status command commandLabel(lang: ZH) target { __typename id }
      input proposedBy proposedOn expiresOn approvedBy rejectedBy decidedOn reason note failure { code } events { id } }`;
    const { proposeAdoptStandard } = await api.ask(proposing('adoptStandard', fields), { i: inputs.adoptStandard });
    const { input, target, ...proposal } = proposeAdoptStandard.proposal;
    expect(proposeAdoptStandard).toMatchObject({ revision: 0, events: [{ type: 'ActProposed' }] });
    expect(proposal).toEqual({
      ...{ status: 'PENDING', command: 'adoptStandard', commandLabel: '登记补贴标准', proposedBy: 'local' },
      ...{ proposedOn: '2024-06-01', expiresOn: '2024-07-01', approvedBy: null, rejectedBy: null, decidedOn: null },
      ...{ reason: null, note: null, failure: null, events: [] },
    });
    const { commandId: _, ...said } = inputs.adoptStandard;
    expect(JSON.parse(input)).toEqual(said);
    expect(target.__typename).toBe('AbsentNode');
    expect((await inTwo(api, 'adoptStandard', inputs.adoptStandard)).target).toBe(target.id);
  });

  it('is refused as the act would be, and for a last day that is too far', async () => {
    const unsaid = { ...inputs.adoptStandard, basis: [] };
    expect(await api.refusal(proposing('adoptStandard'), { i: unsaid })).toMatchObject({ code: 'E_BASIS_MISSING' });
    const twice = { ...inputs.adoptStandard, village: 'v_xiawei0001' };
    expect(await api.refusal(proposing('adoptStandard'), { i: twice })).toMatchObject({
      code: 'BAD_USER_INPUT',
      path: ['input', 'regionTier'],
    });
    const personal = { ...inputs.voidEvent, reason: '经电话13812345678核实' };
    expect(await api.refusal(proposing('voidEvent'), { i: personal })).toMatchObject({
      code: 'E_PERSONAL_DATA_IN_EVENT',
    });
    const far = { ...inputs.voidEvent, expiresOn: '2025-06-02' };
    expect(await api.refusal(proposing('voidEvent'), { i: far })).toMatchObject({ refusal: 'proposal.EXPIRY' });
    expect((await api.ask(waiting)).proposals.totalCount).toBe(0);
  });

  it('is never taken back but by a rejection', async () => {
    const { id } = (await api.ask(proposing('voidEvent'), { i: inputs.voidEvent })).proposeVoidEvent.proposal;
    const i = { commandId: 'void-it', event: `proposal-${id}.0`, reason: 'a slip' };
    expect(await api.refusal(proposing('voidEvent'), { i })).toMatchObject({ code: 'E_CORRECTION_TARGET' });
    const query =
      'mutation($i: RejectInput!) { reject(input: $i) { proposal { status rejectedBy reason decidedOn } } }';
    const said = { commandId: 'reject-1', proposal: id, reason: '再核' };
    expect((await api.ask(query, { i: said })).reject.proposal).toEqual({
      ...{ status: 'REJECTED', rejectedBy: 'local', reason: '再核', decidedOn: '2024-06-01' },
    });
  });

  it('is not approved by the same person', async () => {
    const { id } = (await api.ask(proposing('voidEvent'), { i: inputs.voidEvent })).proposeVoidEvent.proposal;
    const query = 'mutation($i: ApproveInput!) { approve(input: $i) { position } }';
    const refusal = await api.refusal(query, { i: { commandId: 'approve-1', proposal: id } });
    expect(refusal).toMatchObject({ code: 'E_FOUR_EYES', refusal: 'proposal.SAME_PERSON' });
  });
});

describe('proposals', () => {
  it('are listed by their last day, page by page, at any moment', async () => {
    const api = await province();
    const { position } = (await api.ask('{ log { position } }')).log;
    const last = { ...inputs.voidEvent, expiresOn: '2024-06-10' };
    await api.ask(proposing('adoptStandard'), { i: inputs.adoptStandard });
    await api.ask(proposing('voidEvent'), { i: { ...last, commandId: 'act-2' } });
    const page = `query($a: String) { proposals(first: 1, after: $a) { totalCount nodes { command expiresOn } pageInfo { hasNextPage endCursor } } }`;
    const first = (await api.ask(page)).proposals;
    expect(first).toMatchObject({ totalCount: 2, nodes: [{ command: 'voidEvent' }], pageInfo: { hasNextPage: true } });
    const second = (await api.ask(page, { a: first.pageInfo.endCursor })).proposals;
    expect(second).toMatchObject({ nodes: [{ command: 'adoptStandard' }], pageInfo: { hasNextPage: false } });
    const query = `query($p: Position) { earlier: at(position: $p) { proposals { totalCount } } before: at(effectiveOn: "2024-05-31") { proposals { totalCount } }
      lastDay: at(effectiveOn: "2024-06-10") { proposals { totalCount } } over: at(effectiveOn: "2024-06-11") {
      proposals { nodes { status command } } expired: proposals(status: [EXPIRED]) { nodes { status command } } } }`;
    expect(await api.ask(query, { p: position })).toEqual({
      earlier: { proposals: { totalCount: 0 } },
      before: { proposals: { totalCount: 0 } },
      lastDay: { proposals: { totalCount: 2 } },
      over: {
        proposals: { nodes: [{ status: 'PENDING', command: 'adoptStandard' }] },
        expired: { nodes: [{ status: 'EXPIRED', command: 'voidEvent' }] },
      },
    });
  });
});

describe('rights over proposals', () => {
  const clerk = principalOf('clerk-shitan', ['clerk'], '440118102');
  const approverThere = principalOf('approver-shitan', ['approver'], '440118102');
  const approverElsewhere = principalOf('approver-humen', ['approver'], '441900121');
  const clerkElsewhere = principalOf('clerk-humen', ['clerk'], '441900121');
  const both = principalOf('both-shitan', ['clerk', 'approver'], '440118102');
  const all = [allRoles, clerk, approverThere, approverElsewhere, clerkElsewhere, both];
  const approve = 'mutation($i: ApproveInput!) { approve(input: $i) { proposal { status } } }';
  const reject = 'mutation($i: RejectInput!) { reject(input: $i) { proposal { status } } }';
  let guarded: GuardedApi;
  let id: string;
  beforeEach(async () => {
    guarded = await guardedApi(all);
    await setUp(guarded.api);
    const proposed = await guarded.data(clerk, proposing('voidEvent'), { i: inputs.voidEvent });
    id = proposed.proposeVoidEvent.proposal.id;
  });

  it('let nobody propose for another division', async () => {
    const other = { ...inputs.voidEvent, commandId: 'act-2' };
    for (const by of [clerkElsewhere, approverThere]) {
      expect((await guarded.ask(by, proposing('voidEvent'), { i: other })).codes).toEqual(['FORBIDDEN']);
    }
    expect((await guarded.ask(null, proposing('voidEvent'), { i: other })).codes).toEqual(['UNAUTHENTICATED']);
  });

  it('show what waits to those who may see it, and nothing to anybody else', async () => {
    const query = `query($id: ID!) { proposals { totalCount nodes { id } } within: proposals(within: "440118102") { totalCount }
      elsewhere: proposals(within: "4419") { totalCount } node(id: $id) { __typename } events(filter: { types: ["ActProposed"] }) { nodes { type } } }`;
    const nothing = { totalCount: 0 };
    for (const by of [clerk, approverThere, allRoles]) {
      expect(await guarded.data(by, query, { id })).toEqual({
        proposals: { totalCount: 1, nodes: [{ id }] },
        within: { totalCount: 1 },
        elsewhere: nothing,
        node: { __typename: 'Proposal' },
        events: { nodes: [{ type: 'ActProposed' }] },
      });
    }
    for (const by of [null, approverElsewhere, clerkElsewhere]) {
      expect(await guarded.data(by, query, { id })).toEqual({
        proposals: { ...nothing, nodes: [] },
        within: nothing,
        elsewhere: nothing,
        node: null,
        events: { nodes: [] },
      });
    }
  });

  it('record every look', async () => {
    await guarded.data(approverThere, '{ proposals { totalCount } }');
    expect((await lookers()).filter((each) => each === approverThere.id)).toEqual([]);
    await guarded.data(approverThere, '{ proposals { nodes { id } } }');
    expect(await lookers()).toContain(approverThere.id);
  });

  const lookers = async () =>
    (await guarded.events('RestrictedHistoryRead')).map(({ data }) => (data as { by: string }).by);

  it('let those approve and reject whose division it is', async () => {
    const missing = 'pr_00000000000000000000';
    for (const proposal of [id, missing]) {
      for (const by of [clerk, approverElsewhere]) {
        const answer = await guarded.ask(by, approve, { i: { commandId: 'approve-1', proposal } });
        expect(answer.codes).toEqual(['FORBIDDEN']);
      }
      const said = { commandId: 'reject-1', proposal, reason: 'no' };
      expect((await guarded.ask(approverElsewhere, reject, { i: said })).codes).toEqual(['FORBIDDEN']);
    }
    const done = await guarded.data(approverThere, approve, { i: { commandId: 'approve-1', proposal: id } });
    expect(done.approve.proposal.status).toBe('CARRIED_OUT');
  });

  it('let who proposed withdraw, whoever may not approve', async () => {
    const said = { commandId: 'reject-1', proposal: id, reason: 'a slip of mine' };
    expect((await guarded.data(clerk, reject, { i: said })).reject.proposal.status).toBe('REJECTED');
  });

  it('are not enough for one person to do both', async () => {
    const own = await guarded.data(both, proposing('voidEvent'), { i: { ...inputs.voidEvent, commandId: 'act-2' } });
    const i = { commandId: 'approve-1', proposal: own.proposeVoidEvent.proposal.id };
    expect((await guarded.ask(both, approve, { i })).codes).toEqual(['E_FOUR_EYES']);
  });
});
