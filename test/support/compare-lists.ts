/** Lists against the truth: order, paging in both directions, search. */
import fc from 'fast-check';
import { expect } from 'vitest';
import type { Cell, Found, Moment, Projection, ReadModel, Row, Select } from '../../src/es/projection.ts';
import type { BruteForce } from './brute-force.ts';

type Order = NonNullable<Select['orderBy']>;

export interface ListCase {
  readonly order: Order;
  readonly pageSize: number;
  /** Picks a word and a part of it. */
  readonly pick: number;
}

export function arbitraryListCase<R extends Row>(projection: Projection<R>): fc.Arbitrary<ListCase> {
  const all = Object.keys(projection.columns);
  const columns = fc.subarray(all, { maxLength: Math.min(3, all.length) });
  return fc.record({
    order: columns.chain((names) =>
      fc.tuple(...names.map((column) => fc.boolean().map((descending) => ({ column, descending })))),
    ),
    pageSize: fc.integer({ min: 1, max: 4 }),
    pick: fc.nat(10_000),
  });
}

/** Rows in the order of the question: nulls first, last where descending, the id at the end. */
export function inOrder<R extends Row>(found: readonly Found<R>[], order: Order): Found<R>[] {
  return [...found].sort((a, b) => {
    for (const { column, descending } of order) {
      const compared = compareCells(a.row[column] ?? null, b.row[column] ?? null);
      if (compared !== 0) return descending ? -compared : compared;
    }
    return a.id < b.id ? -1 : 1;
  });
}

function compareCells(a: Cell, b: Cell): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  return a < b ? -1 : 1;
}

/** All pages forwards, one after the other. */
export function pagesForwards<R extends Row>(
  model: ReadModel,
  projection: Projection<R>,
  question: Omit<Select, 'limit'>,
  at: Moment,
  size: number,
): Found<R>[] {
  const all: Found<R>[] = [];
  for (;;) {
    const page = model.select(projection, { ...question, after: placeOf(all.at(-1), question), limit: size }, at);
    all.push(...page);
    if (page.length < size) return all;
  }
}

function pagesBackwards<R extends Row>(
  model: ReadModel,
  projection: Projection<R>,
  question: Omit<Select, 'limit'>,
  at: Moment,
  size: number,
): Found<R>[] {
  const all: Found<R>[] = [];
  for (;;) {
    const before = placeOf(all[0], question);
    const page = model.select(projection, { ...question, before, fromEnd: true, limit: size }, at);
    all.unshift(...page);
    if (page.length < size) return all;
  }
}

function placeOf<R extends Row>(found: Found<R> | undefined, { orderBy = [] }: Omit<Select, 'limit'>): Select['after'] {
  return found && { id: found.id, values: orderBy.map(({ column }) => found.row[column] ?? null) };
}

export function compareLists<R extends Row>(
  projection: Projection<R>,
  model: ReadModel,
  truth: BruteForce<R>,
  at: Moment,
  { order, pageSize, pick }: ListCase,
): void {
  const all = inOrder(truth.all(at), order);
  expect(pagesForwards(model, projection, { orderBy: order }, at, pageSize)).toEqual(all);
  expect(pagesBackwards(model, projection, { orderBy: order }, at, pageSize)).toEqual(all);
  const { searchable } = projection;
  if (!searchable) return;
  const search = partOf(
    all.flatMap(({ row }) => searchable(row)),
    pick,
  );
  const matching = all.filter(({ row }) => matches(searchable(row), search));
  expect(pagesForwards(model, projection, { orderBy: order, search }, at, pageSize)).toEqual(matching);
  expect(model.count(projection, { search }, at)).toBe(matching.length);
}

/** A substring of one of the words; a character of none where there are none. */
function partOf(words: readonly string[], pick: number): string {
  const word = words[pick % (words.length || 1)] ?? '无';
  const start = pick % (word.length || 1);
  return word.slice(start, start + 1 + (Math.floor(pick / 7) % 3));
}

function matches(words: readonly string[], search: string): boolean {
  const fold = (text: string) => text.normalize('NFKC').toLowerCase();
  const terms = fold(search).split(/\s+/u).filter(Boolean);
  return terms.every((term) => words.some((word) => fold(word).includes(term)));
}
