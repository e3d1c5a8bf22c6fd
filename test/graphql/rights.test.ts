import { beforeEach, describe, expect, it } from 'vitest';
import type { Principal } from '../../src/access/principal.ts';
import { type GuardedApi, guardedApi } from '../support/guarded-api.ts';
import { allRoles, principalOf } from '../support/principals.ts';
import { listRestricted, type Restricted } from '../support/restricted-province.ts';

const clerk = principalOf('clerk-shitan', ['clerk'], '440118102');
const auditor = principalOf('auditor-zengcheng', ['auditor'], '440118');
const administrator = principalOf('admin', ['administrator']);
const reader = principalOf('reader-shitan', ['personal-data-reader'], '440118102');
const principals = [allRoles, clerk, auditor, administrator, reader];
const absentRef = `p_${'0'.repeat(24)}`;
const absentRetired = 'rc_00000000000000000000';

let guarded: GuardedApi;
let inside: Restricted;
let outside: Restricted;
beforeEach(async () => {
  guarded = await guardedApi(principals);
  ({ inside, outside } = await listRestricted(guarded));
});

/** Looks of anybody but who made the province. */
const looks = async () =>
  (await guarded.events('RestrictedHistoryRead'))
    .map(({ data }) => data as { by: string })
    .filter(({ by }) => by !== allRoles.id);

/** The answer as it went out, without what tells requests and things apart. */
const bytes = (text: string, ...ids: readonly string[]) =>
  ids
    .reduce((left, id) => left.replaceAll(id, '…'), text)
    .replace(/"requestId":"[^"]*"/g, '')
    .replace(/"basis":\{[^}]*\}/g, '');

describe('what is not public', () => {
  const everywhere = `query($person: PersonRef!, $personId: ID!, $retired: ID!, $event: ID!, $ids: [ID!]!) {
    person(ref: $person) { id status } node(id: $retired) { __typename id } event(id: $event) { id type }
    other: node(id: $personId) { id } nodes(ids: $ids) { __typename id } }`;
  const variablesOf = (person: string, retired: string) => ({
    person,
    personId: person,
    retired,
    event: `retired-${retired}.0`,
    ids: [person, retired, `person-${person}.0`],
  });
  const asked = (by: Principal | null, person: string, retired: string) =>
    guarded.ask(by, everywhere, variablesOf(person, retired));

  it('is shown to who has the right where it lies', async () => {
    for (const by of [clerk, auditor, reader]) {
      const { data } = await asked(by, inside.person, inside.retired);
      expect(data).toMatchObject({
        person: { id: inside.person, status: 'REGISTERED' },
        node: { __typename: 'RetiredCadre', id: inside.retired },
        event: { type: 'RetiredCadreRecordCollected' },
        other: { id: inside.person },
        nodes: [{ __typename: 'Person' }, { __typename: 'RetiredCadre' }, { __typename: 'PersonRegistered' }],
      });
    }
  });

  it.each([
    ['nobody', null],
    ['a clerk of another town', clerk],
    ['an administrator', administrator],
  ])('is byte for byte as if it were not there to %s', async (_, by) => {
    const there = await asked(by, outside.person, outside.retired);
    const absent = await asked(by, absentRef, absentRetired);
    expect(there.status).toBe(200);
    expect(bytes(there.text, outside.person, outside.retired)).toBe(bytes(absent.text, absentRef, absentRetired));
    expect(there.data.nodes).toEqual([null, null, null]);
    expect(await looks()).toEqual([]);
  });

  it('is left out of lists and counts of events, of histories and of records', async () => {
    const query = `query($village: ID!) { events(filter: { types: ["RetiredCadreRecordCollected", "PersonRegistered"] })
      { totalCount nodes { stream } pageInfo { hasNextPage } }
      village(id: $village) { history { totalCount nodes { type } } retiredCadres { id } retired { collecting } } }`;
    const of = (by: Principal | null, { village }: Restricted) => guarded.data(by, query, { village });
    const nothing = { totalCount: 0, nodes: [], pageInfo: { hasNextPage: false } };
    expect(await of(null, inside)).toEqual({
      events: nothing,
      village: {
        history: { totalCount: 1, nodes: [{ type: 'VillageListed' }] },
        retiredCadres: [],
        retired: { collecting: 1 },
      },
    });
    const seen = await of(clerk, inside);
    expect(seen.events.totalCount).toBe(2);
    expect(seen.events.nodes).toEqual([{ stream: `person-${inside.person}` }, { stream: `retired-${inside.retired}` }]);
    expect(seen.village.history.totalCount).toBe(2);
    expect(seen.village.retiredCadres).toEqual([{ id: inside.retired }]);
    expect((await of(clerk, outside)).village).toMatchObject({ history: { totalCount: 1 }, retiredCadres: [] });
    expect((await of(allRoles, outside)).events.totalCount).toBe(4);
  });

  it('is left out of what was done under a document, and of what made a difference', async () => {
    const changed = `query { changes(from: { effectiveOn: "2015-01-01" }, to: { effectiveOn: "2024-01-01" }, first: 500)
      { nodes { events { type } } } }`;
    const types = async (by: Principal | null) => {
      const { changes } = await guarded.data(by, changed);
      return new Set(
        (changes.nodes as { events: { type: string }[] }[]).flatMap(({ events }) => events).map((e) => e.type),
      );
    };
    expect(await types(null)).not.toContain('RetiredCadreRecordCollected');
    expect(await types(allRoles)).toContain('VillageListed');
  });

  it('is left out of exports, and each page that shows some is recorded before it goes out', async () => {
    const streams = async (by: Principal | null) => {
      const { text } = await guarded.get(by, '/export/events.ndjson');
      return text.split('\n').flatMap((line) => (line ? [(JSON.parse(line) as { stream: string }).stream] : []));
    };
    const restricted = (all: readonly string[]) => all.filter((stream) => /^(person|retired)-/.test(stream)).sort();
    const open = await streams(null);
    expect(open.length).toBeGreaterThan(10);
    expect(restricted(open)).toEqual([]);
    expect(await looks()).toEqual([]);
    const own = [`person-${inside.person}`, `retired-${inside.retired}`].sort();
    expect(restricted(await streams(clerk))).toEqual(own);
    expect(await looks()).toMatchObject([{ by: clerk.id, operation: 'export events', streams: own }]);
  });

  it('is followed by a grant through a change of the division’s code, and not by what carries the old code later', async () => {
    const county = principalOf('clerk-zengcheng', ['clerk'], '440118');
    const api = await guardedApi([allRoles, { ...county, grantedOn: '2020-01-01' }]);
    const { inside: there, outside: elsewhere } = await listRestricted(api);
    const sees = async ({ person }: Restricted) =>
      (await api.data(county, 'query($p: PersonRef!) { person(ref: $p) { id } }', { p: person })).person !== null;
    const recode = (id: string, code: string, effectiveOn: string) =>
      api.api.tell({
        name: 'changeDivisionCode',
        stream: `division-${id}`,
        data: { code },
        effectiveOn,
      });
    expect([await sees(there), await sees(elsewhere)]).toEqual([true, false]);
    await recode('d_zengcheng1', '440199', '2022-01-01');
    expect([await sees(there), await sees(elsewhere)]).toEqual([true, false]);
    // A county that 东莞 gets, for the test's sake, carries what 增城 carried.
    await api.api.tell({
      name: 'listDivision',
      stream: 'division-d_newcounty1',
      data: { code: '440118', name: '虎门区', level: 'COUNTY', parent: 'd_dongguan01' },
      effectiveOn: '2023-01-01',
    });
    await api.api.tell({
      name: 'transferDivision',
      stream: 'division-d_humen00001',
      data: { parent: 'd_newcounty1' },
      effectiveOn: '2023-01-01',
    });
    expect((await api.data(null, '{ division(code: "440118") { name villages { nodes { id } } } }')).division).toEqual({
      name: '虎门区',
      villages: { nodes: [{ id: elsewhere.village }] },
    });
    expect([await sees(there), await sees(elsewhere)]).toEqual([true, false]);
  });
});

describe('acts on people', () => {
  const header = { commandId: 'c-1' };
  const why = { processingGround: 'STATUTORY_DUTY', retention: 'ARCHIVE' };
  const acts = {
    storePersonalData: { data: [{ field: 'NAME', value: '欧阳下围春', ...why }], noticeShown: true },
    readPersonalData: { purpose: 'check', fields: ['NAME'] },
    erasePerson: { ground: 'PURPOSE_MET', approvals: [{ by: '县民政局', on: '2024-01-01' }] },
  };
  const send = (by: Principal, name: keyof typeof acts, person: string) => {
    const query = `mutation($i: ${name.charAt(0).toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $i) { position person { id } } }`;
    return guarded.ask(by, query, { i: { ...header, person, ...acts[name] } });
  };

  it.each([
    ['storePersonalData', clerk],
    ['readPersonalData', reader],
    ['erasePerson', clerk],
  ] as const)('%s: a person outside one’s rights is byte for byte one that is not there', async (name, by) => {
    const there = await send(by, name, outside.person);
    const absent = await send(by, name, absentRef);
    const known = await send(allRoles, name, absentRef);
    expect(there.codes).toEqual(['E_NOT_FOUND']);
    expect(bytes(there.text, outside.person)).toBe(bytes(absent.text, absentRef));
    expect(bytes(known.text)).toBe(bytes(absent.text));
  });

  it('are taken within one’s rights, and are FORBIDDEN to who has no such right anywhere', async () => {
    expect((await send(clerk, 'storePersonalData', inside.person)).codes).toEqual([]);
    expect((await send(reader, 'storePersonalData', inside.person)).codes).toEqual(['FORBIDDEN']);
    expect((await send(clerk, 'readPersonalData', inside.person)).codes).toEqual(['FORBIDDEN']);
  });

  it('tell nothing of what a commandId was used for elsewhere', async () => {
    const register = 'mutation($i: RegisterPersonInput!) { registerPerson(input: $i) { position } }';
    const said = { commandId: 'register-outside', village: inside.village };
    const { codes, text } = await guarded.ask(clerk, register, { i: said });
    expect(codes).toEqual(['FORBIDDEN']);
    expect(text).not.toContain(outside.person);
    expect((await guarded.ask(clerk, register, { i: { commandId: 'r', village: outside.village } })).codes).toEqual([
      'FORBIDDEN',
    ]);
    expect((await guarded.ask(clerk, register, { i: { commandId: 'r' } })).codes).toEqual(['FORBIDDEN']);
    expect((await guarded.ask(allRoles, register, { i: { commandId: 'r', village: 'v_nowhere001' } })).codes).toEqual([
      'E_NOT_FOUND',
    ]);
  });
});
