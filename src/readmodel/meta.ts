/** What a read-model file says of itself. */
import type { Database } from './database.ts';

/** `position`: the last one applied. `log`: id of the log it was built from. `generation`: changed whenever answers for moments that
 *  were answered before may have changed. */
export type MetaKey = 'position' | 'log' | 'generation';

export function readMeta(db: Database, key: MetaKey): string | number | null {
  const row = db.prepare('select value from meta where key = ?').get(key) as { value: string | number } | undefined;
  return row?.value ?? null;
}

export function writeMeta(db: Database, key: MetaKey, value: string | number): void {
  db.prepare('insert or replace into meta(key, value) values (?, ?)').run(key, value);
}
