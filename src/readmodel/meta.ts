/** What a read-model file says of itself. */
import type { Projection } from '../es/projection.ts';
import type { Database } from './database.ts';

/** `position`: the last one applied. `log`: id of the log it was built from. `generation`: changed whenever answers for moments that
 *  were answered before may have changed. `measures`: of each projection with a cube, as JSON. */
export type MetaKey = 'position' | 'log' | 'generation' | 'measures';

/** What the file says; null where it says nothing. */
export function readMeta(db: Database, key: MetaKey): string | number | null {
  const row = db.prepare('select value from meta where key = ?').get(key) as { value: string | number } | undefined;
  return row?.value ?? null;
}

/** Says it from now on; within the caller's transaction, where there is one. */
export function writeMeta(db: Database, key: MetaKey, value: string | number): void {
  db.prepare('insert or replace into meta(key, value) values (?, ?)').run(key, value);
}

/** The measures of every cube: a file can serve where they are what the program counts. */
export const measuresOf = (projections: readonly Projection[]): string =>
  JSON.stringify(projections.flatMap(({ name, cube }) => (cube ? [[name, cube.measures]] : [])));
