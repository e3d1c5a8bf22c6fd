/** A row's state as it is stored: exactly its projection's columns, each of its type. */
import type { Cell, Projection, Row } from './projection.ts';

interface Shape {
  readonly columns: readonly string[];
  /** Of each column in their order. */
  readonly integer: readonly boolean[];
}

const shapes = new WeakMap<object, Shape>();

function shapeOf<R extends Row>(projection: Projection<R>): Shape {
  let shape = shapes.get(projection);
  if (!shape) {
    const columns = Object.keys(projection.columns);
    const types: Readonly<Record<string, string>> = projection.columns;
    shape = { columns, integer: columns.map((column) => types[column] === 'integer') };
    shapes.set(projection, shape);
  }
  return shape;
}

/** The projection's columns in the order of its declaration. */
export const columnsOf = <R extends Row>(projection: Projection<R>): readonly string[] => shapeOf(projection).columns;

/** What a handler returned, cut to the columns, absent ones null: so that a state is the same before and after it was
 *  stored. Throws TypeError where a value is not of its column's type. */
export function shaped<R extends Row>(projection: Projection<R>, row: R | null): R | null {
  if (row === null) return null;
  const { columns, integer } = shapeOf(projection);
  const state: Record<string, Cell> = {};
  for (let i = 0; i < columns.length; i++) {
    const column = columns[i] as string;
    const value = row[column] ?? null;
    const fits = value === null || (integer[i] ? Number.isSafeInteger(value) : typeof value === 'string');
    if (!fits) throw new TypeError(`${projection.name}.${column} cannot hold ${JSON.stringify(value)}`);
    state[column] = value;
  }
  return state as R;
}

/** Equality of two states, column by column. */
export function sameState<R extends Row>(projection: Projection<R>, a: R | null, b: R | null): boolean {
  if (a === b) return true;
  if (a === null || b === null) return false;
  for (const column of shapeOf(projection).columns) {
    if (a[column] !== b[column]) return false;
  }
  return true;
}
