/** A part of a rebuild: folds the entities of a range of names, each wholly in memory, into rows in key order. */
import { Entity } from '../es/bitemporal.ts';
import { idOf, type Position, type RecordedEvent } from '../es/event.ts';
import type { Projection } from '../es/projection.ts';
import type { EventStore, StreamRange } from '../es/store.ts';
import { type Database, transaction } from './database.ts';
import { eachEntity } from './each-entity.ts';
import { Live } from './live.ts';
import { advance, emptyPlan, type Plan } from './plan.ts';
import { type Routes, routesOf } from './routes.ts';
import { createTables } from './tables.ts';

/** Entities that are folded before their rows are written. */
const entitiesPerWrite = 20;
/** Deltas and positions of one pack. */
const packedMax = 50_000;
/** Events after which progress is told. */
const toldEvents = 2_000;
/** Ids of rows and texts that one shard may give out: so shards are joined as they are. */
const idsPerShard = 2 ** 28;

/** One of the parts that the entities are cut into. */
export interface Shard {
  readonly range: StreamRange;
  /** From 0, in the order of the ranges. */
  readonly number: number;
}

/** Folds all events that name the shard's entities, up to `range.until`, into new tables of `db`, without indexes. Tells how many
 *  more events have been read for them; one is read for each entity that it names. */
export async function foldShard(
  db: Database,
  projections: readonly Projection[],
  store: EventStore,
  { range, number }: Shard,
  onRead: (events: number) => void,
): Promise<void> {
  transaction(db, () => createTables(db, projections));
  // One transaction: pages are written where the cache is full, not with every batch.
  db.exec('begin');
  for (const [entity, routes] of routesOf(projections)) {
    const within = rangeOf(range, entity, routes);
    const tables = new Map(routes.projections.map((each) => [each, new ShardTable(db, each, number * idsPerShard)]));
    let read = 0;
    if (within) {
      for await (const { stream, events } of eachEntity(store, within, () => onRead(0))) {
        for (const event of events) for (const each of routes.of(event)) tables.get(each)?.take(event);
        for (const table of tables.values()) table.fold(idOf(stream));
        read += events.length;
        if (read < toldEvents) continue;
        onRead(read);
        read = 0;
      }
    }
    onRead(read);
    for (const table of tables.values()) table.finish();
  }
  db.exec('commit');
}

/** What of the range is streams of the entity; null where nothing is. */
function rangeOf(range: StreamRange, entity: string, { ignored }: Routes): StreamRange | null {
  const [first, end] = [`${entity}-`, `${entity}.`];
  const from = range.from !== undefined && range.from > first ? range.from : first;
  const before = range.before !== undefined && range.before < end ? range.before : end;
  return from < before ? { from, before, until: range.until, except: ignored } : null;
}

/** One projection's rows of the shard. */
class ShardTable {
  private readonly live: Live;
  private readonly plan: Plan = emptyPlan();
  private taken: RecordedEvent[] = [];

  constructor(
    db: Database,
    private readonly projection: Projection,
    idsBefore: number,
  ) {
    this.live = new Live(db, projection, { draft: true, idsBefore });
  }

  /** Takes the next event of the entity that is folded next. */
  take(event: RecordedEvent): void {
    this.taken.push(event);
  }

  fold(id: string): void {
    const { projection, plan, taken } = this;
    if (taken.length === 0) return;
    this.taken = [];
    advance(
      plan,
      () => Entity.fresh(projection, id),
      () => {},
      taken,
    );
    if (plan.entities.length >= entitiesPerWrite) this.writeRows();
    if (plan.deltas.length >= packedMax || plan.positions.length >= packedMax) this.writePacks();
  }

  finish(): void {
    this.writeRows();
    this.live.rows.flush();
    this.writePacks();
  }

  private writeRows(): void {
    const { entities, stuck, words } = this.plan;
    this.live.write({ entities, stuck, words, deltas: [], positions: [] });
    entities.length = 0;
    stuck.length = 0;
    words.clear();
  }

  private writePacks(): void {
    const { deltas, positions } = this.plan;
    this.live.pack(deltas, positions as Position[]);
    deltas.length = 0;
    positions.length = 0;
  }
}
