import { beforeEach, describe, expect, it } from 'vitest';
import { aggregates } from '../../src/domain/index.ts';
import { streamOf } from '../../src/es/event.ts';
import { placesOfStream, whereabouts } from '../../src/graphql/places.ts';
import { Rights } from '../../src/graphql/rights.ts';
import { by } from '../support/acts.ts';
import { undocumented } from '../support/given.ts';
import { type GuardedApi, guardedApi } from '../support/guarded-api.ts';
import { inputOf } from '../support/mutation-inputs.ts';
import { allRoles, principalOf } from '../support/principals.ts';
import { listProvince } from '../support/small-province.ts';
import { listThingsInTown, thingsInTown } from '../support/things-in-town.ts';

const shitan = principalOf('clerk-shitan', ['clerk'], '440118102');
const zengcheng = principalOf('clerk-zengcheng', ['clerk'], '440118');
const province = principalOf('clerk-province', ['clerk'], '44');
const centre = principalOf('clerk-centre', ['clerk']);

let guarded: GuardedApi;
beforeEach(async () => {
  guarded = await guardedApi([allRoles, shitan, zengcheng, province, centre]);
  await listProvince(guarded.api);
  await listThingsInTown(guarded.api.services.store);
  await guarded.api.services.waitFor((await guarded.api.services.store.head()).position);
});

/** The code of what a mutation is refused with, as sent by somebody. */
async function send(principal: Parameters<GuardedApi['ask']>[0], name: string, changed: object = {}) {
  const command = name.replace(/^propose/, '');
  const query = `mutation($i: ${command.charAt(0).toUpperCase()}${command.slice(1)}Input!) { ${name}(input: $i) { __typename } }`;
  return guarded.ask(principal, query, { i: { ...inputOf(name), ...changed } });
}
const isLetIn = async (...args: Parameters<typeof send>) => !(await send(...args)).codes.includes('FORBIDDEN');

describe('the places of things', () => {
  it('are said of every aggregate, and of nothing else', () => {
    expect(Object.keys(whereabouts).sort()).toEqual(aggregates.map(({ name }) => name).sort());
  });

  it('lead from a thing of every kind up to the province', () => {
    const { scene } = Rights.of(guarded.contextOf(allRoles));
    for (const [aggregate, id] of Object.entries(thingsInTown)) {
      const places = new Set(placesOfStream(scene, streamOf(aggregate, id)).map((place) => place.join()));
      const whole = ['d_shitan0001', 'd_zengcheng1', 'd_guangzhou1', 'd_province01'].join();
      expect([aggregate, ...places]).toEqual([aggregate, whole]);
    }
  });
});

describe('a right to record', () => {
  const elsewhere = 'v_xintang001';

  it('is over all villages that a command acts on', async () => {
    for (const [name, fields] of [
      ['mergeVillages', { merged: [elsewhere] }],
      ['adjustVillageBoundary', { counterpart: elsewhere }],
      ['proposeLinkVillages', { other: elsewhere }],
    ] as const) {
      expect([name, await isLetIn(shitan, name, fields)]).toEqual([name, false]);
      expect([name, await isLetIn(zengcheng, name, fields)]).toEqual([name, true]);
    }
  });

  it('is over where a village lies, not over where it is transferred to', async () => {
    expect(await isLetIn(shitan, 'transferVillage', { township: 'd_xintang001' })).toBe(true);
    expect(await isLetIn(shitan, 'transferVillage', { village: elsewhere, township: 'd_shitan0001' })).toBe(false);
  });

  it('is over what a creating command names: by village, by division, by code, by the organ', async () => {
    const outside = { decidedBy: { ...by.county.decidedBy, division: '440118' } };
    for (const [name, fields] of [
      ['raiseMatter', { village: elsewhere }],
      ['establishVillage', { township: 'd_xintang001' }],
      ['listDivision', { parent: 'd_zengcheng1' }],
      ['deployElectionRound', { division: '44' }],
      ['recordFigure', { scope: '440118' }],
      ['proposeAdoptStandard', { division: '440118' }],
      ['defineRegionTier', { include: ['440118102', '440118101'] }],
      ['changeRegionTier', { include: ['440118102', '440118101'] }],
      ['issuePolicyDocument', outside],
      ['appropriateFund', outside],
    ] as const) {
      expect([name, await isLetIn(shitan, name, fields)]).toEqual([name, false]);
      expect([name, await isLetIn(province, name, fields)]).toEqual([name, true]);
    }
  });

  it('is over everything, where a thing lies in no division', async () => {
    const organ = { decidedBy: { level: 'CENTRE', organ: '民政部' } };
    for (const name of ['issuePolicyDocument', 'appropriateFund']) {
      expect([name, await isLetIn(province, name, organ)]).toEqual([name, false]);
      expect([name, await isLetIn(centre, name, organ)]).toEqual([name, true]);
    }
  });

  it('is over what a new document ends, too', async () => {
    await guarded.api.tell({
      name: 'issuePolicyDocument',
      stream: 'document-pd_bbbbbbbb',
      effectiveOn: '2021-05-06',
      basis: undocumented,
      decidedBy: { level: 'COUNTY', organ: '区人民政府', division: '440118' },
      data: { title: '区文件', issuers: ['区人民政府'], kind: 'NOTICE', issuedOn: '2021-05-06', topics: [] },
    });
    expect(await isLetIn(shitan, 'issuePolicyDocument', { supersedes: ['pd_bbbbbbbb'] })).toBe(false);
    expect(await isLetIn(shitan, 'issuePolicyDocument', { supersedes: ['pd_aaaaaaaa'] })).toBe(true);
  });

  it('is refused the same, byte for byte, whether the thing is there or not, and for a repeat', async () => {
    const bytes = (text: string) => text.replace(/"requestId":"[^"]*"/, '').replace(/"basis":\{[^}]*\}/, '');
    const rename = { name: '新名村委会', effectiveOn: '2024-03-01' };
    const there = await send(shitan, 'renameVillage', { ...rename, village: elsewhere });
    const absent = await send(shitan, 'renameVillage', { ...rename, village: 'v_nowhere001' });
    expect(there.codes).toEqual(['FORBIDDEN']);
    expect(bytes(there.text)).toBe(bytes(absent.text));
    expect((await send(centre, 'renameVillage', { ...rename, village: 'v_nowhere001' })).codes).toEqual([
      'E_NOT_FOUND',
    ]);
    const raise = { commandId: 'raised-there', village: elsewhere, decidedBy: null };
    expect((await send(zengcheng, 'raiseMatter', raise)).codes).toEqual([]);
    expect(bytes((await send(shitan, 'raiseMatter', raise)).text)).toBe(
      bytes((await send(shitan, 'raiseMatter', { ...raise, commandId: 'raised-nowhere' })).text),
    );
    const same = await send(shitan, 'raiseMatter', { commandId: 'raised-there', village: 'v_xiawei0001' });
    expect(same.codes).toEqual(['FORBIDDEN']);
  });

  it('records by the name of who is known, whatever the input says', async () => {
    const query = 'mutation($i: RenameVillageInput!) { renameVillage(input: $i) { events { recordedBy } } }';
    const i = { commandId: 'r-1', village: 'v_xiawei0001', name: '下围新村委会', effectiveOn: '2024-03-01' };
    const { renameVillage } = await guarded.data(shitan, query, { i });
    expect(renameVillage.events).toEqual([{ recordedBy: shitan.id }]);
  });
});
