/** Deltas and positions as they are stored: packed, many a row of the table, since a million rows load slowly. */
import { deserialize, serialize } from 'node:v8';
import type { DayNumber } from '../es/day.ts';
import type { Position } from '../es/event.ts';
import type { Delta } from './deltas.ts';

interface Packed {
  readonly groups: readonly string[];
  readonly group: Uint32Array;
  readonly days: Int32Array;
  readonly positions: Float64Array;
  readonly values: Float64Array;
}

/** Packs deltas of `measures` values each. */
export function packDeltas(deltas: readonly Delta[], measures: number): Uint8Array {
  const numbers = new Map<string, number>();
  const group = new Uint32Array(deltas.length);
  const days = new Int32Array(deltas.length);
  const positions = new Float64Array(deltas.length);
  const values = new Float64Array(deltas.length * measures);
  for (const [i, delta] of deltas.entries()) {
    const number = numbers.get(delta.group) ?? numbers.size;
    numbers.set(delta.group, number);
    group[i] = number;
    days[i] = delta.day;
    positions[i] = delta.position;
    values.set(delta.values, i * measures);
  }
  return serialize({ groups: [...numbers.keys()], group, days, positions, values } satisfies Packed);
}

/** Sees each delta of a pack, in the order in which they were packed; its values stand in `values` from `at` on. */
export function eachDelta(
  pack: Uint8Array,
  measures: number,
  see: (group: string, day: DayNumber, position: Position, values: Float64Array, at: number) => void,
): void {
  const { groups, group, days, positions, values } = deserialize(pack) as Packed;
  for (let i = 0; i < group.length; i++) {
    see(groups[group[i] as number] as string, days[i] as number, positions[i] as number, values, i * measures);
  }
}

export const packPositions = (positions: readonly Position[]): Uint8Array => serialize(Float64Array.from(positions));

export const unpackPositions = (pack: Uint8Array): Float64Array => deserialize(pack) as Float64Array;
