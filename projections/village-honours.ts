/** Honours that each village holds at any moment. */
import { idOf } from '../src/es/event.ts';
import type { Projection } from '../src/es/projection.ts';
import { handlers } from './handlers.ts';
import { otherSystems, type Placed, placedColumns, placesOf, placing, rowOr } from './placed.ts';

type Own = {
  /** The honours that are held, as JSON: the level by the honour's id. */
  readonly held: string;
  readonly held_count: number;
  readonly centre_count: number;
  readonly province_count: number;
};
export type VillageHonoursRow = Placed & Own;

const own: Own = { held: '{}', held_count: 0, centre_count: 0, province_count: 0 };

type Held = Readonly<Record<string, string>>;
const heldBut = ({ held }: Own, id: string): Held => {
  const { [id]: _, ...others } = JSON.parse(held) as Held;
  return others;
};
const withHeld = (held: Held): Own => {
  const levels = Object.values(held);
  const at = (level: string) => levels.filter((each) => each === level).length;
  return {
    held: JSON.stringify(held),
    held_count: levels.length,
    centre_count: at('CENTRE'),
    province_count: at('PROVINCE'),
  };
};

export const villageHonours: Projection<VillageHonoursRow> = {
  name: 'village_honours',
  version: 1,
  entity: 'village',
  columns: {
    ...placedColumns,
    held: 'text',
    held_count: 'integer',
    centre_count: 'integer',
    province_count: 'integer',
  },
  indexes: [],
  cube: {
    measures: ['villages', 'held', 'ofCentre', 'ofProvince'],
    groups: placesOf,
    counts: ({ listed, held_count, centre_count, province_count }) =>
      listed ? [held_count > 0 ? 1 : 0, held_count, centre_count, province_count] : [0, 0, 0, 0],
  },
  handlers: handlers<'village', VillageHonoursRow>({
    ...otherSystems,
    village: placing(own),
    honour: {
      HonourConferred: (row, { level }, _, { stream }) => {
        const [before, id] = [rowOr(row, own), idOf(stream)];
        return { ...before, ...withHeld({ ...heldBut(before, id), [id]: level }) };
      },
      HonourRevoked: (row, _, __, { stream }) => {
        const before = rowOr(row, own);
        return { ...before, ...withHeld(heldBut(before, idOf(stream))) };
      },
    },
  }),
};
