/** Appropriations (资金下达): a fund that a level of government sets aside for a fiscal year, and its parts that it allocates to divisions.
 *  Stream `appropriation-<appropriationId>`. Mutations: graphql/derive/commands.ts. */
import { z } from 'zod';
import type { Aggregate, DecisionContext } from '../es/aggregate.ts';
import { streamOf } from '../es/event.ts';
import { actGuard, checkAuthority, rosterDay } from './act.ts';
import { AuthorityLevel } from './authority.ts';
import { corrections } from './corrections.ts';
import { refusals } from './refusals.ts';
import { regionTier, tierRegion } from './region-tier.ts';
import { coverageOf, parentsOn, type Region } from './region-tier-cover.ts';
import { DivisionCode, DivisionId, Fen } from './scalars.ts';
import { stateOf } from './standard-lookup.ts';
import { SubsidyKind, TierId } from './standard-terms.ts';
import { command, count, event, text } from './vocabulary.ts';
import type { World } from './world.ts';

const no = refusals('appropriation', {
  EXISTS: { code: 'E_ALREADY_EXISTS', when: 'The fund is appropriated already, otherwise.', source: 'log' },
  ABSENT: { code: 'E_NOT_FOUND', when: 'There is no such appropriation on that day.', source: 'log' },
  ZERO_AMOUNT: { code: 'E_AMOUNT', when: 'The amount is zero.', source: '村级组织运转经费保障机制' },
  EXCEEDED: {
    code: 'E_ABOVE_LIMIT',
    when: 'The allocations would be more than was appropriated.',
    source: 'a part is not more than the whole: rule of this ledger',
    remedy: 'Check the amounts; what is appropriated beside it is an appropriation of its own.',
  },
  OUTSIDE_TIER: {
    code: 'E_DIVISION_UNKNOWN',
    when: 'The division does not lie in the region tier of the fund.',
    source: '粤财农〔2015〕668号',
  },
  UNKNOWN_DIVISION: { code: 'E_DIVISION_UNKNOWN', when: 'There is no such division on that day.', source: 'roster' },
  UNKNOWN_TIER: { code: 'E_NOT_FOUND', when: 'There is no such region tier on that day.', source: 'log' },
});

const fiscalYear = z.int().min(1949).max(2999).describe('Fiscal year.');
const appropriated = {
  purpose: SubsidyKind,
  amountFen: Fen,
  fiscalYear,
  regionTier: TierId.optional().describe('The region tier that it is for.'),
  documentNumber: text(60).optional().describe('Number of the document; that of the legal basis where it is left out.'),
};
const allocated = {
  toDivision: DivisionCode.describe('Division that it is allocated to.'),
  amountFen: Fen,
  villages: count().optional().describe('Villages that it was reckoned for.'),
  headcount: count().optional().describe('People that it was reckoned for.'),
};

// Names and shapes are the stored format: add, never rename; a changed meaning is a new name.
const events = {
  ...corrections,
  FundAppropriated: event(
    'A level of government set a fund aside for a fiscal year.',
    {
      ...appropriated,
      fromLevel: AuthorityLevel,
      fromDivision: DivisionCode.optional().describe('Division whose organ it is.'),
    },
    { zh: '资金安排' },
  ),
  FundAllocated: event(
    'A part of a fund was allocated to a division: a quota, not cash.',
    {
      ...allocated,
      fiscalYear,
      division: DivisionId.describe('Id of the division that the code meant on that day.'),
      regionTier: TierId.optional().describe('The region tier of the fund.'),
    },
    { zh: '资金下达' },
  ),
};
const commands = {
  appropriateFund: command('Record that a fund was set aside for a fiscal year.', appropriated, {
    zh: '登记资金安排',
    creates: true,
  }),
  allocateFund: command(
    'Record that a part of the fund was allocated to a division. `regionTier` is the fund’s, where it has one.',
    { ...allocated, regionTier: TierId.optional().describe('The region tier of the fund.') },
    { zh: '登记资金下达' },
  ),
};

type State =
  | { readonly status: 'NONE' }
  | {
      readonly status: 'OPEN';
      readonly amountFen: number;
      readonly allocatedFen: number;
      readonly fiscalYear: number;
      readonly regionTier?: string;
    };
type Context = DecisionContext<World>;

const tierOf = ({ regionTier: tier }: { readonly regionTier?: string }) =>
  tier === undefined ? [] : [streamOf('tier', tier)];

export const appropriation: Aggregate<typeof events, State, typeof commands, World> = {
  name: 'appropriation',
  events,
  commands,
  initial: { status: 'NONE' },
  guard: actGuard<keyof typeof commands>({ appropriateFund: {}, allocateFund: {} }),
  reads: { appropriateFund: tierOf, allocateFund: tierOf },

  evolve: {
    EventVoided: (state) => state,
    FundAppropriated: (_, { amountFen, fiscalYear: year, regionTier: tier }) => ({
      status: 'OPEN',
      amountFen: Number(amountFen),
      allocatedFen: 0,
      fiscalYear: year,
      regionTier: tier,
    }),
    FundAllocated: (state, { amountFen }) =>
      state.status === 'OPEN' ? { ...state, allocatedFen: state.allocatedFen + Number(amountFen) } : state,
  },

  decide: {
    appropriateFund: (data, state, context) => {
      if (state.status !== 'NONE') return no.EXISTS();
      if (data.amountFen === '0') return no.ZERO_AMOUNT();
      if (data.regionTier !== undefined) regionOf(data.regionTier, context);
      const fromLevel = checkAuthority('FUND_APPROPRIATE', context, null);
      const fromDivision = context.decidedBy?.division;
      return [{ type: 'FundAppropriated', data: { ...data, fromLevel, ...(fromDivision ? { fromDivision } : {}) } }];
    },
    allocateFund: (data, state, context) => {
      if (state.status === 'NONE') return no.ABSENT();
      if (data.amountFen === '0') return no.ZERO_AMOUNT();
      const found = context.world.divisionByCode(data.toDivision, rosterDay(context));
      if (!found) return no.UNKNOWN_DIVISION();
      checkAuthority('FUND_ALLOCATE', context, data.toDivision);
      if (data.regionTier !== state.regionTier) return no.UNKNOWN_TIER('Name the region tier of the fund.');
      checkTier(data.regionTier, found.id, context);
      // Later allocations count too: the sum holds for the whole year.
      const sumFen = Number(data.amountFen) + allocatedFen(context);
      if (sumFen > state.amountFen) {
        return no.EXCEEDED(`${sumFen} fen of ${state.amountFen} would be allocated.`, {
          sumFen,
          amountFen: state.amountFen,
        });
      }
      return [{ type: 'FundAllocated', data: { ...data, fiscalYear: state.fiscalYear, division: found.id } }];
    },
  },
};

const allocatedFen = ({ history }: Context): number =>
  history.reduce(
    (sum, { type, data }) => (type === 'FundAllocated' ? sum + Number((data as { amountFen: string }).amountFen) : sum),
    0,
  );

/** Errors: `E_NOT_FOUND`. */
const regionOf = (tier: string, context: Context): Region =>
  tierRegion(stateOf(regionTier, tier, context)) ?? no.UNKNOWN_TIER();

/** Errors: `E_NOT_FOUND`, `E_DIVISION_UNKNOWN`. */
function checkTier(tier: string | undefined, division: string, context: Context): void {
  if (tier === undefined) return;
  const covers = coverageOf(regionOf(tier, context), division, parentsOn(context.world, rosterDay(context)));
  if (covers === 'NONE') no.OUTSIDE_TIER();
}
