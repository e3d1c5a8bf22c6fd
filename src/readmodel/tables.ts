/** The tables of a read-model file: one a projection, beside what all of them share. */
import { createHash } from 'node:crypto';
import { canonicalJson } from '../es/canonical.ts';
import { invariant } from '../es/errors.ts';
import type { Projection } from '../es/projection.ts';
import { columnsOf } from '../es/state.ts';
import type { Database } from './database.ts';

/** Raised when the layout below changes: older files are then built anew. */
const layoutVersion = 2;

/** Columns that every table has; a projection's own columns must differ from them. */
const commonColumns = [
  'row_id',
  'id',
  'valid_from',
  'known_from',
  'known_to',
  'next_from',
  'next_known',
  'present',
  'word_id',
];

/** What covers the visible fragment, last in every index of a list. */
export const coveringColumns = 'id, valid_from, known_from, known_to, next_from, next_known, present';

const namePattern = /^[a-z][A-Za-z0-9_]*$/;

/** What the names of files begin with that hold these projections in these versions. */
export function fileStem(projections: readonly Projection[]): string {
  const said = projections
    .map(({ name, version, entity, columns, indexes, cube, searchable }) => ({
      name,
      version,
      entity,
      columns,
      indexes,
      measures: cube?.measures ?? null,
      searched: searchable !== undefined,
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const hash = createHash('sha256').update(canonicalJson({ layoutVersion, said })).digest('hex');
  return `readmodel-${hash.slice(0, 16)}`;
}

/** Tables without the indexes of lists and words: those come after the rows where many are written at once. */
export function createTables(db: Database, projections: readonly Projection[]): void {
  db.exec(`
    create table meta(key text primary key, value) without rowid;
    create table pack(seq integer primary key, projection text not null, kind text not null, data blob not null);
    create table stuck(projection text, entity text, position integer not null, message text not null,
      primary key(projection, entity)) without rowid;`);
  for (const projection of projections) {
    const { name } = projection;
    const columns = columnsOf(projection);
    for (const column of columns) {
      invariant(
        namePattern.test(column) && !commonColumns.includes(column),
        `${name}.${column} can be a column's name`,
      );
    }
    invariant(namePattern.test(name), `${name} can be a table's name`);
    const own = columns.map((column) => `, "${column}" ${projection.columns[column]}`).join('');
    db.exec(`create table "${name}"(row_id integer primary key, id text not null, valid_from integer not null,
      known_from integer not null, known_to integer not null, next_from integer not null, next_known integer not null,
      present integer not null, word_id integer${own})`);
    if (!projection.searchable) continue;
    db.exec(`create table "${name}__words"(word_id integer primary key, words text not null)`);
    // Without FTS5 the words themselves are scanned: slower, the same answers.
    if (hasFts(db))
      db.exec(`create virtual table "${name}__fts" using fts5(tokens, content='', detail=none, tokenize='ascii')`);
  }
}

/** The indexes that writing needs; those of lists are `ListIndexes`. */
export function createIndexes(db: Database, projection: Projection): void {
  const { name } = projection;
  db.exec(`create unique index "${name}__key" on "${name}"(id, valid_from, known_from)`);
  if (!projection.searchable) return;
  db.exec(`create index "${name}__word" on "${name}"(word_id)`);
  db.exec(`create index "${name}__text" on "${name}__words"(words)`);
}

/** Whether the driver's SQLite has FTS5. */
export function hasFts(db: Database): boolean {
  return db.prepare("select 1 from pragma_module_list where name = 'fts5'").get() !== undefined;
}

/** Visible at the moment of day ?1 and position ?2. Plain `?` that follow it are bound after these two. */
export const visible =
  'v.valid_from <= ?1 and v.known_from <= ?2 and v.known_to > ?2 and (v.next_from > ?1 or v.next_known > ?2) and v.present';
