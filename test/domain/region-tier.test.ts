import { describe, expect, it } from 'vitest';
import { by, committees, refusedAs } from '../support/acts.ts';
import { given, type Scene } from '../support/given.ts';
import { divisionIds } from '../support/hamlet-county.ts';

const stream = 'tier-t_city0000';
const name = '广州市（不含中新镇）';
const set = { include: ['4401'], exclude: ['440118104'] };
const pinned = { ...set, included: [divisionIds.prefecture], excluded: [divisionIds.zhongxin] };

const define = (scene: Scene, change: object = {}, header: object = by.province) =>
  scene.when(stream, 'defineRegionTier', { name, ...set, ...change }, '2018-01-01', header);
async function defined(): Promise<Scene> {
  const scene = await given(...committees);
  await define(scene);
  return scene;
}

describe('defineRegionTier', () => {
  it('keeps the codes and the ids that they meant on the day', async () => {
    expect(await define(await given(...committees))).toEqual([
      { type: 'RegionTierDefined', effectiveOn: '2018-01-01', data: { name, ...pinned } },
    ]);
  });

  it('refuses a code that is no division’s', async () => {
    const scene = await given(...committees);
    await expect(define(scene, { include: ['4499'] })).rejects.toEqual(refusedAs('tier.UNKNOWN_CODE'));
    await expect(define(scene, { exclude: ['440199'] })).rejects.toEqual(refusedAs('tier.UNKNOWN_CODE'));
  });

  it.each([
    ['in none that is included', { include: ['440119'], exclude: ['440118104'] }],
    ['above what is included', { include: ['440118'], exclude: ['4401'] }],
    ['that is itself included', { include: ['440118'], exclude: ['440118'] }],
  ])('refuses to exclude a division %s', async (_, change) => {
    await expect(define(await given(...committees), change)).rejects.toEqual(refusedAs('tier.OUTSIDE'));
  });

  it('refuses a second definition', async () => {
    await expect(define(await defined(), { name: '另一档' })).rejects.toEqual(refusedAs('tier.EXISTS'));
  });

  it('refuses a county, and a city that includes another’s divisions', async () => {
    const scene = await given(...committees);
    await expect(define(scene, {}, by.county)).rejects.toEqual(refusedAs('act.NOT_AUTHORIZED'));
    const other = define(scene, { include: ['44'], exclude: [] }, by.prefecture);
    await expect(other).rejects.toEqual(refusedAs('act.OTHER_TERRITORY'));
  });
});

describe('changeRegionTier', () => {
  it('states the whole set anew, and nothing where it is the same', async () => {
    const scene = await defined();
    const change = (data: object) => scene.when(stream, 'changeRegionTier', data, '2019-01-01', by.province);
    expect(await change(set)).toEqual([]);
    const [fact] = await change({ include: ['440119', '440118'] });
    expect(fact?.type).toBe('RegionTierChanged');
    expect(fact?.data).toEqual({
      include: ['440119', '440118'],
      included: [divisionIds.newCounty, divisionIds.county],
      excluded: [],
    });
  });

  it('refuses a tier that is not there on the day', async () => {
    const when = (await defined()).when(stream, 'changeRegionTier', set, '2017-12-31', by.province);
    await expect(when).rejects.toEqual(refusedAs('tier.ABSENT'));
  });
});

describe('endRegionTier', () => {
  const end = (scene: Scene, on: string, header: object) => scene.when(stream, 'endRegionTier', {}, on, header);

  it('ends it once', async () => {
    const scene = await defined();
    expect(await end(scene, '2020-12-31', by.province)).toEqual([
      { type: 'RegionTierEnded', effectiveOn: '2020-12-31', data: {} },
    ]);
    await expect(end(scene, '2021-01-01', by.province)).rejects.toEqual(refusedAs('tier.ABSENT'));
  });

  it('refuses a body of another level', async () => {
    await expect(end(await defined(), '2020-12-31', by.county)).rejects.toEqual(refusedAs('act.NOT_AUTHORIZED'));
  });
});
