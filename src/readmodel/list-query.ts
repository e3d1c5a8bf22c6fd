/** The SQL of a list question: what is visible and matches, in keyset order. */
import { invariant } from '../es/errors.ts';
import type { Cell, Projection, Row, Select } from '../es/projection.ts';
import { columnsOf } from '../es/state.ts';
import { matchOf, termsOf } from './search.ts';
import { visible } from './tables.ts';

export interface Query {
  readonly sql: string;
  /** What is bound after the moment's day and position. */
  readonly params: readonly Cell[];
  /** True where rows come last first. */
  readonly reversed: boolean;
}

interface Key {
  readonly column: string;
  readonly descending: boolean;
}

/** Row ids of a list. Fragments of `where` use plain `?`. */
export function listQuery<R extends Row>(projection: Projection<R>, question: Select, fts: boolean): Query {
  const reversed = question.fromEnd ?? (question.before !== undefined && question.after === undefined);
  const keys: Key[] = (question.orderBy ?? []).map(({ column, descending = false }) => {
    invariant(columnsOf(projection).includes(column), `${projection.name} can be ordered by ${column}`);
    return { column: `v."${column}"`, descending };
  });
  const matching = matches(projection, question, fts);
  const conditions = [visible, ...matching.conditions];
  const params = [...matching.params];
  if (question.after) conditions.push(beyond(keys, question.after, false, params));
  if (question.before) conditions.push(beyond(keys, question.before, true, params));
  invariant(Number.isSafeInteger(question.limit) && question.limit >= 0, 'a limit is a whole number');
  const order = [...keys, { column: 'v.id', descending: false }]
    .map(({ column, descending }) => `${column}${descending !== reversed ? ' desc' : ''}`)
    .join(', ');
  // The limit stands in the text: SQLite looks at a bound one to plan, and so plans anew each time it is bound.
  const sql = `select v.row_id from "${projection.name}" v where ${conditions.join(' and ')} order by ${order} limit ${question.limit}`;
  return { sql, params, reversed };
}

/** Number of rows that match. */
export function countQuery<R extends Row>(
  projection: Projection<R>,
  question: Pick<Select, 'where' | 'params' | 'search'>,
  fts: boolean,
): Query {
  const { conditions, params } = matches(projection, question, fts);
  const sql = `select count(*) from "${projection.name}" v where ${[visible, ...conditions].join(' and ')}`;
  return { sql, params, reversed: false };
}

function matches<R extends Row>(
  projection: Projection<R>,
  { where, params = [], search }: Pick<Select, 'where' | 'params' | 'search'>,
  fts: boolean,
): { conditions: string[]; params: Cell[] } {
  const conditions: string[] = [];
  const values: Cell[] = [];
  if (where) {
    conditions.push(`(${where})`);
    values.push(...params);
  }
  const terms = termsOf(search);
  if (terms.length > 0) {
    invariant(projection.searchable, `${projection.name} can be searched`);
    const words = `"${projection.name}__words"`;
    const index = `"${projection.name}__fts"`;
    const proposed = fts ? `w.word_id in (select rowid from ${index} where ${index} match ?) and ` : '';
    if (fts) values.push(matchOf(terms));
    const each = terms.map((term) => {
      values.push(term);
      return 'instr(w.words, ?) > 0';
    });
    conditions.push(`v.word_id in (select w.word_id from ${words} w where ${proposed}${each.join(' and ')})`);
  }
  return { conditions, params: values };
}

/** What stands after (or before) a place in the order; nulls stand first, or last where descending. */
function beyond(keys: readonly Key[], place: NonNullable<Select['after']>, before: boolean, params: Cell[]): string {
  invariant(place.values.length === keys.length, 'a place has one value for each column of the order');
  const parts: string[] = [];
  const tied: { sql: string; value: Cell }[] = [];
  const first = keys[0];
  const firstValue = place.values[0] ?? null;
  let bound = '';
  // Said once more without `or`, so that an index can start there.
  if (first && firstValue !== null && first.descending === before) {
    bound = `${first.column} >= ? and `;
    params.push(firstValue);
  }
  const add = (step: string | null, values: readonly Cell[]) => {
    if (step === null) return;
    parts.push([...tied.map(({ sql }) => sql), step].join(' and '));
    params.push(...tied.map(({ value }) => value), ...values);
  };
  for (const [i, { column, descending }] of keys.entries()) {
    const value = place.values[i] ?? null;
    if (descending === before)
      add(value === null ? `${column} is not null` : `${column} > ?`, value === null ? [] : [value]);
    else add(value === null ? null : `(${column} < ? or ${column} is null)`, value === null ? [] : [value]);
    tied.push({ sql: `${column} is ?`, value });
  }
  add(`v.id ${before ? '<' : '>'} ?`, [place.id]);
  return `${bound}(${parts.map((part) => `(${part})`).join(' or ')})`;
}
