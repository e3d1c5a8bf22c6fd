import { describe, expect, it } from 'vitest';
import { anonymous } from '../../src/access/principal.ts';
import { CodedError } from '../../src/es/errors.ts';
import { lookRecorder } from '../../src/graphql/access-log.ts';
import type { Look } from '../../src/graphql/context.ts';
import { type LiveApi, liveApi } from '../support/live-api.ts';
import { subscribe } from '../support/live-sink.ts';
import { principalOf } from '../support/principals.ts';

const inside = `p_${'1'.repeat(24)}`;
const outside = `p_${'2'.repeat(24)}`;
const clerk = principalOf('clerk-shitan', ['clerk'], '440118102');
const auditor = principalOf('auditor', ['auditor']);

const register = async (api: LiveApi, person: string, village: string) => {
  const command = { name: 'registerPerson', stream: `person-${person}`, data: { village }, effectiveOn: '2024-01-01' };
  return (await api.tell(command)).position;
};

/** Positions 14 and 15 are of a person of 下围 and of one of 虎门. */
async function open(): Promise<LiveApi> {
  const api = await liveApi();
  await register(api, inside, 'v_xiawei0001');
  await register(api, outside, 'v_humen00001');
  return api;
}

describe('events() of what is not public', () => {
  it('are left out for those who may not see them, as if they were not there', async () => {
    const api = await open();
    const [public_, ofTown, ofAll] = [anonymous, clerk, auditor].map((principal) =>
      subscribe(api.live, { principal, variables: { after: '12' } }),
    );
    const reread = await register(api, `p_${'3'.repeat(24)}`, 'v_baima00001');
    await api.rename('v_xiawei0001', '下围社区居委会');
    const last = (reader: typeof ofAll) => reader?.positions.at(-1) === reread + 1;
    for (const reader of [public_, ofTown, ofAll]) await reader?.until(() => last(reader));
    expect(public_?.positions).toEqual([13, 17]);
    expect(ofTown?.positions).toEqual([13, 14, 16, 17]);
    expect(ofAll?.positions).toEqual([13, 14, 15, 16, 17]);
    expect(JSON.stringify(public_?.messages)).not.toMatch(/person|p_1/i);
  });

  it('are recorded as looked at before they are sent, by each who is told', async () => {
    const api = await open();
    const looks: Look[] = [];
    const told: number[][] = [];
    const readers: ReturnType<typeof subscribe>[] = [];
    const recordLook = async (look: Look) => {
      looks.push(look);
      told.push(readers[others.indexOf(look.principal)]?.positions ?? []);
    };
    const live = api.open({ recordLook });
    const others = [clerk, principalOf('clerk-2', ['clerk'], '440118102')];
    readers.push(...others.map((principal) => subscribe(live, { principal, variables: { after: '12' } })));
    for (const reader of readers) await reader.has(3);
    expect(told).toEqual([[], []]);
    expect(looks.map(({ principal, streams, operation }) => [principal.id, streams, operation]).sort()).toEqual([
      ['clerk-2', [`person-${inside}`], 'Watch'],
      ['clerk-shitan', [`person-${inside}`], 'Watch'],
    ]);
  });

  it('are not sent where the look cannot be recorded: the subscription ends', async () => {
    const api = await open();
    const failing = async () => {
      throw new CodedError('E_ACCESS_LOG', 'The disk is full.');
    };
    const live = api.open({ recordLook: failing });
    const reader = subscribe(live, { principal: clerk, variables: { after: '12' } });
    const harmless = subscribe(live, { principal: anonymous, variables: { after: '12' } });
    await reader.until(() => reader.ended !== undefined);
    expect(reader.ended?.map(({ extensions }) => extensions.code)).toEqual(['E_ACCESS_LOG']);
    expect(reader.messages).toEqual([]);
    await harmless.has(2);
    expect(harmless.positions).toEqual([13]);
  });

  it('come to an end: what records a look is not told itself', async () => {
    const api = await open();
    const recordLook = lookRecorder(api.services.store, api.services.today);
    const live = api.open({ recordLook });
    const reader = subscribe(live, { principal: auditor, variables: { after: '13' } });
    await reader.has(3);
    await api.services.waitFor((await api.services.store.head()).position);
    await api.rename('v_xiawei0001', '下围社区居委会');
    await reader.until(() => reader.positions.length === 3);
    const types = (await api.services.store.readLog({ from: 13, limit: 100 })).map(({ type }) => type);
    expect(types).toEqual(['PersonRegistered', 'PersonRegistered', 'RestrictedHistoryRead', 'VillageRenamed']);
    expect(reader.told.map(({ __typename }) => __typename)).toEqual([
      ...['EventRecorded', 'EventRecorded'],
      ...['CaughtUp', 'EventRecorded'],
    ]);
  });
});

describe('a filter', () => {
  it.each([
    ['a stream outside the rights', clerk, { streams: [`person-${outside}`] }],
    ['a stream that is not there', clerk, { streams: ['person-p_nobody'] }],
    ['a type that nobody without rights sees', anonymous, { types: ['VillageRenamed', 'PersonRegistered'] }],
    ['who looked at what', auditor, { types: ['RestrictedHistoryRead'] }],
  ])('that names %s is refused', async (_, principal, filter) => {
    const api = await open();
    const reader = subscribe(api.live, { principal, variables: { after: '3', filter } });
    expect(await reader.has(1)).toEqual([{ __typename: 'MustRefetch', position: '15', reason: 'FILTER_NOT_ALLOWED' }]);
    expect([reader.ended, reader.messages[0]?.position]).toEqual([[], 3]);
  });

  it('is refused once the rights have gone where it looks', async () => {
    const api = await open();
    const filter = { streams: [`person-${inside}`] };
    const reader = subscribe(api.live, { principal: clerk, variables: { after: '3', filter } });
    await reader.has(2);
    expect(reader.positions).toEqual([14]);
    const data = { township: 'd_xintang001' };
    await api.tell({ name: 'transferVillage', stream: 'village-v_xiawei0001', data, effectiveOn: '2024-01-02' });
    const told = await reader.has(3);
    expect(told[2]).toEqual({ __typename: 'MustRefetch', position: '16', reason: 'FILTER_NOT_ALLOWED' });
    expect(reader.ended).toEqual([]);
  });
});

describe('a position', () => {
  it('of another log is refused', async () => {
    const api = await liveApi();
    const after = subscribe(api.live, { variables: { after: '14' } });
    const log = subscribe(api.live, { variables: { after: '2', log: 'other' } });
    const same = subscribe(api.live, { variables: { after: '12', log: 'log-1' } });
    expect((await after.has(1))[0]).toMatchObject({ reason: 'POSITION_UNKNOWN', position: '13' });
    expect((await log.has(1))[0]).toMatchObject({ reason: 'LOG_REBUILT', position: '13' });
    expect(await same.has(2)).toMatchObject([{ position: '13' }, { __typename: 'CaughtUp' }]);
    // One who comes again by itself, with the place that it was last told, is told the same.
    expect([after, log].map(({ messages }) => messages[0]?.position)).toEqual([14, 2]);
  });
});
