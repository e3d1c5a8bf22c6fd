import { describe, expect, it } from 'vitest';
import { by, committees, refusedAs } from '../support/acts.ts';
import { given, type Scene } from '../support/given.ts';
import { divisionIds } from '../support/hamlet-county.ts';

const stream = 'appropriation-a_fund0000';
const regionTier = 't_county00';
const fund = { purpose: 'OPERATING_FUND', amountFen: '100000', fiscalYear: 2019, regionTier };
const part = { toDivision: '440118', amountFen: '60000', villages: 2, regionTier };

const set = (scene: Scene, data: object = fund, on = '2018-12-20', header: object = by.province) =>
  scene.when(stream, 'appropriateFund', data, on, header);
const allocate = (scene: Scene, change: object = {}, on = '2019-01-10', header: object = by.province) =>
  scene.when(stream, 'allocateFund', { ...part, ...change }, on, header);

/** A log with the region tier 增城 without 中新. */
async function tiered(): Promise<Scene> {
  const scene = await given(...committees);
  const held = { name: '增城区（不含中新镇）', include: ['440118'], exclude: ['440118104'] };
  await scene.when(`tier-${regionTier}`, 'defineRegionTier', held, '2018-01-01', by.province);
  return scene;
}
async function appropriated(): Promise<Scene> {
  const scene = await tiered();
  await set(scene);
  return scene;
}

describe('appropriateFund', () => {
  it('keeps the level and the division of the organ', async () => {
    expect(await set(await tiered())).toEqual([
      {
        type: 'FundAppropriated',
        effectiveOn: '2018-12-20',
        data: { ...fund, fromLevel: 'PROVINCE', fromDivision: '44' },
      },
    ]);
  });

  it('refuses an amount of zero, a tier that is not there, and a second time', async () => {
    const zero = set(await tiered(), { ...fund, amountFen: '0' });
    await expect(zero).rejects.toEqual(refusedAs('appropriation.ZERO_AMOUNT'));
    const unknown = set(await tiered(), { ...fund, regionTier: 't_absent00' });
    await expect(unknown).rejects.toEqual(refusedAs('appropriation.UNKNOWN_TIER'));
    await expect(set(await appropriated())).rejects.toEqual(refusedAs('appropriation.EXISTS'));
  });

  it('refuses a township', async () => {
    const when = set(await tiered(), fund, '2018-12-20', by.township);
    await expect(when).rejects.toEqual(refusedAs('act.NOT_AUTHORIZED'));
  });
});

describe('allocateFund', () => {
  it('keeps the division that the code meant, and the fund’s year', async () => {
    expect(await allocate(await appropriated())).toEqual([
      {
        type: 'FundAllocated',
        effectiveOn: '2019-01-10',
        data: { ...part, fiscalYear: 2019, division: divisionIds.county },
      },
    ]);
  });

  it('allocates all of the fund and not a fen more, later allocations counted', async () => {
    const scene = await appropriated();
    await allocate(scene, {}, '2019-06-30');
    await expect(allocate(scene, { amountFen: '40001' })).rejects.toEqual(refusedAs('appropriation.EXCEEDED'));
    await expect(allocate(scene, { amountFen: '40000' })).resolves.toHaveLength(1);
  });

  it('has again what a voided allocation took', async () => {
    const scene = await appropriated();
    await allocate(scene);
    await scene.whenVoided(`${stream}.1`);
    await expect(allocate(scene, { amountFen: '100000' })).resolves.toHaveLength(1);
  });

  it('takes a division that lies in the tier in part, and refuses one outside', async () => {
    await expect(allocate(await appropriated(), { toDivision: '4401' })).resolves.toHaveLength(1);
    for (const toDivision of ['440119', '440118104']) {
      const outside = allocate(await appropriated(), { toDivision });
      await expect(outside).rejects.toEqual(refusedAs('appropriation.OUTSIDE_TIER'));
    }
  });

  it('refuses another tier than the fund’s, or one that has ended', async () => {
    const other = allocate(await appropriated(), { regionTier: undefined });
    await expect(other).rejects.toEqual(refusedAs('appropriation.UNKNOWN_TIER'));
    const scene = await appropriated();
    await scene.when(`tier-${regionTier}`, 'endRegionTier', {}, '2019-01-01', by.province);
    await expect(allocate(scene)).rejects.toEqual(refusedAs('appropriation.UNKNOWN_TIER'));
  });

  it('refuses an amount of zero, a division that is not there, and a fund before its day', async () => {
    const scene = await appropriated();
    await expect(allocate(scene, { amountFen: '0' })).rejects.toEqual(refusedAs('appropriation.ZERO_AMOUNT'));
    await expect(allocate(scene, { toDivision: '440199' })).rejects.toEqual(
      refusedAs('appropriation.UNKNOWN_DIVISION'),
    );
    await expect(allocate(scene, {}, '2018-12-19')).rejects.toEqual(refusedAs('appropriation.ABSENT'));
  });

  it('refuses a county', async () => {
    const when = allocate(await appropriated(), {}, '2019-01-10', by.county);
    await expect(when).rejects.toEqual(refusedAs('act.NOT_AUTHORIZED'));
  });
});
