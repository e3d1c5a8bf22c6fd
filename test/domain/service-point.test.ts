import { describe, expect, it } from 'vitest';
import { servicePoint } from '../../src/domain/service-point.ts';
import { by, committees, refusedAs, villageIds } from '../support/acts.ts';
import { brokenField } from '../support/broken-field.ts';
import { given, type Scene } from '../support/given.ts';
import { divisionIds } from '../support/hamlet-county.ts';

const day = '2018-01-01';
const hall = { name: '政务服务中心', itemsOffered: 800, online: true };
const tiers = {
  PROVINCE: { tier: 'PROVINCE', division: divisionIds.province, ...hall },
  PREFECTURE: { tier: 'PREFECTURE', division: divisionIds.prefecture, parent: 'sp_province0', ...hall },
  COUNTY: { tier: 'COUNTY', division: divisionIds.county, parent: 'sp_prefecture', ...hall },
  TOWNSHIP: { tier: 'TOWNSHIP', division: divisionIds.shitan, parent: 'sp_county000', ...hall },
  VILLAGE: {
    tier: 'VILLAGE',
    village: villageIds.villagers,
    parent: 'sp_township0',
    name: '村服务站',
    itemsOffered: 60,
    online: true,
  },
} as const;
const stations = {
  PROVINCE: 'servicepoint-sp_province0',
  PREFECTURE: 'servicepoint-sp_prefecture',
  COUNTY: 'servicepoint-sp_county000',
  TOWNSHIP: 'servicepoint-sp_township0',
  VILLAGE: 'servicepoint-sp_village00',
} as const;
type Tier = keyof typeof tiers;
const down: readonly Tier[] = ['PROVINCE', 'PREFECTURE', 'COUNTY', 'TOWNSHIP', 'VILLAGE'];

const open = (
  scene: Scene,
  tier: Tier,
  change: object = {},
  stream: string = stations[tier],
  header: object = by.province,
) => scene.when(stream, 'openServicePoint', { ...tiers[tier], ...change }, day, header);

async function openDownTo(last: Tier): Promise<Scene> {
  const scene = await given(...committees);
  for (const tier of down.slice(0, down.indexOf(last) + 1)) await open(scene, tier);
  return scene;
}

describe('openServicePoint', () => {
  it('opens five tiers, each under the one above', async () => {
    const scene = await openDownTo('TOWNSHIP');
    await expect(open(scene, 'VILLAGE')).resolves.toEqual([
      { type: 'ServicePointOpened', effectiveOn: day, data: tiers.VILLAGE },
    ]);
  });

  it.each([
    ['no point above', { parent: undefined }],
    ['a point that is not there', { parent: 'sp_absent000' }],
    ['a point two tiers above', { parent: 'sp_county000' }],
  ])('refuses as servicepoint.NO_PARENT a village’s under %s', async (_, change) => {
    const scene = await openDownTo('TOWNSHIP');
    await expect(open(scene, 'VILLAGE', change)).rejects.toEqual(refusedAs('servicepoint.NO_PARENT'));
  });

  it('refuses a tier above that lies elsewhere, or is closed', async () => {
    const scene = await openDownTo('TOWNSHIP');
    const elsewhere = { division: divisionIds.zhongxin };
    await open(scene, 'TOWNSHIP', elsewhere, 'servicepoint-sp_zhongxin0');
    await expect(open(scene, 'VILLAGE', { parent: 'sp_zhongxin0' })).rejects.toEqual(
      refusedAs('servicepoint.NO_PARENT'),
    );
    await scene.when(stations.TOWNSHIP, 'closeServicePoint', {}, day, by.province);
    await expect(open(scene, 'VILLAGE')).rejects.toEqual(refusedAs('servicepoint.NO_PARENT'));
  });

  it('refuses a second open point of one tier, place and name, and another in the same stream', async () => {
    const scene = await openDownTo('COUNTY');
    const other = 'servicepoint-sp_bbbbbbbb';
    await expect(open(scene, 'COUNTY', {}, other)).rejects.toEqual(refusedAs('servicepoint.TWICE'));
    await expect(open(scene, 'COUNTY', { name: '分中心' }, other)).resolves.toHaveLength(1);
    await expect(open(scene, 'COUNTY', { name: '三中心' })).rejects.toEqual(refusedAs('servicepoint.EXISTS'));
  });

  it.each([
    ['is not there', { division: 'd_absent000' }],
    ['is of another tier', { division: divisionIds.shitan }],
  ])('refuses as servicepoint.PLACE_UNKNOWN a division that %s', async (_, change) => {
    const scene = await openDownTo('PREFECTURE');
    await expect(open(scene, 'COUNTY', change)).rejects.toEqual(refusedAs('servicepoint.PLACE_UNKNOWN'));
  });

  it('refuses a body of another territory', async () => {
    const scene = await openDownTo('TOWNSHIP');
    const when = open(scene, 'VILLAGE', {}, stations.VILLAGE, by.otherTownship);
    await expect(when).rejects.toEqual(refusedAs('act.OTHER_TERRITORY'));
  });

  it.each([
    ['a village with a division', 'division', { division: divisionIds.shitan }],
    ['a village without its id', 'village', { village: undefined }],
    ['a county with a village', 'village', { tier: 'COUNTY' }],
  ])('asks for one place: not %s', (_, field, change) => {
    expect(brokenField(servicePoint.commands.openServicePoint, { ...tiers.VILLAGE, ...change })).toBe(field);
  });
});

describe('closeServicePoint', () => {
  it('closes a point once, and another of its name may open', async () => {
    const scene = await openDownTo('COUNTY');
    const close = () => scene.when(stations.COUNTY, 'closeServicePoint', { reason: '合并' }, day, by.county);
    await expect(close()).resolves.toEqual([
      { type: 'ServicePointClosed', effectiveOn: day, data: { division: divisionIds.county, reason: '合并' } },
    ]);
    await expect(close()).resolves.toEqual([]);
    await expect(open(scene, 'COUNTY', {}, 'servicepoint-sp_bbbbbbbb')).resolves.toHaveLength(1);
  });

  it('refuses a point that is not there', async () => {
    const scene = await given(...committees);
    const close = scene.when(stations.COUNTY, 'closeServicePoint', {}, day, by.county);
    await expect(close).rejects.toEqual(refusedAs('servicepoint.UNKNOWN'));
  });
});

describe('recordServiceInvestment', () => {
  const invested = { amountFen: '90000000', qualifier: 'MORE_THAN', from: '2017-01', to: '2017-12' };

  it('records public money put into a point', async () => {
    const scene = await openDownTo('COUNTY');
    const record = (data: object) => scene.when(stations.COUNTY, 'recordServiceInvestment', data, day, by.county);
    await expect(record(invested)).resolves.toEqual([
      { type: 'ServiceInvestmentRecorded', effectiveOn: day, data: { division: divisionIds.county, ...invested } },
    ]);
  });

  it('asks for a period that ends after it begins', () => {
    const { recordServiceInvestment } = servicePoint.commands;
    expect(brokenField(recordServiceInvestment, { ...invested, to: '2016-12' })).toBe('to');
  });

  it('refuses a point that is not there', async () => {
    const scene = await given(...committees);
    const record = scene.when(stations.COUNTY, 'recordServiceInvestment', invested, day, by.county);
    await expect(record).rejects.toEqual(refusedAs('servicepoint.UNKNOWN'));
  });
});
