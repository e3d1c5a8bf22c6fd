/** An illustrative province: divisions and villages that stand for none in the world. */
import { createHash } from 'node:crypto';
import type { VillageRecord } from '../domain/village-catalogue.ts';
import type { DivisionView } from '../domain/world.ts';
import type { Random } from './random.ts';

/** A code that no real province has. */
const provinceCode = '99';
const characters = [...'东西南北上下大小新石塘岗田坑洲沙龙白马云山水桥头围陂坝岭湖江溪湾村口平安和永长福清河阳'];

export interface SimulatedVillage {
  readonly id: string;
  readonly record: VillageRecord;
}

export interface SimulatedProvince {
  /** From the province down, so that each stands after the one above it. */
  readonly divisions: readonly DivisionView[];
  readonly divisionsById: ReadonlyMap<string, DivisionView>;
  readonly villages: readonly SimulatedVillage[];
}

const idFrom = (prefix: string, seed: number, code: string) =>
  `${prefix}_${createHash('sha256').update(`simulated:${seed}:${code}`).digest('hex').slice(0, 20)}`;

const pad = (number: number, width: number) => String(number).padStart(width, '0');

/** A province of `villages` villages in Guangdong's proportions: 21 prefectures, 6 counties each; fewer where that would leave
 *  less than 20 villages to a county. */
export function simulateProvince(villages: number, seed: number, random: Random): SimulatedProvince {
  const divisions: DivisionView[] = [];
  const add = (code: string, name: string, level: DivisionView['level'], parent: string | null) => {
    const division = { id: idFrom('d', seed, code), code, name: `模拟${name}`, level, parent };
    divisions.push(division);
    return division;
  };
  const province = add(provinceCode, '省', 'PROVINCE', null);
  const counties = Math.min(21 * 6, Math.max(1, Math.floor(villages / 20)));
  const prefectures = Math.min(21, counties);
  const countiesEach = Math.ceil(counties / prefectures);
  const townshipsPerCounty = Math.min(99, Math.max(1, Math.ceil(villages / (prefectures * countiesEach * 17))));
  const townships: { place: Pick<VillageRecord, 'township' | 'county' | 'prefecture'>; code: string }[] = [];
  for (let p = 1; p <= prefectures; p += 1) {
    const prefecture = add(`${provinceCode}${pad(p, 2)}`, `${p}市`, 'PREFECTURE', province.id);
    for (let c = 1; c <= countiesEach; c += 1) {
      const county = add(`${prefecture.code}${pad(c, 2)}`, `${p}-${c}县`, 'COUNTY', prefecture.id);
      for (let t = 1; t <= townshipsPerCounty; t += 1) {
        const township = add(`${county.code}${pad(100 + t, 3)}`, `${p}-${c}-${t}镇`, 'TOWNSHIP', county.id);
        const place = { township: township.id, county: county.id, prefecture: prefecture.id };
        townships.push({ place, code: township.code });
      }
    }
  }
  const divisionsById = new Map(divisions.map((division) => [division.id, division]));
  return { divisions, divisionsById, villages: settle(villages, townships, seed, random) };
}

function settle(
  count: number,
  townships: readonly { place: Pick<VillageRecord, 'township' | 'county' | 'prefecture'>; code: string }[],
  seed: number,
  random: Random,
): SimulatedVillage[] {
  return Array.from({ length: count }, (_, at) => {
    const township = townships[at % townships.length] as (typeof townships)[number];
    const number = Math.floor(at / townships.length) + 1;
    const residents = random.chance(0.27);
    const code = `${township.code}${pad((residents ? 0 : 200) + (number % 199) + (residents ? 1 : 0), 3)}`;
    const shortName = simulatedName(random);
    const record: VillageRecord = {
      code,
      name: `${shortName}${residents ? '社区居委会' : '村委会'}`,
      shortName,
      kind: residents ? 'RESIDENTS_COMMITTEE' : 'VILLAGERS_COMMITTEE',
      isVirtual: false,
      ...township.place,
    };
    return { id: idFrom('v', seed, `${code}:${at}`), record };
  });
}

/** Two or three characters of common village names; any likeness is chance. */
export function simulatedName(random: Random): string {
  const length = random.chance(0.7) ? 2 : 3;
  return Array.from({ length }, () => random.pick(characters)).join('');
}
