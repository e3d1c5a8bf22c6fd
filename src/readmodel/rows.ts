/** The stored versions of one projection: loading them for an entity, writing what it touched. */
import { Entity, type Version } from '../es/bitemporal.ts';
import { OPEN_POSITION } from '../es/day.ts';
import type { Cell, Projection, Row } from '../es/projection.ts';
import { columnsOf } from '../es/state.ts';
import { arrays, type Database, type Statement } from './database.ts';
import { toLive, Words, type Writing } from './words.ts';

const rowsPerInsert = 50;

type Stored = [
  id: string,
  row: number,
  validFrom: number,
  knownFrom: number,
  nextFrom: number,
  nextKnown: number,
  present: number,
  ...Cell[],
];

export class Rows<R extends Row = Row> {
  private readonly columns: readonly string[];
  private readonly loadTails: Statement;
  private readonly loadOpen: Statement;
  private readonly insertMany: Statement;
  private readonly insertOne: Statement;
  private readonly patch: Statement;
  private readonly words: Words | undefined;
  private lastRow: number;
  /** Cells of new rows that are not inserted yet. */
  private fresh: Cell[] = [];

  constructor(
    private readonly db: Database,
    readonly projection: Projection<R>,
    private readonly writing: Writing = toLive,
  ) {
    const table = `"${projection.name}"`;
    this.columns = columnsOf(projection);
    const own = this.columns.map((column) => `"${column}"`);
    const loaded = ['row_id', 'valid_from', 'known_from', 'next_from', 'next_known', 'present', ...own].map(
      (c) => `v.${c}`,
    );
    this.loadTails = arrays(
      db,
      `select e.value, ${loaded} from json_each(?) e join ${table} v on v.row_id =
        (select row_id from ${table} where id = e.value order by valid_from desc, known_from desc limit 1)`,
    );
    this.loadOpen = arrays(
      db,
      `select v.id, ${loaded} from ${table} v where v.id = ? and v.known_to = ${OPEN_POSITION} order by v.valid_from`,
    );
    const width = 9 + own.length;
    const values = `(${Array(width).fill('?')})`;
    const insert = `insert into ${table}(row_id, id, valid_from, known_from, known_to, next_from, next_known, present, word_id
      ${own.map((column) => `, ${column}`).join('')}) values `;
    this.insertMany = db.prepare(insert + Array(rowsPerInsert).fill(values));
    this.insertOne = db.prepare(insert + values);
    this.patch = db.prepare(`update ${table} set known_to = ?, next_from = ?, next_known = ? where row_id = ?`);
    this.words = projection.searchable && new Words(db, projection.name, writing);
    const last = db.prepare(`select max(row_id) as last from ${table}`).get() as { last: number | null };
    this.lastRow = last.last ?? writing.idsBefore;
  }

  /** Each of the entities as far as events in order need it. */
  tails(ids: readonly string[]): Map<string, Entity<R>> {
    const entities = new Map<string, Entity<R>>();
    for (const stored of this.loadTails.all(JSON.stringify(ids)) as Stored[]) {
      entities.set(stored[0], Entity.tail(this.projection, stored[0], this.version(stored)));
    }
    for (const id of ids) if (!entities.has(id)) entities.set(id, Entity.fresh(this.projection, id));
    return entities;
  }

  /** All open versions of an entity, by day. */
  open(id: string): Version<R>[] {
    return (this.loadOpen.all(id) as Stored[]).map((stored) => this.version(stored));
  }

  /** Rows that were ever stored. */
  get size(): number {
    return this.lastRow;
  }

  /** Writes what the entities touched, in their order, with the words of each new state; within a transaction of the caller's.
   *  The last rows of a draft wait for more until `flush`. */
  write(entities: Iterable<Entity<R>>, words: ReadonlyMap<R, string>): void {
    const { fresh } = this;
    const full = rowsPerInsert * (9 + this.columns.length);
    for (const entity of entities) {
      for (const version of entity.touched) {
        version.dirty = false;
        if (version.stored) this.patch.run(version.knownTo, version.nextFrom, version.nextKnown, version.stored);
        else this.push(fresh, entity.id, version, words);
        if (fresh.length === full) {
          this.insertMany.run(...fresh);
          fresh.length = 0;
        }
      }
      entity.touched = [];
    }
    if (!this.writing.draft) this.flush();
  }

  /** Inserts the rows that wait. */
  flush(): void {
    const { fresh } = this;
    const width = 9 + this.columns.length;
    for (let at = 0; at < fresh.length; at += width) this.insertOne.run(...fresh.slice(at, at + width));
    fresh.length = 0;
  }

  /** Takes out all that is stored of an entity; within a transaction of the caller's. */
  remove(id: string): void {
    this.db.prepare(`delete from "${this.projection.name}" where id = ?`).run(id);
  }

  /** A transaction was rolled back: what was given out within it is void. */
  forget(): void {
    this.fresh.length = 0;
    this.words?.forget();
  }

  private push(fresh: Cell[], id: string, version: Version<R>, words: ReadonlyMap<R, string>): void {
    const { state } = version;
    version.stored = ++this.lastRow;
    const word =
      state && this.words
        ? this.words.idOf(words.get(state) ?? this.projection.searchable?.(state).join('\n') ?? '')
        : null;
    fresh.push(
      version.stored,
      id,
      version.validFrom,
      version.knownFrom,
      version.knownTo,
      version.nextFrom,
      version.nextKnown,
      state ? 1 : 0,
      word,
    );
    for (const column of this.columns) fresh.push(state?.[column] ?? null);
  }

  private version(stored: Stored): Version<R> {
    const [, row, validFrom, knownFrom, nextFrom, nextKnown, present] = stored;
    return {
      stored: row,
      validFrom,
      knownFrom,
      knownTo: OPEN_POSITION,
      nextFrom,
      nextKnown,
      state: present ? stateFrom<R>(this.columns, stored, 7) : null,
      dirty: false,
    };
  }
}

/** A state from a stored row's cells, the first of its columns at `offset`. */
export function stateFrom<R extends Row>(columns: readonly string[], cells: readonly unknown[], offset: number): R {
  const state: Record<string, Cell> = {};
  for (let i = 0; i < columns.length; i++) state[columns[i] as string] = cells[offset + i] as Cell;
  return state as R;
}
