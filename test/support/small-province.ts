/** A province of two prefectures, small enough to be known by heart: commands that list it on 2016-07-31. */
import { streamOf } from '../../src/es/event.ts';
import type { LedgerApi } from './ledger-api.ts';

export const firstDay = '2016-07-31';

const divisions = [
  ['d_province01', '44', '广东省', 'PROVINCE', undefined],
  ['d_guangzhou1', '4401', '广州市', 'PREFECTURE', 'd_province01'],
  ['d_dongguan01', '4419', '东莞市', 'PREFECTURE', 'd_province01'],
  ['d_zengcheng1', '440118', '增城区', 'COUNTY', 'd_guangzhou1'],
  ['d_shitan0001', '440118102', '石滩镇', 'TOWNSHIP', 'd_zengcheng1'],
  ['d_xintang001', '440118101', '新塘镇', 'TOWNSHIP', 'd_zengcheng1'],
  ['d_humen00001', '441900121', '虎门镇', 'TOWNSHIP', 'd_dongguan01'],
] as const;

const shitan = { township: 'd_shitan0001', county: 'd_zengcheng1', prefecture: 'd_guangzhou1' };
const xintang = { township: 'd_xintang001', county: 'd_zengcheng1', prefecture: 'd_guangzhou1' };
const humen = { township: 'd_humen00001', county: undefined, prefecture: 'd_dongguan01' };

const villages = [
  ['v_xiawei0001', '440118102243', '下围村委会', '下围', 'VILLAGERS_COMMITTEE', shitan],
  ['v_baima00001', '440118102201', '白马村委会', '白马', 'VILLAGERS_COMMITTEE', shitan],
  ['v_shitan0001', '440118102001', '石滩社区居委会', '石滩', 'RESIDENTS_COMMITTEE', shitan],
  ['v_nongchang1', '440118102501', '石滩农场生活区', '石滩农场', 'QUASI_VILLAGERS', shitan],
  ['v_xintang001', '440118101001', '新塘社区居委会', '新塘', 'RESIDENTS_COMMITTEE', xintang],
  ['v_humen00001', '441900121001', '虎门社区居委会', '虎门', 'RESIDENTS_COMMITTEE', humen],
] as const;

/** Lists all divisions and villages of the province. */
export async function listProvince(api: LedgerApi): Promise<void> {
  for (const [id, code, name, level, parent] of divisions) {
    await api.tell({
      name: 'listDivision',
      stream: streamOf('division', id),
      data: { code, name, level, parent },
      effectiveOn: firstDay,
    });
  }
  for (const [id, code, name, shortName, kind, place] of villages) {
    await api.tell({
      name: 'listVillage',
      stream: streamOf('village', id),
      data: { code, name, shortName, kind, isVirtual: false, ...place },
      effectiveOn: firstDay,
    });
  }
}
