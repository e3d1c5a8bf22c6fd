/** Funds of a village (办公经费、党建经费): cash that came to its account, and the review of its use. Stream `fund-<villageId>`.
 *  Events and commands: fund-catalogue.ts. Mutations: graphql/derive/commands.ts. */
import type { Aggregate, DataOf, DecisionContext } from '../es/aggregate.ts';
import { streamOf } from '../es/event.ts';
import { actingVillage, checkAuthority, refuseFuture, rosterDay, villageGuard } from './act.ts';
import { fundCommands, fundEvents, fundReviewers } from './fund-catalogue.ts';
import { refusals } from './refusals.ts';
import { coverageOf, parentsOn } from './region-tier-cover.ts';
import { type StandardState, standard } from './standard.ts';
import { stateOf } from './standard-lookup.ts';
import type { World } from './world.ts';

const no = refusals('fund', {
  ZERO_AMOUNT: { code: 'E_AMOUNT', when: 'The amount is zero.', source: '村级组织运转经费保障机制' },
  NO_STANDARD: {
    code: 'E_NOT_FOUND',
    when: 'The standard does not stand on that day, is of another kind, or does not hold for the village.',
    source: '村级组织运转经费保障机制',
  },
  ABOVE_ENTITLEMENT: {
    code: 'E_ABOVE_LIMIT',
    when: 'The village would get more of the fund in the fiscal year than the standard gives it.',
    source: '村级组织运转经费保障机制',
  },
  POSTED_EARLY: {
    code: 'E_STEP_ORDER',
    when: 'The result was posted before the review.',
    source: '关于提高村干部补贴和经济薄弱村办公经费补助的通知',
  },
});

type Context = DecisionContext<World>;
type Transferred = DataOf<typeof fundEvents.VillageFundTransferred>;
type Asked = DataOf<typeof fundCommands.transferVillageFund>;

export const fund: Aggregate<typeof fundEvents, null, typeof fundCommands, World> = {
  name: 'fund',
  events: fundEvents,
  commands: fundCommands,
  initial: null,
  guard: villageGuard<keyof typeof fundCommands>({
    transferVillageFund: { act: 'FUND_PAY' },
    reviewOfficeFundUse: { act: 'FUND_REVIEW' },
  }),
  reads: { transferVillageFund: ({ standard: id }) => (id === undefined ? [] : [streamOf('standard', id)]) },
  evolve: { EventVoided: () => null, VillageFundTransferred: () => null, OfficeFundUseReviewed: () => null },

  decide: {
    transferVillageFund: (data, _, context) => {
      if (data.amountFen === '0') return no.ZERO_AMOUNT();
      checkEntitlement(data, context);
      const village = actingVillage(context.self, {}, context);
      const { township, county, prefecture } = village;
      const fromLevel = checkAuthority('FUND_PAY', context, village);
      const place = { fromLevel, township, ...(county === undefined ? {} : { county }), prefecture };
      const flags = data.standard === undefined ? { flags: ['NO_STANDARD' as const] } : {};
      return [{ type: 'VillageFundTransferred', data: { village: context.self, ...data, ...place, ...flags } }];
    },
    reviewOfficeFundUse: (data, _, context) => {
      if (data.postedOn !== undefined) refuseFuture(data.postedOn, context);
      if (data.postedOn !== undefined && data.postedOn < context.effectiveOn) return no.POSTED_EARLY();
      const isJoint = fundReviewers.every((each) => data.reviewers.includes(each));
      const flags = [
        ...(isJoint ? [] : ['NOT_JOINT' as const]),
        ...(data.postedOn === undefined ? ['NOT_POSTED' as const] : []),
      ];
      const said = { village: context.self, ...data };
      return [{ type: 'OfficeFundUseReviewed', data: flags.length ? { ...said, flags } : said }];
    },
  },
};

/** Errors: `E_NOT_FOUND`, `E_ABOVE_LIMIT`. */
function checkEntitlement({ kind, amountFen, fiscalYear, standard: id }: Asked, context: Context): void {
  if (id === undefined) return;
  const state = stateOf(standard, id, context) as StandardState;
  if (state.status !== 'STANDS' || state.terms.kind !== kind) throw no.NO_STANDARD();
  const { terms } = state;
  const { world } = context;
  const day = rosterDay(context);
  const township = world.village(context.self, day)?.township ?? '';
  if (coverageOf(terms, township, parentsOn(world, day)) !== 'WHOLE') throw no.NO_STANDARD();
  if (terms.amountFen === undefined || terms.per !== 'VILLAGE_YEAR') return;
  const before = context.history
    .filter(({ type }) => type === 'VillageFundTransferred')
    .map(({ data }) => data as Transferred)
    .filter((each) => each.kind === kind && each.fiscalYear === fiscalYear);
  const sumFen = before.reduce((sum, each) => sum + Number(each.amountFen), Number(amountFen));
  const entitledFen = Number(terms.amountFen);
  if (sumFen > entitledFen) no.ABOVE_ENTITLEMENT(`${sumFen} fen of ${entitledFen}.`, { sumFen, entitledFen });
}
