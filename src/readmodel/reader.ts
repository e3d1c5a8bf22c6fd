/** Every read of one projection, at any moment of both times. */
import { type DayNumber, dayNumber, localDate } from '../es/day.ts';
import type { LocalDate, Position } from '../es/event.ts';
import type { Cell, Found, Moment, Projection, Row, Select } from '../es/projection.ts';
import { columnsOf, sameState } from '../es/state.ts';
import { arrays, type Database, type Statement } from './database.ts';
import { type Bounds, Latest } from './latest.ts';
import { countQuery, listQuery } from './list-query.ts';
import { Recent } from './recent.ts';
import { stateFrom } from './rows.ts';
import { hasFts, visible } from './tables.ts';

const statesMax = 60_000;
const statementsMax = 500;
const countsMax = 2_000;

interface Stored<R extends Row> {
  readonly id: string;
  readonly state: R | null;
}

export class Reader<R extends Row = Row> {
  private readonly columns: readonly string[];
  private readonly fts: boolean;
  private readonly findOne: Statement;
  private readonly findMany: Statement;
  private readonly loadOne: Statement;
  private readonly loadMany: Statement;
  private readonly findChanged: Statement;
  private readonly findTimeline: Statement;
  /** A row's state never changes once it is stored: so what is remembered by row id is never stale. */
  private readonly states = new Recent<number, Stored<R>>(statesMax);
  private readonly latest = new Latest<R>();
  private readonly statements = new Recent<string, Statement>(statementsMax);
  /** Counts at a moment never change either. */
  private readonly counts = new Recent<string, number>(countsMax);
  private lastDate: LocalDate = '';
  private lastDay: DayNumber = 0;

  constructor(
    private readonly db: Database,
    private readonly projection: Projection<R>,
  ) {
    const table = `"${projection.name}"`;
    this.columns = columnsOf(projection);
    this.fts = hasFts(db);
    const bounds = 'v.valid_from, v.known_from, v.known_to, v.next_from, v.next_known';
    const latest = 'valid_from <= ?1 and known_from <= ?2 order by valid_from desc, known_from desc limit 1';
    this.findOne = arrays(db, `select v.row_id, ${bounds} from ${table} v where id = ?3 and ${latest}`);
    this.findMany = arrays(
      db,
      `select v.id, v.row_id, ${bounds} from json_each(?3) e join ${table} v
        on v.row_id = (select row_id from ${table} where id = e.value and ${latest})`,
    );
    const own = this.columns.map((column) => `, "${column}"`).join('');
    this.loadOne = arrays(db, `select row_id, id, present${own} from ${table} where row_id = ?`);
    this.loadMany = arrays(
      db,
      `select row_id, id, present${own} from ${table} where row_id in (select value from json_each(?))`,
    );
    const first = visible.replace(' and v.present', '');
    const second = first.replaceAll('?1', '?3').replaceAll('?2', '?4');
    this.findChanged = arrays(
      db,
      `select v.id, max(case when ${first} then v.row_id end) as a, max(case when ${second} then v.row_id end) as b
        from ${table} v where v.id > ?5 group by v.id having a is not b order by v.id`,
    );
    this.findTimeline = arrays(
      db,
      `select valid_from, row_id from ${table} where id = ? and known_from <= ? and known_to > ? order by valid_from`,
    );
  }

  one(id: string, { effectiveOn, position }: Moment): R | null {
    const day = this.day(effectiveOn);
    const known = this.latest.at(id, day, position);
    if (known) return known.state;
    const found = this.findOne.get(day, position, id) as [number, ...Bounds] | undefined;
    if (!found) return null;
    const [row, ...bounds] = found;
    return this.latest.keep(id, bounds, this.load(row).state).state;
  }

  many(ids: readonly string[], { effectiveOn, position }: Moment): (R | null)[] {
    const day = this.day(effectiveOn);
    const answers = new Map<string, R | null>();
    const missing: string[] = [];
    for (const id of ids) {
      const known = this.latest.at(id, day, position);
      if (known) answers.set(id, known.state);
      else missing.push(id);
    }
    if (missing.length > 0) {
      const found = this.findMany.all(day, position, JSON.stringify(missing)) as [string, number, ...Bounds][];
      const stored = this.loadAll(found.map(([, row]) => row));
      for (const [i, [id, , ...bounds]] of found.entries()) {
        answers.set(id, this.latest.keep(id, bounds, stored[i]?.state ?? null).state);
      }
    }
    return ids.map((id) => answers.get(id) ?? null);
  }

  select(question: Select, at: Moment): Found<R>[] {
    const { sql, params, reversed } = listQuery(this.projection, question, this.fts);
    const rows = (this.run(sql, at, params) as [number][]).map(([row]) => row);
    const stored = this.loadAll(reversed ? rows.reverse() : rows);
    return stored.map((one) => ({ id: (one as Stored<R>).id, row: (one as Stored<R>).state as R }));
  }

  /** `position` of the moment is the last one that changed the projection, so that equal pictures share a count. */
  count(question: Pick<Select, 'where' | 'params' | 'search'>, at: Moment): number {
    const { sql, params } = countQuery(this.projection, question, this.fts);
    const key = JSON.stringify([sql, params, at.effectiveOn, at.position]);
    let count = this.counts.get(key);
    if (count === undefined) {
      count = (this.run(sql, at, params) as [number][])[0]?.[0] ?? 0;
      this.counts.set(key, count);
    }
    return count;
  }

  changed(from: Moment, to: Moment, afterId: string, limit: number): string[] {
    const ids: string[] = [];
    const differing = this.findChanged.iterate(
      this.day(from.effectiveOn),
      from.position,
      this.day(to.effectiveOn),
      to.position,
      afterId,
    );
    for (const [id, a, b] of differing as Iterable<[string, number | null, number | null]>) {
      const states = [a, b].map((row) => (row === null ? null : this.load(row).state)) as [R | null, R | null];
      if (!sameState(this.projection, ...states)) ids.push(id);
      if (ids.length >= limit) break;
    }
    return ids;
  }

  timeline(id: string, position: Position): { effectiveOn: LocalDate; row: R | null }[] {
    const dated: { effectiveOn: LocalDate; row: R | null }[] = [];
    let last: R | null = null;
    for (const [day, row] of this.findTimeline.all(id, position, position) as [number, number][]) {
      const { state } = this.load(row);
      if (sameState(this.projection, last, state)) continue;
      dated.push({ effectiveOn: localDate(day), row: state });
      last = state;
    }
    return dated;
  }

  /** Events have changed the bounds of the entity's rows. */
  changedEntity(id: string): void {
    this.latest.forget(id);
  }

  /** Rows were taken out or their ids given anew. */
  forget(): void {
    this.states.clear();
    this.counts.clear();
    this.latest.clear();
  }

  /** A moment's day is asked for again and again. */
  private day(effectiveOn: LocalDate): DayNumber {
    if (effectiveOn !== this.lastDate) {
      this.lastDate = effectiveOn;
      this.lastDay = dayNumber(effectiveOn);
    }
    return this.lastDay;
  }

  private run(sql: string, at: Moment, params: readonly Cell[]): unknown[] {
    let statement = this.statements.get(sql);
    if (!statement) {
      statement = arrays(this.db, sql);
      this.statements.set(sql, statement);
    }
    return statement.all(this.day(at.effectiveOn), at.position, ...params);
  }

  private load(row: number): Stored<R> {
    return this.states.get(row) ?? this.keep(this.loadOne.get(row) as StoredCells);
  }

  private loadAll(rows: readonly (number | null)[]): (Stored<R> | undefined)[] {
    const stored = rows.map((row) => (row === null ? undefined : this.states.get(row)));
    const missing = rows.filter((row, i) => row !== null && !stored[i]);
    if (missing.length === 0) return stored;
    const loaded = new Map<number, Stored<R>>();
    for (const cells of this.loadMany.all(JSON.stringify(missing)) as StoredCells[])
      loaded.set(cells[0], this.keep(cells));
    return rows.map((row, i) => stored[i] ?? (row === null ? undefined : loaded.get(row)));
  }

  private keep(cells: StoredCells): Stored<R> {
    const [row, id, present] = cells;
    const stored = { id, state: present ? stateFrom<R>(this.columns, cells, 3) : null };
    this.states.set(row, stored);
    return stored;
  }
}

type StoredCells = [row: number, id: string, present: number, ...Cell[]];
