/** Rules that several village decisions share. */
import type { z } from 'zod';
import type { DecisionContext } from '../es/aggregate.ts';
import { refuse } from './refuse.ts';
import type { ApprovalSteps, VillageKind } from './scalars.ts';
import type { DivisionView, World } from './world.ts';

type Context = DecisionContext<World>;

/** Bands of the last three digits (国家统计局, 统计用区划代码编制规则): first and last number, and the kind they say. */
const bands: readonly (readonly [number, number, VillageKind])[] = [
  [1, 199, 'RESIDENTS_COMMITTEE'],
  [200, 399, 'VILLAGERS_COMMITTEE'],
  [400, 499, 'QUASI_RESIDENTS'],
  [500, 599, 'QUASI_VILLAGERS'],
];

/** The kind that a village code's last three digits say; null outside all bands. */
export function kindOfCode(code: string): VillageKind | null {
  const number = Number(code.slice(9));
  return bands.find(([first, last]) => first <= number && number <= last)?.[2] ?? null;
}

/** 498 and 598 are kept for virtual communities. */
export const isVirtualCode = (code: string): boolean => code.endsWith('498') || code.endsWith('598');

/** A township with what lies above it. Errors: `E_DIVISION_UNKNOWN`. */
export function placeOf(township: string, { world, effectiveOn }: Context) {
  const found = world.division(township, effectiveOn);
  if (found?.level !== 'TOWNSHIP')
    return refuse('E_DIVISION_UNKNOWN', `There is no such township on ${effectiveOn}.`, { division: township });
  const above: DivisionView[] = [];
  for (let at = found.parent; at; ) {
    const division = world.division(at, effectiveOn);
    if (!division) break;
    above.push(division);
    at = division.parent;
  }
  const county = above.find((division) => division.level === 'COUNTY');
  const prefecture = above.find((division) => division.level === 'PREFECTURE');
  if (!prefecture)
    return refuse('E_DIVISION_UNKNOWN', 'The township lies in no prefecture on that day.', { division: township });
  return {
    township,
    county: county?.id,
    prefecture: prefecture.id,
    names: [found, ...above].map((division) => division.name),
  };
}

/** Refuses a code of another kind or township, one in use, and one that was another village's. */
export function checkCode(code: string, kind: VillageKind, township: string, context: Context): void {
  const { world, effectiveOn, self } = context;
  if (kindOfCode(code) !== kind)
    refuse('E_CODE_BAND', `The last digits of ${code} do not say ${kind}.`, { statisticalCode: code });
  const place = world.division(township, effectiveOn);
  if (place && !code.startsWith(place.code)) {
    refuse('E_CODE_BAND', `${code} does not begin with the township's code ${place.code}.`, { statisticalCode: code });
  }
  const holder = world.villageByCode(code, effectiveOn);
  if (holder && holder.id !== self)
    refuse('E_CODE_TAKEN', `Another village carries ${code} on ${effectiveOn}.`, { village: holder.id });
  if (!holder && world.isCodeRetired(code, effectiveOn)) {
    refuse('E_CODE_RETIRED', `${code} was carried before and is retired.`, {
      source: '民政部令第79号',
    });
  }
}

/** Refuses a name that another village of the kind has in the township. */
export function checkName(township: string, kind: VillageKind, shortName: string, context: Context): void {
  const same = context.world.villagesNamed(township, kind, shortName, context.effectiveOn);
  const other = same.find((village) => village.id !== context.self);
  if (other)
    refuse('E_NAME_TAKEN', `${shortName} is the name of another village of the township.`, { village: other.id });
}

/** Holds the approval to art. 3: proposal, consent and decision in that order for a villagers' committee; a residents'
 *  one needs the county's decision only (居民委员会组织法 art. 6). None may lie after today. */
export function approve(
  kind: VillageKind,
  steps: z.output<typeof ApprovalSteps>,
  { today, effectiveOn }: Context,
): void {
  const { townshipProposedOn, assemblyConsentedOn, countyApprovedOn } = steps;
  if (kind === 'QUASI_RESIDENTS' || kind === 'QUASI_VILLAGERS') {
    refuse('E_KIND_MISMATCH', 'A quasi unit is statistical: it is listed or delisted, not established or abolished.');
  }
  const needed =
    kind === 'VILLAGERS_COMMITTEE'
      ? { townshipProposedOn, assemblyConsentedOn, countyApprovedOn }
      : { countyApprovedOn };
  const source = kind === 'VILLAGERS_COMMITTEE' ? '村民委员会组织法 art. 3' : '城市居民委员会组织法 art. 6';
  for (const [step, day] of Object.entries(needed)) {
    if (!day) refuse('E_APPROVAL_MISSING', `${step} is missing.`, { step, source });
  }
  const days = [townshipProposedOn, assemblyConsentedOn, countyApprovedOn].filter((day) => day !== undefined);
  if (days.some((day, at) => at > 0 && day < (days[at - 1] as string))) {
    refuse('E_STEP_ORDER', 'Proposal, consent and decision follow one another.', { source });
  }
  const last = days.at(-1);
  if (last && last > today) refuse('E_FUTURE_OCCURRENCE', `${last} lies after today, ${today}.`);
  if (last && last > effectiveOn)
    refuse('E_STEP_ORDER', `The decision of ${last} cannot take effect on ${effectiveOn}.`, { source });
}
