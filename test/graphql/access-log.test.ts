import { beforeEach, describe, expect, it } from 'vitest';
import type { Principal } from '../../src/access/principal.ts';
import { accessStreamOf } from '../../src/domain/access.ts';
import { eventCatalogue } from '../../src/domain/index.ts';
import { CodedError } from '../../src/es/errors.ts';
import { verifyLog } from '../../src/es/verify.ts';
import { lookRecorder } from '../../src/graphql/access-log.ts';
import { type GuardedApi, guardedApi } from '../support/guarded-api.ts';
import { memoryStore } from '../support/hamlet-log.ts';
import { allRoles, principalOf } from '../support/principals.ts';
import { listRestricted, type Restricted } from '../support/restricted-province.ts';

const clerk = principalOf('clerk-shitan', ['clerk'], '440118102');
const reader = principalOf('reader-shitan', ['personal-data-reader'], '440118102');
const auditor = principalOf('auditor-zengcheng', ['auditor'], '440118');
const provincial = principalOf('auditor-province', ['auditor'], '44');
const overAll = principalOf('auditor-all', ['auditor']);
const principals = [allRoles, clerk, reader, auditor, provincial, overAll];
const absentRef = `p_${'0'.repeat(24)}`;

let guarded: GuardedApi;
let inside: Restricted;
let outside: Restricted;

async function open(options: Parameters<typeof guardedApi>[1] = {}): Promise<void> {
  guarded = await guardedApi(principals, options);
  ({ inside, outside } = await listRestricted(guarded));
}

/** Looks of somebody. */
const looks = async ({ id }: Principal) =>
  (await guarded.events('RestrictedHistoryRead')).filter(({ recordedBy }) => recordedBy === id);

const person =
  'query Harmless($p: PersonRef!, $r: ID!) { person(ref: $p) { status } node(id: $r) { id } log { kind } }';
const lookAt = (by: Principal, { person: p, retired: r }: Restricted) => guarded.ask(by, person, { p, r });

describe('a look at what is not public', () => {
  beforeEach(() => open());

  it('is in the log once, with all that was shown, before the answer goes out', async () => {
    const { codes, headers } = await lookAt(clerk, inside);
    expect(codes).toEqual([]);
    expect(headers['cache-control']).toBe('no-store');
    const [look, ...more] = await looks(clerk);
    expect(more).toEqual([]);
    expect(look).toMatchObject({
      stream: accessStreamOf(clerk.id),
      recordedBy: clerk.id,
      data: {
        by: clerk.id,
        operation: 'query log, node, person',
        streams: [`person-${inside.person}`, `retired-${inside.retired}`],
        requestId: headers['x-request-id'],
      },
    });
  });

  it('is none where nothing was shown', async () => {
    await lookAt(clerk, outside);
    await guarded.data(clerk, '{ events(first: 5) { nodes { type } } village(id: "v_xiawei0001") { name } }');
    expect(await looks(clerk)).toEqual([]);
  });

  it('of personal data is the reading itself, and no second record', async () => {
    const read = `mutation($i: ReadPersonalDataInput!) { readPersonalData(input: $i)
      { erased person { id accessCount } events { type } } }`;
    const i = { commandId: 'read-1', person: inside.person, purpose: 'pension', fields: ['NAME'] };
    const { readPersonalData } = await guarded.data(reader, read, { i });
    expect(readPersonalData).toEqual({
      erased: false,
      person: { id: inside.person, accessCount: 1 },
      events: [{ type: 'PersonalDataAccessed' }],
    });
    expect(await guarded.events('PersonalDataAccessed')).toHaveLength(1);
    expect(await looks(reader)).toEqual([]);
  });

  it('is recorded of what a mutation shows of it', async () => {
    const register = (shown: string) =>
      `mutation($i: RegisterPersonInput!) { registerPerson(input: $i) { position ${shown} } }`;
    await guarded.data(clerk, register(''), { i: { commandId: 'r-1', village: inside.village } });
    expect(await looks(clerk)).toEqual([]);
    await guarded.data(clerk, register('person { id }'), { i: { commandId: 'r-2', village: inside.village } });
    expect((await looks(clerk)).map(({ data }) => (data as { operation: string }).operation)).toEqual([
      'mutation registerPerson',
    ]);
  });

  it('leaves a sound log, however many streams it is of', async () => {
    const store = memoryStore();
    const streams = Array.from({ length: 250 }, (_, at) => `retired-rc_${String(at).padStart(20, '0')}`);
    const record = lookRecorder(store, () => '2024-06-01');
    await record({ principal: clerk, streams, operation: 'export events', requestId: 'r-1' });
    await record({ principal: clerk, streams: streams.slice(0, 1), operation: 'export events', requestId: 'r-1' });
    const log = await store.readLog({ limit: 100 });
    expect(log.map(({ data }) => (data as { streams: string[] }).streams.length)).toEqual([100, 100, 50, 1]);
    expect((await verifyLog(store, (type) => eventCatalogue.get(type))).findings).toEqual([]);
    const seen = { types: ['RestrictedHistoryRead'], subjects: [`seen-${streams[0]}`] };
    expect(await store.readLog({ limit: 100, filter: seen })).toHaveLength(2);
    expect(await store.readSubject(streams[0] as string)).toEqual([]);
  });
});

describe('a look that cannot be recorded', () => {
  const refusing = lookRecorder(
    {
      ...memoryStore(),
      append: () => Promise.reject(new CodedError('E_STORAGE_FULL', 'The disk is full.')),
    },
    () => '2024-06-01',
  );
  const failing: Parameters<typeof guardedApi>[1] = {
    recordLook: (look) => (look.principal.id === allRoles.id ? Promise.resolve() : refusing(look)),
  };
  beforeEach(() => open(failing));

  it('is not given: not by a query, not by a mutation', async () => {
    const query = await lookAt(clerk, inside);
    expect([query.status, query.codes, query.data]).toEqual([503, ['E_ACCESS_LOG'], undefined]);
    expect(query.text).not.toContain('REGISTERED');
    expect(query.text).not.toContain('disk');
    const register = 'mutation($i: RegisterPersonInput!) { registerPerson(input: $i) { person { id } } }';
    const mutation = await guarded.ask(clerk, register, { i: { commandId: 'r-1', village: inside.village } });
    expect([mutation.codes, mutation.data]).toEqual([['E_ACCESS_LOG'], undefined]);
    expect(mutation.text).not.toContain('p_');
  });

  it('is not given by an export, while what is public goes on', async () => {
    const exported = await guarded.get(clerk, '/export/events.ndjson');
    expect([exported.status, exported.codes]).toEqual([503, ['E_ACCESS_LOG']]);
    expect(exported.text).not.toContain(inside.person);
    expect((await guarded.get(null, '/export/events.ndjson')).status).toBe(200);
    expect(await guarded.data(clerk, '{ village(id: "v_xiawei0001") { shortName } }')).toBeTruthy();
  });
});

describe('the exact cache', () => {
  it('keeps what everybody may see, and never what was shown by a right', async () => {
    await open({ cacheBytesMax: 10_000_000 });
    const query = '{ events(last: 20) { totalCount nodes { type } } }';
    const twice = async (by: Principal | null) => {
      await guarded.ask(by, query);
      return (await guarded.ask(by, query)).headers['x-cache'];
    };
    expect(await twice(null)).toBe('hit');
    expect(await twice(clerk)).toBe('miss');
    expect(await looks(clerk)).toHaveLength(2);
    expect((await guarded.data(null, query)).events.nodes).not.toContainEqual({ type: 'PersonRegistered' });
  });
});

describe('accessLog()', () => {
  const entries = 'nodes { principal operation purpose fields streams event } pageInfo { hasNextPage endCursor }';
  const log = (by: Principal | null, args: string) => guarded.ask(by, `{ accessLog(${args}) { ${entries} } }`);
  const ofPerson = ({ person: ref }: Restricted) => `person: "${ref}"`;
  beforeEach(async () => {
    await open();
    await lookAt(clerk, inside);
    const read = 'mutation($i: ReadPersonalDataInput!) { readPersonalData(input: $i) { erased } }';
    const i = { commandId: 'read-1', person: inside.person, purpose: 'pension', fields: ['NAME', 'PHONE'] };
    await guarded.data(reader, read, { i });
    await guarded.data(provincial, 'query($r: ID!) { node(id: $r) { id } }', { r: inside.retired });
  });

  it('tells who looked at a person, and at the records that name the person', async () => {
    const { data } = await log(auditor, `${ofPerson(inside)}, first: 10`);
    const nodes = (data.accessLog.nodes as { principal: string }[]).filter(
      ({ principal }) => principal !== allRoles.id,
    );
    expect(nodes).toMatchObject([
      {
        principal: clerk.id,
        operation: 'query log, node, person',
        purpose: null,
        fields: [],
        streams: [`person-${inside.person}`, `retired-${inside.retired}`],
      },
      {
        principal: reader.id,
        operation: 'mutation readPersonalData',
        purpose: 'pension',
        fields: ['NAME', 'PHONE'],
        streams: [`person-${inside.person}`],
      },
      { principal: provincial.id, operation: 'query node', streams: [`retired-${inside.retired}`] },
    ]);
  });

  it('is itself looked at on record', async () => {
    await log(auditor, ofPerson(inside));
    expect((await looks(auditor)).map(({ data }) => data)).toMatchObject([
      { operation: 'query accessLog', streams: [`person-${inside.person}`] },
    ]);
    const { data } = await log(auditor, ofPerson(inside));
    expect(data.accessLog.nodes.at(-1)).toMatchObject({ principal: auditor.id, operation: 'query accessLog' });
    await log(overAll, `principal: "${auditor.id}"`);
    expect((await looks(overAll)).map(({ data: look }) => look)).toMatchObject([
      { streams: [accessStreamOf(auditor.id)] },
    ]);
  });

  it('tells of a principal what was shown within the rights of who asks', async () => {
    await lookAt(provincial, outside);
    const streams = async (by: Principal) => {
      const { data } = await log(by, `principal: "${provincial.id}"`);
      return (data.accessLog.nodes as { streams: string[] }[]).flatMap((entry) => entry.streams);
    };
    expect(await streams(auditor)).toEqual([`retired-${inside.retired}`]);
    expect(await streams(overAll)).toEqual([
      `retired-${inside.retired}`,
      `person-${outside.person}`,
      `retired-${outside.retired}`,
    ]);
  });

  it('is for auditors of the place; a person outside of it is as none', async () => {
    expect((await log(null, ofPerson(inside))).codes).toEqual(['UNAUTHENTICATED']);
    expect((await log(clerk, ofPerson(inside))).codes).toEqual(['FORBIDDEN']);
    expect((await log(clerk, `principal: "${clerk.id}"`)).codes).toEqual(['FORBIDDEN']);
    const [there, absent] = [await log(auditor, ofPerson(outside)), await log(auditor, `person: "${absentRef}"`)];
    const bytes = (text: string) => text.replace(/"requestId":"[^"]*"/, '').replace(/"basis":\{[^}]*\}/, '');
    expect(there.codes).toEqual(['FORBIDDEN']);
    expect(bytes(there.text)).toBe(bytes(absent.text));
    expect((await log(provincial, ofPerson(outside))).codes).toEqual([]);
    for (const args of ['first: 1', `${ofPerson(inside)}, principal: "x"`]) {
      expect((await log(overAll, args)).codes).toEqual(['BAD_USER_INPUT']);
    }
  });

  it('is cut by instants and by pages', async () => {
    const { data } = await log(overAll, `${ofPerson(inside)}, first: 2`);
    const { nodes, pageInfo } = data.accessLog;
    expect(nodes).toHaveLength(2);
    expect(pageInfo.hasNextPage).toBe(true);
    const next = await log(overAll, `${ofPerson(inside)}, first: 1, after: "${pageInfo.endCursor}"`);
    expect(next.data.accessLog.nodes[0].event).not.toBe(nodes[1].event);
    const all = await guarded.data(overAll, `{ accessLog(${ofPerson(inside)}) { nodes { recordedAt event } } }`);
    const [first, second] = all.accessLog.nodes as { recordedAt: string; event: string }[];
    const within = await log(
      overAll,
      `${ofPerson(inside)}, from: "${second?.recordedAt}", to: "${second?.recordedAt}"`,
    );
    expect((within.data.accessLog.nodes as { event: string }[]).map(({ event }) => event)).toEqual([second?.event]);
    const before = await log(overAll, `${ofPerson(inside)}, to: "${first?.recordedAt}"`);
    expect(before.data.accessLog.nodes).toHaveLength(1);
  });

  it('is no list of events: its own cannot be read elsewhere', async () => {
    const query = `query($id: ID!) { event(id: $id) { id } node(id: $id) { id }
      events(filter: { types: ["RestrictedHistoryRead"] }) { totalCount nodes { id } } }`;
    const nothing = { event: null, node: null, events: { totalCount: 0, nodes: [] } };
    for (const by of [null, overAll, allRoles]) {
      expect(await guarded.data(by, query, { id: `${accessStreamOf(clerk.id)}.0` })).toEqual(nothing);
    }
  });
});
