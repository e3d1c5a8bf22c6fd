import { beforeEach, describe, expect, it } from 'vitest';
import type { World } from '../../src/domain/world.ts';
import { worldOf } from '../../src/graphql/world.ts';
import { type LedgerApi, ledgerApi } from '../support/ledger-api.ts';
import { listProvince } from '../support/small-province.ts';

let api: LedgerApi;
let world: World;
beforeEach(async () => {
  api = await ledgerApi();
  await listProvince(api);
  world = worldOf(api.readModel);
});

const day = '2020-01-01';

describe('worldOf()', () => {
  it('finds divisions by id and code, listed ones only', async () => {
    const shitan = { id: 'd_shitan0001', code: '440118102', name: '石滩镇', level: 'TOWNSHIP', parent: 'd_zengcheng1' };
    expect(world.division('d_shitan0001', day)).toEqual(shitan);
    expect(world.divisionByCode('440118102', day)).toEqual(shitan);
    await api.tell({ name: 'delistDivision', stream: 'division-d_shitan0001', data: {}, effectiveOn: '2019-01-01' });
    expect(world.division('d_shitan0001', day)).toBeNull();
    expect(world.divisionByCode('440118102', day)).toBeNull();
    expect(world.divisionByCode('440118102', '2018-12-31')).toEqual(shitan);
  });

  it('finds villages by id whatever their status, by code only listed ones', async () => {
    expect(world.villageByCode('440118102243', day)).toMatchObject({
      id: 'v_xiawei0001',
      status: 'LISTED',
      name: '下围村委会',
    });
    await api.tell({ name: 'delistVillage', stream: 'village-v_xiawei0001', data: {}, effectiveOn: '2019-01-01' });
    expect(world.village('v_xiawei0001', day)).toMatchObject({
      status: 'DELISTED',
      code: '440118102243',
      shortName: '下围',
    });
    expect(world.villageByCode('440118102243', day)).toBeNull();
    expect(world.village('v_xiawei0001', '2016-01-01')).toBeNull();
    expect(world.village('v_nobody0001', day)).toBeNull();
  });

  it('knows a code that was carried before as retired', async () => {
    const change = { name: 'changeVillageCode', stream: 'village-v_xiawei0001', effectiveOn: '2019-01-01' };
    await api.tell({ ...change, data: { code: '440118102244' } });
    expect(world.isCodeRetired('440118102243', day)).toBe(true);
    expect(world.isCodeRetired('440118102243', '2016-07-31')).toBe(false);
    expect(world.isCodeRetired('440118102299', day)).toBe(false);
  });

  it('finds namesakes of one kind in a township', () => {
    const found = (kind: string) => world.villagesNamed('d_shitan0001', kind, '下围', day).map(({ id }) => id);
    expect(found('VILLAGERS_COMMITTEE')).toEqual(['v_xiawei0001']);
    expect(found('RESIDENTS_COMMITTEE')).toEqual([]);
  });

  it.each([
    ['d_xintang001', ['v_xintang001']],
    ['d_zengcheng1', ['v_baima00001', 'v_nongchang1', 'v_shitan0001', 'v_xiawei0001', 'v_xintang001']],
    ['d_dongguan01', ['v_humen00001']],
    ['d_province01', ['v_baima00001', 'v_humen00001', 'v_nongchang1', 'v_shitan0001', 'v_xiawei0001', 'v_xintang001']],
    ['d_nothing001', []],
  ])('names the villages below %s', (division, ids) => {
    expect(world.villagesBelow(division, day).toSorted()).toEqual(ids);
  });
});
