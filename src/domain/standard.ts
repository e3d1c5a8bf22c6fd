/** Standards of subsidies and funds (补贴、经费标准): who is entitled to how much, from which day, and who bears it. Stream
 *  `standard-<standardId>`; a standard that supersedes another names it, and the other ends. Events and commands:
 *  standard-catalogue.ts. Mutations: graphql/derive/commands.ts. */
import type { Aggregate, DataOf, DecisionContext } from '../es/aggregate.ts';
import { streamOf } from '../es/event.ts';
import { actGuard, actingVillage, checkAuthority, common, rosterDay } from './act.ts';
import type { AuthorityLevel } from './authority.ts';
import { isBelow } from './level-rank.ts';
import { regionTier, tierRegion } from './region-tier.ts';
import { overlap, parentsOn, type Region } from './region-tier-cover.ts';
import { standardCommands, standardEvents } from './standard-catalogue.ts';
import { stateOf } from './standard-lookup.ts';
import { checkTerms, compareAmounts, refuseStandard as no } from './standard-rules.ts';
import type { StandardView, World } from './world.ts';

type Adopted = DataOf<typeof standardEvents.SubsidyStandardAdopted>;
type Asked = DataOf<typeof standardCommands.adoptStandard>;
export type StandardState =
  | { readonly status: 'NONE' }
  | { readonly status: 'STANDS' | 'ENDED'; readonly from: string; readonly terms: Adopted };
/** What of a standard is compared with others. */
type Compared = Pick<Adopted, 'kind' | 'beneficiary' | 'per' | 'amountFen' | 'tiers'>;
type Context = DecisionContext<World>;

export const standard: Aggregate<typeof standardEvents, StandardState, typeof standardCommands, World> = {
  name: 'standard',
  events: standardEvents,
  commands: standardCommands,
  initial: { status: 'NONE' },
  guard: actGuard<keyof typeof standardCommands>({
    adoptStandard: { mayLieAhead: true },
    supersedeStandard: { mayLieAhead: true },
    correctStandard: { mayLieAhead: true },
  }),
  reads: {
    adoptStandard: ({ regionTier: tier, supersedes }) => [
      ...(tier === undefined ? [] : [streamOf('tier', tier)]),
      ...(supersedes === undefined ? [] : [streamOf('standard', supersedes)]),
    ],
    supersedeStandard: ({ by }) => (by === undefined ? [] : [streamOf('standard', by)]),
  },

  evolve: {
    EventVoided: (state) => state,
    // The one that supersedes another is an event of both.
    SubsidyStandardAdopted: (state, data, { self, event }) => {
      if (event.stream === streamOf('standard', self))
        return { status: 'STANDS', from: event.effectiveOn, terms: data };
      return data.supersedes === self ? ended(state) : state;
    },
    SubsidyStandardSuperseded: (state, _, { self, event }) =>
      event.stream === streamOf('standard', self) ? ended(state) : state,
    SubsidyStandardCorrected: (state, { reason: _, ...terms }) => {
      if (state.status === 'NONE') return state;
      const { kind, beneficiary, level, included, excluded, ...rest } = state.terms;
      const { regionTier: tier, division, village, documentNumber, issuedOn, retroactive } = rest;
      const kept = { kind, beneficiary, level, included, excluded, regionTier: tier, division, village };
      return { ...state, terms: { ...kept, documentNumber, issuedOn, retroactive, ...terms } };
    },
  },

  decide: {
    adoptStandard: (data, state, context) => {
      if (state.status !== 'NONE') return no.EXISTS();
      checkTerms(data);
      const { issuedOn, retroactive } = data;
      const isBefore = issuedOn !== undefined && context.effectiveOn < issuedOn;
      if (isBefore && !retroactive) return no.BEFORE_ISSUED(`It was issued on ${issuedOn}.`, { issuedOn });
      const { level, region } = decided(data, context);
      checkOthers(data, level, region, context);
      const pinned = { level, included: [...region.included], excluded: [...region.excluded] };
      const flags = isBefore ? { flags: ['RETROACTIVE' as const] } : {};
      return [{ type: 'SubsidyStandardAdopted', data: { ...data, ...pinned, ...flags } }];
    },
    supersedeStandard: (data, state, context) => {
      const { terms, from } = standing(state);
      checkDecides(terms, context);
      if (context.effectiveOn <= from) return no.ABSENT(`It holds from ${from} on.`);
      const next = data.by === undefined ? null : (stateOf(standard, data.by, context) as StandardState);
      const follows = next?.status === 'STANDS';
      return [{ type: 'SubsidyStandardSuperseded', data: follows ? data : { ...data, flags: ['LEAVES_GAP'] } }];
    },
    correctStandard: (data, state, context) => {
      const { terms, from } = standing(state);
      checkDecides(terms, context);
      checkTerms(data);
      const unsettled = context.world.unsettledRuns?.(context.self) ?? [];
      if (unsettled.length > 0) return no.PAID(`It was paid for ${unsettled.slice(0, 5).join(', ')}.`, { unsettled });
      const { kind, beneficiary, level } = terms;
      checkLimits({ kind, beneficiary, ...data }, level, terms, context);
      // A slip is a slip from the first day on.
      return [{ type: 'SubsidyStandardCorrected', data, effectiveOn: from }];
    },
  },
};

const ended = (state: StandardState): StandardState =>
  state.status === 'NONE' ? state : { ...state, status: 'ENDED' };

function standing(state: StandardState): Exclude<StandardState, { status: 'NONE' }> {
  return state.status === 'STANDS' ? state : no.ABSENT();
}

/** Level of the body that decided, and the region. Errors: `E_NOT_AUTHORIZED`, `E_DIVISION_UNKNOWN`, `E_NOT_FOUND`. */
function decided(data: Asked, context: Context): { level: AuthorityLevel; region: Region } {
  if (data.village !== undefined) {
    if (data.kind !== 'LOST_WORK_ALLOWANCE') return no.VILLAGE_DECIDES();
    const village = actingVillage(data.village, {}, context);
    const level = checkAuthority('LOST_WORK_STANDARD', context, village);
    return { level, region: { included: [], excluded: [], village: village.id } };
  }
  const { world } = context;
  const day = rosterDay(context);
  if (data.division !== undefined) {
    const division = world.divisionByCode(data.division, day) ?? no.UNKNOWN_DIVISION();
    const level = checkAuthority('SUBSIDY_STANDARD', context, data.division);
    return { level, region: { included: [division.id], excluded: [] } };
  }
  const region = tierRegion(stateOf(regionTier, data.regionTier ?? '', context)) ?? no.UNKNOWN_TIER();
  const codes = region.included.flatMap((id) => world.division(id, day)?.code ?? []);
  const [level] = codes.map((code) => checkAuthority('SUBSIDY_STANDARD', context, code));
  return { level: level ?? checkAuthority('SUBSIDY_STANDARD', context, null), region };
}

/** Only a body that might have adopted it ends or corrects it. Errors: `E_NOT_AUTHORIZED`. */
function checkDecides({ village, included, level }: Adopted, context: Context): void {
  const by =
    village === undefined
      ? checkAuthority(
          'SUBSIDY_STANDARD',
          context,
          context.world.division(included[0] ?? '', rosterDay(context))?.code ?? null,
        )
      : checkAuthority('LOST_WORK_STANDARD', context, actingVillage(village, { alsoAfterEnd: true }, context));
  if (isBelow(by, level)) common.NOT_AUTHORIZED(`It is a standard of a higher level: ${level}.`, { level });
}

/** What else stands on the day. Errors: `E_NOT_FOUND`, `E_ALREADY_EXISTS`, `E_BELOW_FLOOR`, `E_ABOVE_LIMIT`. */
function checkOthers(data: Asked, level: AuthorityLevel, region: Region, context: Context): void {
  const { supersedes } = data;
  if (supersedes !== undefined) checkSuperseded(data, level, stateOf(standard, supersedes, context) as StandardState);
  const beside = othersIn(data, region, context).find((each) => each.level === level && each.id !== supersedes);
  if (beside) no.OVERLAP(`${beside.id} stands there.`, { standard: beside.id });
  checkLimits(data, level, region, context);
}

/** Floors and ceilings of higher levels. Errors: `E_BELOW_FLOOR`, `E_ABOVE_LIMIT`. */
function checkLimits(data: Compared, level: AuthorityLevel, region: Region, context: Context): void {
  for (const other of othersIn(data, region, context)) if (isBelow(level, other.level)) checkLimit(data, other);
}

/** What else stands for the same people in a part of the region on the day. */
function othersIn({ kind, beneficiary }: Compared, region: Region, context: Context): readonly StandardView[] {
  const { world, effectiveOn, self } = context;
  const parentOf = parentsOn(world, rosterDay(context));
  return world
    .standards(kind, effectiveOn)
    .filter((each) => each.id !== self && each.beneficiary === beneficiary && overlap(region, each, parentOf));
}

function checkSuperseded(data: Asked, level: AuthorityLevel, before: StandardState): void {
  if (before.status !== 'STANDS') throw no.NOT_SUPERSEDED();
  const { kind, beneficiary, level: of } = before.terms;
  if (kind !== data.kind || beneficiary !== data.beneficiary || of !== level) no.NOT_SUPERSEDED();
}

function checkLimit(data: Compared, { id, limit, ...amounts }: StandardView): void {
  const than = compareAmounts(data, amounts);
  if (limit === 'FLOOR' && than < 0) no.BELOW_FLOOR(`${id} gives at least more.`, { standard: id });
  if (limit === 'CEILING' && than > 0) no.ABOVE_CEILING(`${id} gives at most less.`, { standard: id });
}
