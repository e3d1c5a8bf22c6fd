/** Disclosure of each village at any moment: what it published last of each category, what is asked of it, how it was assessed. */
import type { Projection } from '../src/es/projection.ts';
import { handlers, type Step } from './handlers.ts';
import { otherSystems, type Placed, placedColumns, placesOf, placing, rowOr } from './placed.ts';

/** The newest disclosure of a category, as the row holds it. */
export interface StoredDisclosure {
  readonly period: string;
  readonly phase: string;
  readonly contentSha256: string;
  readonly publishedOn: string;
  readonly isReviewed: boolean;
}

type Own = {
  /** By category, as JSON: the disclosure that was published last. */
  readonly latest: string;
  /** Orders that are not yet followed, as JSON: `period:category` each. */
  readonly ordered: string;
  readonly ordered_count: number;
  /** Numbers of the objections that wait for an answer, as JSON. */
  readonly objections: string;
  readonly objection_count: number;
  readonly assessed_on: string | null;
  readonly assessed_by: string | null;
  readonly standard: string | null;
  /** The assessment's results as JSON: { dimension, met } each. */
  readonly results: string | null;
  readonly all_met: 0 | 1;
};
export type VillageDisclosureRow = Placed & Own;

const own: Own = {
  latest: '{}',
  ordered: '[]',
  ordered_count: 0,
  objections: '[]',
  objection_count: 0,
  assessed_on: null,
  assessed_by: null,
  standard: null,
  results: null,
  all_met: 0,
};

const change =
  <Data>(
    pick: (data: Data, row: VillageDisclosureRow, event: { effectiveOn: string; by: string | null }) => Partial<Own>,
  ): Step<VillageDisclosureRow, Data> =>
  (row, data, _, { effectiveOn, decidedBy }) => {
    const before = rowOr(row, own);
    return { ...before, ...pick(data, before, { effectiveOn, by: decidedBy?.organ ?? null }) };
  };
const withOrdered = (keys: readonly string[]) => ({ ordered: JSON.stringify(keys), ordered_count: keys.length });
const withObjections = (all: readonly number[]) => ({ objections: JSON.stringify(all), objection_count: all.length });
const ordersBut = ({ ordered }: Own, key: string) => (JSON.parse(ordered) as string[]).filter((each) => each !== key);
const objectionsBut = ({ objections }: Own, one: number) =>
  (JSON.parse(objections) as number[]).filter((each) => each !== one);

export const villageDisclosure: Projection<VillageDisclosureRow> = {
  name: 'village_disclosure',
  version: 1,
  entity: 'village',
  columns: {
    ...placedColumns,
    latest: 'text',
    ordered: 'text',
    ordered_count: 'integer',
    objections: 'text',
    objection_count: 'integer',
    assessed_on: 'text',
    assessed_by: 'text',
    standard: 'text',
    results: 'text',
    all_met: 'integer',
  },
  indexes: [],
  cube: {
    measures: ['assessed', 'allMet', 'ordersOpen', 'objectionsOpen'],
    groups: placesOf,
    counts: ({ listed, assessed_on, all_met, ordered_count, objection_count }) =>
      listed ? [assessed_on === null ? 0 : 1, all_met, ordered_count, objection_count] : [0, 0, 0, 0],
  },
  handlers: handlers<'village', VillageDisclosureRow>({
    ...otherSystems,
    village: placing(own),
    disclosure: {
      AffairsDisclosed: change((data, row, { effectiveOn }) => {
        const { period, category, phase, contentSha256, flags } = data;
        const isReviewed = !flags?.includes('WITHOUT_SUPERVISION_REVIEW');
        const latest: StoredDisclosure = { period, phase, contentSha256, publishedOn: effectiveOn, isReviewed };
        const all = { ...(JSON.parse(row.latest) as object), [category]: latest };
        return { latest: JSON.stringify(all), ...withOrdered(ordersBut(row, `${period}:${category}`)) };
      }),
      DisclosureObjectionRaised: change(({ objection }, row) =>
        withObjections([...objectionsBut(row, objection), objection]),
      ),
      DisclosureObjectionAnswered: change(({ objection }, row) => withObjections(objectionsBut(row, objection))),
      DisclosureOrdered: change(({ period, category }, row) => {
        const key = `${period}:${category}`;
        return withOrdered([...ordersBut(row, key), key]);
      }),
      DisclosureAssessed: change(({ standard, results, allMet }, _, { effectiveOn, by }) => ({
        assessed_on: effectiveOn,
        assessed_by: by,
        standard,
        results: JSON.stringify(results),
        all_met: allMet ? 1 : 0,
      })),
    },
  }),
};
