/** Region tiers: dated sets of divisions for which money is decided in the same way (14 prefectures and 3 county-level cities, say).
 *  Stream `tier-<tierId>`. Mutations: graphql/derive/commands.ts. */
import { z } from 'zod';
import type { Aggregate, DecisionContext } from '../es/aggregate.ts';
import { actGuard, checkAuthority, rosterDay } from './act.ts';
import { corrections } from './corrections.ts';
import { refusals } from './refusals.ts';
import { coverageOf, parentsOn, type Region } from './region-tier-cover.ts';
import { DivisionCode, DivisionId } from './scalars.ts';
import { command, event, text } from './vocabulary.ts';
import type { World } from './world.ts';

const no = refusals('tier', {
  UNKNOWN_CODE: {
    code: 'E_DIVISION_UNKNOWN',
    when: 'A code is no division’s on that day.',
    source: 'roster',
  },
  OUTSIDE: {
    code: 'E_DIVISION_UNKNOWN',
    when: 'What is excluded does not lie in what is included.',
    source: 'a tier is a set of divisions',
    remedy: 'Exclude only divisions below an included one.',
  },
  EXISTS: {
    code: 'E_ALREADY_EXISTS',
    when: 'The tier is defined already.',
    source: 'log',
    remedy: 'Send changeRegionTier.',
  },
  ABSENT: { code: 'E_NOT_FOUND', when: 'There is no such tier on that day.', source: 'log' },
});

const codesOf = (what: string) => z.array(DivisionCode).max(500).describe(what);
const set = {
  include: codesOf('Codes of the divisions that it holds, on the day from which it holds them.').min(1),
  exclude: codesOf('Codes of divisions below these that it does not hold.').optional(),
};
const pinned = {
  ...set,
  included: z.array(DivisionId).max(500).describe('Ids of the divisions that the codes meant on that day.'),
  excluded: z.array(DivisionId).max(500).describe('Ids of the excluded ones.'),
};
const name = text(120).describe('What it is called in the documents.');

// Names and shapes are the stored format: add, never rename; a changed meaning is a new name.
const events = {
  ...corrections,
  RegionTierDefined: event('A region tier was defined.', { name, ...pinned }, { zh: '区域分档划定' }),
  RegionTierChanged: event('A region tier holds other divisions from that day on.', pinned, { zh: '区域分档调整' }),
  RegionTierEnded: event('A region tier holds no longer from that day on.', {}, { zh: '区域分档终止' }),
};
const commands = {
  defineRegionTier: command('Define a region tier.', { name, ...set }, { zh: '划定区域分档', creates: true }),
  changeRegionTier: command('State which divisions a region tier holds from a day on.', set, { zh: '调整区域分档' }),
  endRegionTier: command('End a region tier: from that day on it holds nothing.', {}, { zh: '终止区域分档' }),
};

type TierState = { readonly status: 'NONE' | 'ENDED' } | ({ readonly status: 'HOLDS' } & Region);
type Context = DecisionContext<World>;
interface CodeSet {
  readonly include: readonly string[];
  readonly exclude?: readonly string[];
}

const holds = ({ included, excluded }: Region): TierState => ({ status: 'HOLDS', included, excluded });

export const regionTier: Aggregate<typeof events, TierState, typeof commands, World> = {
  name: 'tier',
  events,
  commands,
  initial: { status: 'NONE' },
  guard: actGuard<keyof typeof commands>({
    defineRegionTier: { mayLieAhead: true },
    changeRegionTier: { mayLieAhead: true },
    endRegionTier: { mayLieAhead: true },
  }),

  evolve: {
    EventVoided: (state) => state,
    RegionTierDefined: (_, data) => holds(data),
    RegionTierChanged: (_, data) => holds(data),
    RegionTierEnded: () => ({ status: 'ENDED' }),
  },

  decide: {
    defineRegionTier: (data, state, context) => {
      if (state.status !== 'NONE') return no.EXISTS();
      return [{ type: 'RegionTierDefined', data: { name: data.name, ...pin(data, context) } }];
    },
    changeRegionTier: (data, state, context) => {
      const before = standing(state);
      const after = pin(data, context);
      return same(before, after) ? [] : [{ type: 'RegionTierChanged', data: after }];
    },
    endRegionTier: (_, state, context) => {
      for (const id of standing(state).included) {
        const code = context.world.division(id, rosterDay(context))?.code;
        if (code) checkAuthority('REGION_TIER', context, code);
      }
      return [{ type: 'RegionTierEnded', data: {} }];
    },
  },
};

function standing(state: TierState): Region {
  return state.status === 'HOLDS' ? state : no.ABSENT();
}

const same = (a: Region, b: Region): boolean =>
  a.included.join() === b.included.join() && a.excluded.join() === b.excluded.join();

/** The codes with the ids that they meant on the day. Errors: `E_DIVISION_UNKNOWN`, `E_NOT_AUTHORIZED`. */
function pin({ include, exclude = [] }: CodeSet, context: Context) {
  const day = rosterDay(context);
  const idOf = (code: string): string =>
    (
      context.world.divisionByCode(code, day) ??
      no.UNKNOWN_CODE(`No division has the code ${code} on ${day}.`, { code })
    ).id;
  const included = include.map(idOf);
  const excluded = exclude.map(idOf);
  const parentOf = parentsOn(context.world, day);
  for (const [at, id] of excluded.entries()) {
    const inside = coverageOf({ included, excluded: [] }, id, parentOf) === 'WHOLE' && !included.includes(id);
    if (!inside) no.OUTSIDE(`${exclude[at]} lies in none of the included divisions.`, { code: exclude[at] });
  }
  for (const code of include) checkAuthority('REGION_TIER', context, code);
  return { include: [...include], ...(exclude.length ? { exclude: [...exclude] } : {}), included, excluded };
}

/** The divisions that a tier's events make it hold; null where it holds none. For decisions that read its stream. */
export function tierRegion(state: unknown): Region | null {
  const tier = state as TierState;
  return tier.status === 'HOLDS' ? { included: tier.included, excluded: tier.excluded } : null;
}
