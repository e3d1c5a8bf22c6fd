import { describe, expect, it } from 'vitest';
import { given, type Scene, type Told } from '../support/given.ts';
import {
  approval,
  divisionIds,
  ids,
  of,
  places,
  start,
  streams,
  villagesListed,
  xiawei,
} from '../support/hamlet-county.ts';
import { worldOf } from '../support/world.ts';

const world: readonly Told[] = [...places, ...villagesListed];
const { zhongxin, shitan, county, newCounty, prefecture } = divisionIds;
const day = '2019-01-01';
const refused = (code: string) => expect.objectContaining({ code });
const village = async (scene: Scene, on = '2020-01-01') => worldOf(await scene.log()).village(ids.xiawei, on);

/** Each kind of event: the command that makes it, and the one that puts another in its place. */
const kinds: readonly (readonly [name: string, data: object, corrected: object])[] = [
  ['renameVillage', { name: '上围村委会' }, { name: '东围村委会' }],
  ['changeVillageCode', { code: '440118102250' }, { code: '440118102251' }],
  ['changeVillageKind', { kind: 'QUASI_VILLAGERS' }, { kind: 'QUASI_RESIDENTS' }],
  ['transferVillage', { township: zhongxin }, { township: zhongxin, code: '440118104243' }],
  ['delistVillage', { reason: '拆迁' }, { reason: '合并' }],
  ['abolishVillage', { successors: [], approval }, { successors: [ids.baima], approval }],
  [
    'mergeVillages',
    { merged: [ids.baima], approval },
    { merged: [ids.baima], approval: { ...approval, townshipProposedOn: '2018-01-02' } },
  ],
  [
    'splitVillage',
    { parts: [{ name: '上围村委会' }], continues: true, approval },
    { parts: [{ name: '东围村委会' }], continues: true, approval },
  ],
  ['adjustVillageBoundary', { counterpart: ids.baima, gained: '田' }, { counterpart: ids.baima, lost: '田' }],
  ['classifyVillage', { class: 'TOWN_CENTRE' }, { class: 'VILLAGE_AREA' }],
  ['unlinkVillage', {}, {}],
];

describe.each(kinds)('an event of %s', (name, data, corrected) => {
  const target = `${streams.xiawei}.1`;

  it('is voided, and reinstated by voiding the void', async () => {
    const scene = await given(...world);
    const before = await village(scene);
    await scene.when(streams.xiawei, name, data, day);
    const after = await village(scene);
    const [voided] = await scene.whenVoided(target);
    expect(voided).toMatchObject({ type: 'EventVoided', effectiveOn: day, data: { eventId: target } });
    expect(await village(scene)).toEqual(before);
    await scene.whenVoided((await scene.log()).at(-1)?.id as string);
    expect(await village(scene)).toEqual(after);
  });

  it('is replaced as if it had never been', async () => {
    const plain = await given(...world);
    await plain.when(streams.xiawei, name, corrected, '2018-06-01');
    const scene = await given(...world);
    await scene.when(streams.xiawei, name, data, day);
    const [first] = await scene.when(streams.xiawei, name, corrected, '2018-06-01', { corrects: target });
    expect(first?.effectiveOn).toBe('2018-06-01');
    for (const on of [start, '2018-06-01', day]) expect(await village(scene, on)).toEqual(await village(plain, on));
  });
});

describe('a correction', () => {
  it('that is corrected again leaves the first version voided', async () => {
    const scene = await given(...world);
    await scene.when(streams.xiawei, 'renameVillage', { name: '上围村委会' }, '2017-01-01');
    const twice = { corrects: `${streams.xiawei}.1` };
    await scene.when(streams.xiawei, 'renameVillage', { name: '东围村委会' }, '2018-01-01', twice);
    const thrice = { corrects: `${streams.xiawei}.2` };
    await scene.when(streams.xiawei, 'renameVillage', { name: '西围村委会' }, '2019-01-01', thrice);
    expect((await village(scene, '2018-06-01'))?.name).toBe(xiawei.name);
    expect((await village(scene, '2019-06-01'))?.name).toBe('西围村委会');
    await scene.whenVoided(`${streams.xiawei}.3`);
    expect((await village(scene, '2018-06-01'))?.name).toBe('东围村委会');
    await scene.whenVoided(`${streams.xiawei}.2`);
    expect((await village(scene, '2018-06-01'))?.name).toBe('上围村委会');
  });

  it('that states nothing is refused: there is nothing to replace the event by', async () => {
    const scene = await given(...world);
    await scene.when(streams.xiawei, 'renameVillage', { name: '上围村委会' }, day);
    const back = scene.when(streams.xiawei, 'renameVillage', { name: xiawei.name }, day, {
      corrects: `${streams.xiawei}.1`,
    });
    await expect(back).rejects.toEqual(refused('E_CORRECTION_TARGET'));
  });
});

describe('a voided listing', () => {
  it('takes the ground from what followed, and nothing breaks', async () => {
    const scene = await given(...world);
    await scene.when(streams.xiawei, 'renameVillage', { name: '上围村委会' }, day);
    await scene.whenVoided(`${streams.xiawei}.0`);
    expect(await village(scene)).toBeNull();
    const rename = scene.when(streams.xiawei, 'renameVillage', { name: '东围村委会' }, day);
    await expect(rename).rejects.toEqual(refused('E_VILLAGE_NOT_ACTIVE'));
    await expect(scene.when(streams.xiawei, 'listVillage', xiawei, start)).resolves.toHaveLength(1);
    expect((await village(scene))?.name).toBe('上围村委会');
  });
});

describe('a township’s move', () => {
  const moved = of('division-d_shitan000', 'DivisionTransferred', day, {
    fromParent: county,
    toParent: newCounty,
    county: newCounty,
    prefecture,
    villages: [ids.xiawei, ids.baima],
  });

  it('is known to the villages that it names', async () => {
    const scene = await given(...world, moved);
    const record = { ...xiawei, county: newCounty };
    expect(await village(scene)).toMatchObject({ county: newCounty, township: shitan });
    await expect(scene.when(streams.xiawei, 'listVillage', record, '2020-01-01')).resolves.toEqual([]);
  });

  it('does not reach a village that a late event moved to another township before', async () => {
    const scene = await given(...world, moved);
    await scene.when(streams.xiawei, 'transferVillage', { township: zhongxin }, '2018-01-01');
    expect(await village(scene)).toMatchObject({ county, township: zhongxin });
  });
});
