/** The end of a rebuild: takes the other shards in, indexes, and makes the file one that serves. */
import { randomUUID } from 'node:crypto';
import type { Position } from '../es/event.ts';
import type { Projection } from '../es/projection.ts';
import { type Database, transaction } from './database.ts';
import { ListIndexes } from './list-indexes.ts';
import { measuresOf, writeMeta } from './meta.ts';
import { createIndexes } from './tables.ts';
import { indexWords } from './words.ts';

/** Finishes the draft `db`, which holds the first shard; `shards` are the paths of the others, in the order of their ranges. */
export function finishDraft(
  db: Database,
  projections: readonly Projection[],
  shards: readonly string[],
  { position, logId }: { position: Position; logId: string },
): void {
  for (const path of shards) takeIn(db, projections, path);
  // Large sorts stay in memory, and use the cores that the other workers have left.
  db.exec('pragma cache_size = -200000; pragma threads = 2');
  transaction(db, () => {
    for (const projection of projections) {
      createIndexes(db, projection);
      new ListIndexes(db, projection.name, projection.indexes).restore();
      if (projection.searchable) indexWords(db, projection.name);
    }
    writeMeta(db, 'position', position);
    writeMeta(db, 'generation', randomUUID());
    writeMeta(db, 'log', logId);
    writeMeta(db, 'measures', measuresOf(projections));
  });
}

function takeIn(db: Database, projections: readonly Projection[], path: string): void {
  db.prepare('attach ? as shard').run(path);
  transaction(db, () => {
    for (const { name, searchable } of projections) {
      const words = searchable ? lastOf(db, `"${name}__words"`, 'word_id') : 0;
      const rows = lastOf(db, `"${name}"`, 'row_id');
      const columns = (db.prepare('select name from pragma_table_info(?)').all(name) as { name: string }[]).map(
        (c) => c.name,
      );
      const values = columns.map((column) => {
        if (column === 'row_id') return `row_id + ${rows}`;
        return column === 'word_id' ? `word_id + ${words}` : `"${column}"`;
      });
      db.exec(`insert into main."${name}" select ${values} from shard."${name}" order by row_id`);
      if (searchable)
        db.exec(`insert into main."${name}__words" select word_id + ${words}, words from shard."${name}__words"`);
    }
    db.exec('insert into main.pack(projection, kind, data) select projection, kind, data from shard.pack order by seq');
    db.exec('insert into main.stuck select * from shard.stuck');
  });
  db.exec('detach shard');
}

function lastOf(db: Database, table: string, key: string): number {
  const { last } = db.prepare(`select max(${key}) as last from main.${table}`).get() as { last: number | null };
  return last ?? 0;
}
