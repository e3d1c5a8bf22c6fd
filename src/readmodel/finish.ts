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
      // The shards' ids differ, and so the tables' pages are taken over without their rows being looked at.
      db.exec(`insert into main."${name}" select * from shard."${name}"`);
      if (searchable) db.exec(`insert into main."${name}__words" select * from shard."${name}__words"`);
    }
    db.exec('insert into main.pack(projection, kind, data) select projection, kind, data from shard.pack order by seq');
    db.exec('insert into main.stuck select * from shard.stuck');
  });
  db.exec('detach shard');
}
