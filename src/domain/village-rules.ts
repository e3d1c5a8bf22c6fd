/** Rules that several village decisions share. */
import type { z } from 'zod';
import type { DecisionContext } from '../es/aggregate.ts';
import { idOf, streamOf } from '../es/event.ts';
import { refuse } from './refuse.ts';
import type { ApprovalSteps, VillageKind } from './scalars.ts';
import type { VillageRecord } from './village-catalogue.ts';
import { datedRecords } from './village-state.ts';
import type { DivisionView, VillageView, World } from './world.ts';

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
    // A late event may make divisions each other's parents for a while.
    if (!division || above.length === 3) break;
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

/** Holds a record that a clerk enters to its divisions and its code to its kind. Errors: `E_DIVISION_UNKNOWN`,
 *  `E_CODE_BAND`, `E_CODE_TAKEN`. */
export function checkListing(record: VillageRecord, context: Context): void {
  const { county, prefecture } = placeOf(record.township, context);
  if (county !== record.county || prefecture !== record.prefecture) {
    refuse('E_DIVISION_UNKNOWN', 'The township lies in another county or prefecture on that day.', {
      division: record.township,
    });
  }
  if (record.code === undefined) return;
  checkFits(record.code, record.kind, record.township, context);
  if (isVirtualCode(record.code) !== record.isVirtual) {
    refuse('E_CODE_BAND', '498 and 598 are the endings of virtual communities, and of them alone.', {
      statisticalCode: record.code,
    });
  }
}

/** Refuses a code of another kind or township, one in use, and one that was another village's. */
export function checkCode(code: string, kind: VillageKind, township: string, context: Context): void {
  checkFits(code, kind, township, context);
  const { world, effectiveOn, self, history } = context;
  if (world.villageByCode(code, effectiveOn) || !world.isCodeRetired(code, effectiveOn)) return;
  // A code may come back to the village that had it.
  if (datedRecords(self, history).some(({ record }) => record?.code === code)) return;
  refuse('E_CODE_RETIRED', `${code} was carried before and is retired.`, { source: '民政部令第79号' });
}

function checkFits(code: string, kind: VillageKind, township: string, context: Context): void {
  const { world, effectiveOn } = context;
  if (kindOfCode(code) !== kind)
    refuse('E_CODE_BAND', `The last digits of ${code} do not say ${kind}.`, { statisticalCode: code });
  const place = world.division(township, effectiveOn);
  if (place && !code.startsWith(place.code)) {
    refuse('E_CODE_BAND', `${code} does not begin with the township's code ${place.code}.`, { statisticalCode: code });
  }
  const holder = world.villageByCode(code, effectiveOn);
  if (holder && !isOwn(holder.id, context))
    refuse('E_CODE_TAKEN', `Another village carries ${code} on ${effectiveOn}.`, { village: holder.id });
}

/** The village itself, or one that is what it is through the event that is to be replaced. */
const isOwn = (id: string, { self, corrects }: Context): boolean =>
  id === self || (corrects?.subjects.includes(streamOf('village', id)) ?? false);

/** A village that a command names beside its own, listed on the day. Errors: `E_NOT_FOUND`, `E_VILLAGE_NOT_ACTIVE`. */
export function activeVillage(id: string, context: Context): VillageView {
  const { world, effectiveOn } = context;
  const found = world.village(id, effectiveOn);
  if (!found) return refuse('E_NOT_FOUND', 'There is no such village on that day.', { village: id });
  // What ended by the event that is to be replaced is listed without it.
  if (found.status !== 'LISTED' && !isOwn(id, context)) {
    refuse('E_VILLAGE_NOT_ACTIVE', `A village named is not listed on ${effectiveOn}.`, { village: id });
  }
  return found;
}

/** Refuses a name that another village of the kind has in the township. */
export function checkName(township: string, kind: VillageKind, shortName: string, context: Context): void {
  const same = context.world.villagesNamed(township, kind, shortName, context.effectiveOn);
  const other = same.find((village) => !isOwn(village.id, context));
  if (other)
    refuse('E_NAME_TAKEN', `${shortName} is the name of another village of the township.`, { village: other.id });
}

/** Refuses a step of an approval that lies after today, or after the day on which it takes effect. */
export function checkStep(day: string, { today, effectiveOn }: Context, source?: string): void {
  if (day > today) refuse('E_FUTURE_OCCURRENCE', `${day} lies after today, ${today}.`);
  if (day > effectiveOn)
    refuse('E_STEP_ORDER', `What was decided on ${day} cannot hold from ${effectiveOn}.`, { source });
}

/** Holds the approval to art. 3: proposal, consent and decision in that order for a villagers' committee; a residents'
 *  one needs the county's decision only (居民委员会组织法 art. 6). None may lie after today. */
export function approve(kind: VillageKind, steps: z.output<typeof ApprovalSteps>, context: Context): void {
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
  if (last) checkStep(last, context, source);
}

/** Refuses to end a village that another act has ending on a later day: it would end twice. */
export function refuseLaterEnd(id: string, { related, effectiveOn }: Context): void {
  const later = related(streamOf('village', id)).find(
    ({ type, data, stream, effectiveOn: day }) =>
      day > effectiveOn &&
      (type === 'VillagesMerged'
        ? (data as { merged: string[] }).merged.includes(id)
        : type === 'VillageAbolished' && idOf(stream) === id),
  );
  if (!later) return;
  refuse('E_VILLAGE_NOT_ACTIVE', `The village ends on ${later.effectiveOn} by another act: take that back first.`, {
    village: id,
    eventId: later.id,
  });
}

/** A village does not end while something of it is open. Errors: `E_OPEN_OBLIGATIONS`. */
export function refuseOpenObligations(id: string, { world, effectiveOn }: Context): void {
  const [open] = world.openObligations(id, effectiveOn);
  if (open) refuse('E_OPEN_OBLIGATIONS', open, { village: id, source: '村民委员会组织法 art. 35' });
}
