/** Many small packs made one: every live transaction adds its own, and a start reads them all. */
import type { Position } from '../es/event.ts';
import type { Projection } from '../es/projection.ts';
import { type Database, transaction } from './database.ts';
import type { Delta } from './deltas.ts';
import { eachDelta, packDeltas, packPositions, unpackPositions } from './packs.ts';

const smallBytes = 65_536;
const smallPacksMax = 200;

interface Stored {
  readonly seq: number;
  readonly data: Uint8Array;
}

/** Joins a projection's small packs where they have become many. */
export function compactPacks(db: Database, { name, cube }: Projection): void {
  const measures = cube?.measures.length ?? 0;
  const join: Readonly<Record<'deltas' | 'positions', (packs: readonly Stored[]) => Uint8Array>> = {
    deltas: (packs) => {
      const deltas: Delta[] = [];
      for (const { data } of packs) {
        eachDelta(data, measures, (group, day, position, values, at) =>
          deltas.push({ group, day, position, values: [...values.subarray(at, at + measures)] }),
        );
      }
      return packDeltas(deltas, measures);
    },
    positions: (packs) => packPositions(packs.flatMap(({ data }): Position[] => [...unpackPositions(data)])),
  };
  const small = db.prepare(
    'select seq, data from pack where projection = ? and kind = ? and length(data) < ? order by seq',
  );
  for (const kind of ['deltas', 'positions'] as const) {
    const packs = small.all(name, kind, smallBytes) as unknown as Stored[];
    if (packs.length <= smallPacksMax) continue;
    transaction(db, () => {
      const remove = db.prepare('delete from pack where seq = ?');
      for (const { seq } of packs) remove.run(seq);
      db.prepare('insert into pack(projection, kind, data) values (?, ?, ?)').run(name, kind, join[kind](packs));
    });
  }
}
