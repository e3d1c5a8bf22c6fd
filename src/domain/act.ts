/** What every act of a system is held to before its aggregate decides: a legal basis, no personal data, nothing that happened
 *  tomorrow, a body that may decide, a village that is there. */
import type { AnyAggregate, DecisionContext } from '../es/aggregate.ts';
import type { Command } from '../es/command.ts';
import { type Authority, idOf } from '../es/event.ts';
import { type Act, type AuthorityLevel, authorityOn, levelOf } from './authority.ts';
import { findPersonalData } from './personal-data.ts';
import { refusals } from './refusals.ts';
import type { VillageKind } from './scalars.ts';
import type { VillageView, World } from './world.ts';

/** How a command is held to the rules of all acts. */
export interface ActRule {
  /** Row of the authority matrix; left out where the aggregate itself tells who may decide (more than one act). */
  readonly act?: Act;
  /** Kinds of village for which the act exists; both kinds of committee where it is left out. */
  readonly kinds?: readonly VillageKind[];
  /** True where the act may be dated ahead: a standard, a list, a document. What happened may not. */
  readonly mayLieAhead?: true;
  /** True where the act is also recorded of a village that is no longer listed: money that is paid back, a pension. */
  readonly alsoAfterEnd?: true;
}

export const common = refusals('act', {
  BASIS_MISSING: {
    code: 'E_BASIS_MISSING',
    when: 'The act names no legal basis.',
    source: 'audit: by what document was it done',
  },
  BASIS_NOT_ISSUED: {
    code: 'E_BASIS_MISSING',
    when: 'The document was issued after the day from which the act holds, and is not said to be retroactive.',
    source: 'audit: by what document was it done',
    remedy: 'Name the document that was in force, or say `retroactive: true` where it says so itself.',
  },
  PERSONAL_DATA: {
    code: 'E_PERSONAL_DATA_IN_EVENT',
    when: 'A text looks like an identity number, a bank card or a phone number.',
    source: '个人信息保护法 art. 28, 47',
  },
  FUTURE: {
    code: 'E_FUTURE_OCCURRENCE',
    when: 'What has happened is dated after today.',
    source: 'facts cannot precede themselves',
  },
  NOT_AUTHORIZED: {
    code: 'E_NOT_AUTHORIZED',
    when: 'This body may not decide the act.',
    source: 'authority matrix',
  },
  OTHER_TERRITORY: {
    code: 'E_NOT_AUTHORIZED',
    when: 'The body decides for another territory.',
    source: 'authority matrix',
  },
  VILLAGE_UNKNOWN: { code: 'E_NOT_FOUND', when: 'There is no such village.', source: 'roster' },
  VILLAGE_NOT_ACTIVE: {
    code: 'E_VILLAGE_NOT_ACTIVE',
    when: 'The village is not listed on that day.',
    source: 'roster',
  },
  KIND_MISMATCH: {
    code: 'E_KIND_MISMATCH',
    when: 'The act does not exist for a village of this kind.',
    source: '村民委员会组织法; 城市居民委员会组织法',
  },
});

type Context = DecisionContext<World>;

/** The day on which villages and divisions are looked up for an act: its own, but the roster's first for what lies before
 *  it. Whoever stood in the oldest edition is taken to have stood there before. */
export function rosterDay({ effectiveOn, world }: Context): string {
  return world.rosterFrom !== null && effectiveOn < world.rosterFrom ? world.rosterFrom : effectiveOn;
}

/** What a command says, without who sends it. */
type Said = Pick<Command, 'data' | 'note' | 'basis' | 'decidedBy' | 'evidence'>;
type Guard = NonNullable<AnyAggregate['guard']>;
const committees: readonly VillageKind[] = ['VILLAGERS_COMMITTEE', 'RESIDENTS_COMMITTEE'];

/** No personal data in anything that a command says: all that the older aggregates are held to. */
export const plainGuard: Guard = (command) => refusePersonalData(command);

/** Guards an aggregate whose streams are named by their village's id (`charter-v_…`): each command names its rule. */
export function villageGuard<Name extends string>(rules: Readonly<Record<Name, ActRule>>): Guard {
  return (command: Command, context: Context) => {
    const rule = checkAct(rules, command, context);
    const village = actingVillage(idOf(command.stream), rule, context);
    if (rule.act) checkAuthority(rule.act, context, village);
  };
}

/** Guards an aggregate of another kind: the decision itself checks territory and village, by `checkAuthority` and `actingVillage`. */
export function actGuard<Name extends string>(rules: Readonly<Record<Name, ActRule>>): Guard {
  return (command: Command, context: Context) => {
    checkAct(rules, command, context);
  };
}

function checkAct(rules: Readonly<Record<string, ActRule>>, command: Command, context: Context): ActRule {
  const rule = rules[command.name] ?? {};
  refusePersonalData(command);
  checkBasis(context);
  if (!rule.mayLieAhead) refuseFuture(context.effectiveOn, context);
  return rule;
}

/** Errors: `E_FUTURE_OCCURRENCE` for a day after today; for days that a payload names beside effectiveOn. */
export function refuseFuture(day: string, { today }: Context): void {
  if (day > today) common.FUTURE(`It is dated ${day}; today is ${today}.`);
}

/** No personal data in anything that a command says. Errors: `E_PERSONAL_DATA_IN_EVENT`. */
export function refusePersonalData({ data, note, basis, decidedBy, evidence }: Said): void {
  const found = findPersonalData({ data, note, basis, decidedBy, evidence });
  if (found) {
    const field = found.path.replace(/^data\./, '');
    common.PERSONAL_DATA(`${field} looks like ${said[found.kind]}.`, { field, kind: found.kind });
  }
}
const said = { IDENTITY_NUMBER: 'an identity number', BANK_CARD: 'a bank card', PHONE: 'a phone number' };

function checkBasis({ basis, effectiveOn, world }: Context): void {
  if (!basis.some(({ documentNumber, title, unknownBecause }) => documentNumber ?? title ?? unknownBecause)) {
    common.BASIS_MISSING();
  }
  for (const { documentNumber, title, retroactive } of basis) {
    const named = documentNumber ?? title;
    const document = named === undefined || retroactive ? null : world.document(named);
    if (document && !document.retroactive && document.issuedOn > effectiveOn) {
      common.BASIS_NOT_ISSUED(`${named} was issued on ${document.issuedOn}; the act holds from ${effectiveOn}.`, {
        document: named,
      });
    }
  }
}

/** The village of an act, as it is on its day. Errors: `E_NOT_FOUND`, `E_VILLAGE_NOT_ACTIVE`, `E_KIND_MISMATCH`. */
export function actingVillage(
  id: string,
  { kinds = committees, alsoAfterEnd }: ActRule,
  context: Context,
): VillageView {
  const { effectiveOn } = context;
  const village = context.world.village(id, rosterDay(context));
  if (!village) return common.VILLAGE_UNKNOWN(`There is no such village on ${effectiveOn}.`, { village: id });
  if (village.status !== 'LISTED' && !alsoAfterEnd) {
    common.VILLAGE_NOT_ACTIVE(`${village.name} is not listed on ${effectiveOn}.`, { village: id });
  }
  if (!kinds.includes(village.kind)) {
    common.KIND_MISMATCH(`The act does not exist for ${village.name}, a ${village.kind}.`, { village: id });
  }
  return village;
}

/** Whether the body that decided may decide the act on the day, for the village or for the division with the code. What a
 *  village decides alone needs no `decidedBy`. Returns the level. Errors: `E_NOT_AUTHORIZED`. */
export function checkAuthority(act: Act, context: Context, over: VillageView | string | null): AuthorityLevel {
  const { decidedBy, effectiveOn, world } = context;
  const row = authorityOn(world.authority, act, effectiveOn);
  const allowed = row?.levels ?? [];
  if (!decidedBy) {
    if (allowed.length === 1 && allowed[0] === 'VILLAGE') return 'VILLAGE';
    return common.NOT_AUTHORIZED(`Say in decidedBy which body decided: ${allowed.join(', ') || 'nobody could'}.`, {
      act,
      allowed,
    });
  }
  const level = levelOf(decidedBy);
  if (!row || !level || !mayDecide(level, allowed, decidedBy, context)) {
    const source = row?.source ?? 'authority matrix';
    return common.NOT_AUTHORIZED(`${decidedBy.level} may not decide it; ${allowed.join(', ') || 'nobody'} may.`, {
      act,
      allowed,
      source,
    });
  }
  if (over !== null && !governs(decidedBy, level, over, context)) {
    return common.OTHER_TERRITORY(`${decidedBy.organ} decides for another territory.`, { act });
  }
  return level;
}

/** 东莞 and 中山 have no counties: their cities decide what is a county's. */
function mayDecide(
  level: AuthorityLevel,
  allowed: readonly AuthorityLevel[],
  { division }: Authority,
  context: Context,
): boolean {
  if (allowed.includes(level)) return true;
  if (level !== 'PREFECTURE' || !allowed.includes('COUNTY') || !division) return false;
  const { world } = context;
  const day = rosterDay(context);
  const city = world.divisionByCode(division, day);
  return city !== null && !world.hasCounties(city.id, day);
}

const levelsOfDivisions: readonly string[] = ['TOWNSHIP', 'COUNTY', 'PREFECTURE', 'PROVINCE'];

/** Whether the village or the division lies in the body's territory on the day. */
function governs(
  { division, village }: Authority,
  level: AuthorityLevel,
  over: VillageView | string,
  context: Context,
): boolean {
  if (level === 'CENTRE') return true;
  if (level === 'VILLAGE') return typeof over !== 'string' && (village === undefined || village === over.id);
  const { world } = context;
  const day = rosterDay(context);
  const body = division === undefined ? null : world.divisionByCode(division, day);
  if (!body || !levelsOfDivisions.includes(level) || body.level !== level) return false;
  const lowest = typeof over === 'string' ? (world.divisionByCode(over, day)?.id ?? null) : over.township;
  for (let at = lowest, steps = 0; at && steps < 5; steps += 1) {
    if (at === body.id) return true;
    at = world.division(at, day)?.parent ?? null;
  }
  return false;
}
