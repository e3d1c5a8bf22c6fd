/** The projection contract: a table of rows that answer for any moment, and one pure handler an event. */
import type { LocalDate, Position, RecordedEvent } from './event.ts';

/** A moment of both clocks. */
export interface Moment {
  readonly effectiveOn: LocalDate;
  readonly position: Position;
}

/** A value that a column holds. Booleans are 0 and 1, dates are `LocalDate` text. */
export type Cell = string | number | null;
export type Row = Readonly<Record<string, Cell>>;

/** Folds one event into the entity's row; null where the entity is not there (before it was, or after it went). Pure.
 *  Returning the row unchanged is allowed; an entity may come back after null. */
export type Handler<R> = (row: R | null, event: RecordedEvent, self: string) => R | null;

/** What is counted or summed below a group, for every moment: one row's contribution. */
export interface Cube<R> {
  readonly measures: readonly string[];
  /** Groups the row counts in, e.g. the ids of its township, county, prefecture and province. */
  readonly groups: (row: R) => readonly string[];
  /** One integer a measure. */
  readonly counts: (row: R) => readonly number[];
}

export interface Projection<R extends Row = Row> {
  /** Table name, snake_case. */
  readonly name: string;
  /** Raised when a handler's meaning changes: a new version builds its own file. */
  readonly version: number;
  /** Prefix of the streams of its entities: an event is applied to every entity of this prefix among its subjects. */
  readonly entity: string;
  readonly columns: { readonly [Column in keyof R & string]: 'text' | 'integer' };
  /** Leading columns of covering indexes for lists. */
  readonly indexes: readonly (readonly (keyof R & string)[])[];
  /** Every event type of the catalogue, handled or ignored by name. */
  readonly handlers: Readonly<Record<string, Handler<R> | 'ignore'>>;
  readonly cube?: Cube<R>;
  /** Words by which a row is found: substrings of any of them match. */
  readonly searchable?: (row: R) => readonly string[];
}

/** A row as read: the entity's id and its state at the moment. The state object is shared: never change it. */
export interface Found<R extends Row> {
  readonly id: string;
  readonly row: R;
}

/** A list question over one projection. SQL fragments name columns of the table, alias `v`; values go in `params`. */
export interface Select {
  readonly where?: string;
  readonly params?: readonly Cell[];
  /** Columns to order by; the id is always the last key. Default: by id. */
  readonly orderBy?: readonly { readonly column: string; readonly descending?: boolean }[];
  /** Keyset: only what stands after these values of the order's columns and this id. */
  readonly after?: { readonly values: readonly Cell[]; readonly id: string };
  /** Keyset: only what stands before; the nearest are returned, in order. */
  readonly before?: { readonly values: readonly Cell[]; readonly id: string };
  /** Take the last ones of what matches, in order. */
  readonly fromEnd?: boolean;
  /** Substring or pinyin, over the projection's `searchable` words. */
  readonly search?: string;
  readonly limit: number;
}

/** The read side: every question takes a moment, and now is nothing special. Implemented over SQLite in `src/readmodel`. */
export interface ReadModel {
  /** The last position applied by every projection. */
  readonly position: Position;
  /** Another one for each file that rows are read from: a rebuilt read model may say otherwise at the same position. */
  readonly generation: string;
  /** Last position, up to `until`, that changed any of the named projections: what an exact cache is keyed by. */
  touched(projections: readonly string[], until: Position): Position;
  one<R extends Row>(projection: Projection<R>, id: string, at: Moment): R | null;
  many<R extends Row>(projection: Projection<R>, ids: readonly string[], at: Moment): (R | null)[];
  select<R extends Row>(projection: Projection<R>, question: Select, at: Moment): Found<R>[];
  count<R extends Row>(
    projection: Projection<R>,
    question: Pick<Select, 'where' | 'params' | 'search'>,
    at: Moment,
  ): number;
  /** Sums of the cube's measures for each of the groups, in their order; zeros where there is nothing. */
  tally<R extends Row>(
    projection: Projection<R>,
    groups: readonly string[],
    at: Moment,
  ): readonly (readonly number[])[];
  /** Ids of entities whose row differs between two moments, ascending, after `afterId`, at most `limit`. */
  changed<R extends Row>(projection: Projection<R>, from: Moment, to: Moment, afterId: string, limit: number): string[];
  /** Every dated state of one entity as known at `position`: from each day on, the row or null. */
  timeline<R extends Row>(
    projection: Projection<R>,
    id: string,
    position: Position,
  ): { effectiveOn: LocalDate; row: R | null }[];
  /** What could not be applied: named in /readyz and the log, empty when all is well. */
  stuck(): readonly { projection: string; entity: string; position: Position; message: string }[];
}
