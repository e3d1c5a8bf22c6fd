/** Divisions' rows that were read before, by any request. A picture at a position never changes: so what is kept under the
 *  last position that changed a division is never stale, and today's divisions are read once, not once a request. */
import { LRUCache } from 'lru-cache';
import { type DivisionRow, divisions } from '../../projections/divisions.ts';
import type { Moment, ReadModel } from '../es/projection.ts';

const picturesMax = 64;

/** The rows of one picture, by id. */
export class DivisionRows {
  private readonly rows = new Map<string, DivisionRow>();

  /** The row of an id, read where it is not known yet. Ids that no division has are not kept. */
  read(id: string, one: () => DivisionRow | null): DivisionRow | null {
    const known = this.rows.get(id);
    if (known !== undefined) return known;
    const row = one();
    if (row) this.rows.set(id, row);
    return row;
  }
}

const books = new WeakMap<ReadModel, LRUCache<string, DivisionRows>>();

/** What is kept of a picture of a read model. */
export function divisionRowsAt(readModel: ReadModel, { effectiveOn, position }: Moment): DivisionRows {
  let book = books.get(readModel);
  if (!book) {
    book = new LRUCache({ max: picturesMax });
    books.set(readModel, book);
  }
  const key = `${readModel.generation}:${effectiveOn}:${readModel.touched([divisions.name], position)}`;
  let rows = book.get(key);
  if (!rows) {
    rows = new DivisionRows();
    book.set(key, rows);
  }
  return rows;
}
