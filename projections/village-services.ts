/** Open service points of each village at any moment. */
import { idOf } from '../src/es/event.ts';
import type { Projection } from '../src/es/projection.ts';
import { handlers } from './handlers.ts';
import { otherSystems, type Placed, placedColumns, placesOf, placing, rowOr } from './placed.ts';

/** An open point as the row holds it. */
interface StoredPoint {
  readonly id: string;
  readonly items: number;
  readonly online: boolean;
}

type Own = {
  /** The open points as JSON, by the day of their opening. */
  readonly points: string;
  readonly point_count: number;
  readonly items_offered: number;
  readonly online_count: number;
};
export type VillageServicesRow = Placed & Own;

const own: Own = { points: '[]', point_count: 0, items_offered: 0, online_count: 0 };

const withPoints = (points: readonly StoredPoint[]): Own => ({
  points: JSON.stringify(points),
  point_count: points.length,
  items_offered: points.reduce((sum, { items }) => sum + items, 0),
  online_count: points.filter(({ online }) => online).length,
});
const pointsBut = ({ points }: Own, id: string) =>
  (JSON.parse(points) as StoredPoint[]).filter((each) => each.id !== id);

export const villageServices: Projection<VillageServicesRow> = {
  name: 'village_services',
  version: 1,
  entity: 'village',
  columns: {
    ...placedColumns,
    points: 'text',
    point_count: 'integer',
    items_offered: 'integer',
    online_count: 'integer',
  },
  indexes: [],
  cube: {
    measures: ['villages', 'points', 'itemsOffered', 'online'],
    groups: placesOf,
    counts: ({ listed, point_count, items_offered, online_count }) =>
      listed ? [point_count > 0 ? 1 : 0, point_count, items_offered, online_count] : [0, 0, 0, 0],
  },
  handlers: handlers<'village', VillageServicesRow>({
    ...otherSystems,
    village: placing(own),
    servicepoint: {
      ServicePointOpened: (row, { itemsOffered, online }, _, { stream }) => {
        const [before, id] = [rowOr(row, own), idOf(stream)];
        return { ...before, ...withPoints([...pointsBut(before, id), { id, items: itemsOffered, online }]) };
      },
      ServicePointClosed: (row, _, __, { stream }) => {
        const before = rowOr(row, own);
        return { ...before, ...withPoints(pointsBut(before, idOf(stream))) };
      },
      ServiceInvestmentRecorded: 'ignore',
    },
  }),
};
