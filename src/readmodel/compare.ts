/** Two read models row by row: for `xiangyue replay`, and for tests that hold live application and rebuild together. */
import type { Projection } from '../es/projection.ts';
import { columnsOf } from '../es/state.ts';
import { arrays, type Database } from './database.ts';
import { eachDelta, unpackPositions } from './packs.ts';

export interface Difference {
  readonly projection: string;
  /** What differs: a row of an entity, a tally's group, the positions of changes, or a mark. */
  readonly what: 'row' | 'tally' | 'positions' | 'stuck';
  /** Id of the entity, or name of the group; empty for positions. */
  readonly id: string;
  /** What either side holds there, as JSON; null where it holds nothing. */
  readonly a: string | null;
  readonly b: string | null;
}

/** The first differences, at most `max` a kind and table; none where both answer every question alike. */
export function compare(a: Database, b: Database, projections: readonly Projection[], max = 10): Difference[] {
  return projections.flatMap((projection) =>
    (['row', 'tally', 'positions', 'stuck'] as const).flatMap((what) => {
      const sides = [a, b].map((db) => listings[what](db, projection)) as [Listing, Listing];
      return differing(...sides, max).map((found) => ({ projection: projection.name, what, ...found }));
    }),
  );
}

/** Keys in ascending order, each once, with what stands there and the id to report. */
type Listing = Iterator<{ key: string; id: string; value: string }>;

function differing(a: Listing, b: Listing, max: number): Pick<Difference, 'id' | 'a' | 'b'>[] {
  const found: Pick<Difference, 'id' | 'a' | 'b'>[] = [];
  let [left, right] = [a.next(), b.next()];
  while (found.length < max && !(left.done && right.done)) {
    const order = left.done
      ? 1
      : right.done || left.value.key < right.value.key
        ? -1
        : left.value.key > right.value.key
          ? 1
          : 0;
    const inA = order <= 0 && !left.done ? left.value : null;
    const inB = order >= 0 && !right.done ? right.value : null;
    if (inA?.value !== inB?.value) {
      found.push({ id: (inA ?? inB)?.id ?? '', a: inA?.value ?? null, b: inB?.value ?? null });
    }
    if (inA) left = a.next();
    if (inB) right = b.next();
  }
  a.return?.();
  b.return?.();
  return found;
}

const listings: Readonly<Record<Difference['what'], (db: Database, projection: Projection) => Listing>> = {
  *row(db, projection) {
    const { name, searchable } = projection;
    const own = columnsOf(projection).map((column) => `, v."${column}"`);
    const words = searchable ? `, (select w.words from "${name}__words" w where w.word_id = v.word_id)` : '';
    const rows = arrays(
      db,
      `select v.id, v.valid_from, v.known_from, v.known_to, v.next_from, v.next_known, v.present${own.join('')}${words}
        from "${name}" v order by v.id, v.valid_from, v.known_from`,
    );
    for (const cells of rows.iterate() as Iterable<[string, number, number]>) {
      // Ids have no character below the digits but the hyphen, so the key sorts as its parts do.
      const key = `${cells[0]}\u0000${String(cells[1]).padStart(8, '0')}${String(cells[2]).padStart(16, '0')}`;
      yield { key, id: cells[0], value: JSON.stringify(cells) };
    }
  },
  *tally(db, { name, cube }) {
    const measures = cube?.measures.length ?? 0;
    const sums = new Map<string, { id: string; values: number[] }>();
    for (const data of packsOf(db, name, 'deltas')) {
      eachDelta(data, measures, (group, day, position, values, at) => {
        const key = `${group}\u0000${day}\u0000${String(position).padStart(16, '0')}`;
        const sum = sums.get(key) ?? { id: group, values: new Array(measures).fill(0) };
        for (let m = 0; m < measures; m++) sum.values[m] = (sum.values[m] as number) + (values[at + m] as number);
        sums.set(key, sum);
      });
    }
    for (const key of [...sums.keys()].sort()) {
      const { id, values } = sums.get(key) as { id: string; values: number[] };
      // Deltas that cancel each other say nothing.
      if (values.some((value) => value !== 0)) yield { key, id, value: JSON.stringify([key.split('\u0000'), values]) };
    }
  },
  *positions(db, { name }) {
    const positions = new Set(packsOf(db, name, 'positions').flatMap((data) => [...unpackPositions(data)]));
    for (const position of [...positions].sort((a, b) => a - b)) {
      yield { key: String(position).padStart(16, '0'), id: '', value: String(position) };
    }
  },
  *stuck(db, { name }) {
    const marks = db
      .prepare('select entity, position, message from stuck where projection = ? order by entity')
      .all(name);
    for (const mark of marks as { entity: string }[])
      yield { key: mark.entity, id: mark.entity, value: JSON.stringify(mark) };
  },
};

const packsOf = (db: Database, projection: string, kind: string): Uint8Array[] =>
  (
    db.prepare('select data from pack where projection = ? and kind = ?').all(projection, kind) as {
      data: Uint8Array;
    }[]
  ).map(({ data }) => data);
