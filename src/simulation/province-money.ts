/** What the simulated province and its prefectures decide about money: a region tier, the standards of villages' funds, and what they
 *  set aside and allocate each year. Amounts are invented. */
import { streamOf } from '../es/event.ts';
import { firstYear, offsetOf } from './calendar.ts';
import { organOf, type Step, simulatedDocument, stepsOn } from './life.ts';
import type { SimulatedProvince } from './province.ts';
import { simulatedId } from './simulated-hash.ts';

const basis = simulatedDocument('村级组织运转经费保障');
const tier = simulatedId('t', 'tier');
/** Until this year the tier is the wider one. */
const changedIn = 2024;
/** From this year on villages get more. */
const raisedIn = 2022;

/** Funds that each village gets each year. */
export const villageFunds = ['OFFICE_FUND', 'PARTY_SERVICE_FUND'] as const;
export type VillageFund = (typeof villageFunds)[number];
const amountsYuan = { OFFICE_FUND: [20_000, 30_000], PARTY_SERVICE_FUND: [40_000, 50_000] } as const;

const isRaised = (year: number) => year >= raisedIn;

/** What a village gets in a year, in fen. */
export const fundFen = (kind: VillageFund, year: number): number => amountsYuan[kind][isRaised(year) ? 1 : 0] * 100;
/** Id of the standard that says so. */
export const fundStandard = (kind: VillageFund, year: number): string =>
  simulatedId('s', kind, isRaised(year) ? raisedIn : firstYear);

/** Whether the standards hold for a prefecture: for all but the richest, the last, where there is more than one. */
export const isInTier = ({ divisions }: SimulatedProvince, prefecture: string, year = firstYear): boolean =>
  !excludedIn({ divisions }, year).some(({ id }) => id === prefecture);

function excludedIn({ divisions }: Pick<SimulatedProvince, 'divisions'>, year: number) {
  const prefectures = divisions.filter(({ level }) => level === 'PREFECTURE');
  const richest = year < changedIn ? 1 : 2;
  return prefectures.slice(Math.max(1, prefectures.length - richest));
}

/** The acts in the order of their days, through so many years. */
export function* provinceMoney(province: SimulatedProvince, years: number): Generator<Step> {
  for (let year = firstYear; year < firstYear + years; year += 1) {
    yield* regionTiers(province, year);
    if (year === firstYear || year === raisedIn) yield* standards(province, year);
    for (const kind of villageFunds) yield* appropriations(province, kind, year);
  }
}

function* regionTiers({ divisions }: SimulatedProvince, year: number): Generator<Step> {
  const [province] = divisions;
  if (!province || (year !== firstYear && year !== changedIn)) return;
  const exclude = excludedIn({ divisions }, year).map(({ code }) => code);
  const set = { include: [province.code], ...(exclude.length ? { exclude } : {}) };
  const step = stepsOn(streamOf('tier', tier), basis);
  const decidedBy = organOf(province);
  if (year === firstYear) yield step(0, 'defineRegionTier', { name: '模拟欠发达地区', ...set }, { decidedBy });
  else yield step(offsetOf(year, 1), 'changeRegionTier', set, { decidedBy });
}

function* standards({ divisions }: SimulatedProvince, year: number): Generator<Step> {
  const [province] = divisions;
  if (!province) return;
  for (const kind of villageFunds) {
    const step = stepsOn(streamOf('standard', fundStandard(kind, year)), basis);
    const before = year === firstYear ? {} : { supersedes: fundStandard(kind, year - 1) };
    const terms = { method: 'FIXED', per: 'VILLAGE_YEAR', amountFen: String(fundFen(kind, year)) };
    const data = { kind, beneficiary: 'VILLAGE', ...terms, regionTier: tier, ...before };
    yield step(offsetOf(year, 1), 'adoptStandard', data, { decidedBy: organOf(province) });
  }
}

/** A fund of the province for the prefectures of the tier, and one of each prefecture for its counties. */
function* appropriations(province: SimulatedProvince, kind: VillageFund, year: number): Generator<Step> {
  const counts = villagesBy(province);
  for (const giver of province.divisions) {
    if (giver.level !== 'PROVINCE' && giver.level !== 'PREFECTURE') continue;
    const isProvince = giver.level === 'PROVINCE';
    const takers = province.divisions.filter(
      ({ id, parent }) => parent === giver.id && counts.has(id) && (!isProvince || isInTier(province, id, year)),
    );
    const villages = takers.reduce((sum, { id }) => sum + (counts.get(id) ?? 0), 0);
    if (villages === 0) continue;
    // Each bears a half.
    const fen = (of: number) => String((of * fundFen(kind, year)) / 2);
    const step = stepsOn(streamOf('appropriation', simulatedId('a', giver.id, kind, year)), basis);
    const ofTier = isProvince ? { regionTier: tier } : {};
    const decidedBy = organOf(giver);
    const on = offsetOf(year, 1, isProvince ? 10 : 20);
    const fund = { purpose: kind, amountFen: fen(villages), fiscalYear: year, ...ofTier };
    yield step(on, 'appropriateFund', fund, { decidedBy });
    for (const { id, code } of takers) {
      const reckoned = counts.get(id) ?? 0;
      const part = { toDivision: code, amountFen: fen(reckoned), villages: reckoned, ...ofTier };
      yield step(on + 5, 'allocateFund', part, { decidedBy });
    }
  }
}

/** Villages of each prefecture and county that has any. */
function villagesBy({ villages }: SimulatedProvince): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { record } of villages) {
    for (const id of [record.prefecture, record.county ?? '']) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}
