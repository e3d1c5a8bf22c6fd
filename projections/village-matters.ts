/** How many matters each village raised and settled, at any moment: counted from the single matters. Apart from the
 *  platforms, since these change seldom. */
import { idOf } from '../src/es/event.ts';
import type { Projection } from '../src/es/projection.ts';
import { handlers, type Step } from './handlers.ts';
import { otherSystems, type Placed, placedColumns, placesOf, placing, rowOr } from './placed.ts';

type Own = {
  readonly raised: number;
  /** Adopted or rejected; what is put off is not settled. */
  readonly resolved: number;
  readonly adopted: number;
  readonly published: number;
  readonly implemented: number;
  /** Ids of the matters that stand blocked, as JSON. */
  readonly blocked: string;
  readonly blocked_count: number;
  readonly referred: number;
};
export type VillageMattersRow = Placed & Own;

const own: Own = {
  raised: 0,
  resolved: 0,
  adopted: 0,
  published: 0,
  implemented: 0,
  blocked: '[]',
  blocked_count: 0,
  referred: 0,
};

const change =
  <Data>(pick: (row: VillageMattersRow, data: Data, matter: string) => Partial<Own>): Step<VillageMattersRow, Data> =>
  (row, data, _, { stream }) => {
    const before = rowOr(row, own);
    return { ...before, ...pick(before, data, idOf(stream)) };
  };

function withBlocked({ blocked }: Own, matter: string, isBlocked: boolean): Partial<Own> {
  const others = (JSON.parse(blocked) as string[]).filter((each) => each !== matter);
  const all = isBlocked ? [...others, matter] : others;
  return { blocked: JSON.stringify(all), blocked_count: all.length };
}

export const villageMatters: Projection<VillageMattersRow> = {
  name: 'village_matters',
  version: 1,
  entity: 'village',
  columns: {
    ...placedColumns,
    raised: 'integer',
    resolved: 'integer',
    adopted: 'integer',
    published: 'integer',
    implemented: 'integer',
    blocked: 'text',
    blocked_count: 'integer',
    referred: 'integer',
  },
  indexes: [],
  cube: {
    measures: ['raised', 'resolved', 'adopted', 'published', 'implemented', 'blocked', 'referred'],
    groups: placesOf,
    counts: ({ listed, raised, resolved, adopted, published, implemented, blocked_count, referred }) =>
      listed ? [raised, resolved, adopted, published, implemented, blocked_count, referred] : [0, 0, 0, 0, 0, 0, 0],
  },
  handlers: handlers<'village', VillageMattersRow>({
    ...otherSystems,
    village: placing(own),
    matter: {
      MatterRaised: change(({ raised }) => ({ raised: raised + 1 })),
      DeliberationConvened: 'ignore',
      DeliberationHeld: 'ignore',
      MatterResolved: change(({ resolved, adopted }, { outcome }) => ({
        resolved: resolved + (outcome === 'DEFERRED' ? 0 : 1),
        adopted: adopted + (outcome === 'ADOPTED' ? 1 : 0),
      })),
      ResolutionPublished: change(({ published }) => ({ published: published + 1 })),
      ResolutionImplemented: change((row, _, matter) => ({
        implemented: row.implemented + 1,
        ...withBlocked(row, matter, false),
      })),
      ResolutionBlocked: change((row, _, matter) => withBlocked(row, matter, true)),
      MatterReferredToTownship: change(({ referred }) => ({ referred: referred + 1 })),
    },
  }),
};
