/** One county with two townships, and villages in them, for the tests of the domain. */
import type { VillageRecord } from '../../src/domain/village-catalogue.ts';
import { streamOf } from '../../src/es/event.ts';
import type { Told } from './given.ts';

export const start = '2016-07-31';

export const divisionIds = {
  province: 'd_province0',
  prefecture: 'd_prefecture',
  county: 'd_countyold',
  newCounty: 'd_countynew',
  shitan: 'd_shitan000',
  zhongxin: 'd_zhongxin0',
} as const;

const { province, prefecture, county, newCounty, shitan, zhongxin } = divisionIds;

const listed = (id: string, data: object): Told => ({
  stream: streamOf('division', id),
  type: 'DivisionListed',
  effectiveOn: start,
  data,
});

export const places: readonly Told[] = [
  listed(province, { code: '44', name: '广东省', level: 'PROVINCE' }),
  listed(prefecture, { code: '4401', name: '广州市', level: 'PREFECTURE', parent: province }),
  listed(county, { code: '440118', name: '增城区', level: 'COUNTY', parent: prefecture }),
  listed(newCounty, { code: '440119', name: '新区', level: 'COUNTY', parent: prefecture }),
  listed(shitan, { code: '440118102', name: '石滩镇', level: 'TOWNSHIP', parent: county }),
  listed(zhongxin, { code: '440118104', name: '中新镇', level: 'TOWNSHIP', parent: county }),
];

export const xiawei: VillageRecord = {
  code: '440118102243',
  name: '下围村委会',
  shortName: '下围',
  kind: 'VILLAGERS_COMMITTEE',
  isVirtual: false,
  township: shitan,
  county,
  prefecture,
};
export const baima: VillageRecord = { ...xiawei, code: '440118102244', name: '白马村委会', shortName: '白马' };
export const ids = {
  xiawei: 'v_xiawei000',
  baima: 'v_baima0000',
  other: 'v_other0000',
  absent: 'v_absent000',
} as const;
export const streams = {
  xiawei: streamOf('village', ids.xiawei),
  baima: streamOf('village', ids.baima),
  other: streamOf('village', ids.other),
  absent: streamOf('village', ids.absent),
} as const;

/** A fact of a village's stream. */
export const of = (stream: string, type: string, effectiveOn: string, data: object): Told => ({
  stream,
  type,
  effectiveOn,
  data,
});

export const villagesListed: readonly Told[] = [
  of(streams.xiawei, 'VillageListed', start, xiawei),
  of(streams.baima, 'VillageListed', start, baima),
];

/** All three steps of an approval, in their order, before 2019. */
export const approval = {
  townshipProposedOn: '2018-01-01',
  assemblyConsentedOn: '2018-02-01',
  countyApprovedOn: '2018-03-01',
};
