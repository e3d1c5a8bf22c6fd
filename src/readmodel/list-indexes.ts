/** The indexes of a table's lists. A large batch on a small table is written without them, and they are built again when a list
 *  is next asked for: keeping them up costs such a batch more than building them at once. */
import type { Projection } from '../es/projection.ts';
import type { Database } from './database.ts';
import { isReadOnly } from './files.ts';
import { coveringColumns } from './tables.ts';

/** Rows of a batch from which on it counts as large, and how many times as many the table may hold. */
const largeRows = 1_000;
const tableTimes = 8;

export class ListIndexes {
  private readonly definitions: readonly (readonly [name: string, columns: string])[];
  /** True while lists would have to be scanned. */
  suspended: boolean;

  constructor(
    private readonly db: Database,
    private readonly table: string,
    indexes: Projection['indexes'],
  ) {
    this.definitions = indexes.map((columns, i) => {
      const leading = columns.map((column) => `"${column}"`).join(', ');
      return [`"${table}__list${i}"`, `${leading}, ${coveringColumns}`] as const;
    });
    const there = db.prepare("select count(*) as n from sqlite_master where type = 'index' and name glob ?");
    this.suspended = (there.get(`${table}__list*`) as { n: number }).n < indexes.length;
  }

  /** Called in a batch's transaction before its rows are written. */
  prepareFor(batchRows: number, tableRows: number): void {
    const large = batchRows >= largeRows && tableRows <= tableTimes * batchRows;
    if (!large) this.restore();
    else if (!this.suspended) {
      for (const [name] of this.definitions) this.db.exec(`drop index if exists ${name}`);
      this.suspended = true;
    }
  }

  /** Called before a list is read, and where rows are all there. */
  restore(): void {
    if (!this.suspended) return;
    try {
      for (const [name, columns] of this.definitions) {
        this.db.exec(`create index if not exists ${name} on "${this.table}"(${columns})`);
      }
    } catch (error) {
      // Read beside the server that owns the file: lists are scanned, with the same answers.
      if (!isReadOnly(error)) throw error;
    }
    this.suspended = false;
  }

  /** The transaction was rolled back, and what was dropped in it is there again. */
  forget(): void {
    this.suspended = true;
  }
}
