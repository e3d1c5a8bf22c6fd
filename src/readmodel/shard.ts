/** A part of a rebuild: folds the entities of a range of streams, each wholly in memory, into rows in key order. */
import { concerns, Entity } from '../es/bitemporal.ts';
import { aggregateOf, idOf, type Position, type RecordedEvent } from '../es/event.ts';
import type { Projection } from '../es/projection.ts';
import type { EventStore, StreamRange } from '../es/store.ts';
import { type Database, transaction } from './database.ts';
import { Live } from './live.ts';
import { advance, emptyPlan, type Plan } from './plan.ts';
import { createTables } from './tables.ts';

/** Entities that are folded before their rows are written. */
const entitiesPerWrite = 20;
/** Deltas and positions of one pack. */
const packedMax = 50_000;

/** Folds all events of the range's streams up to `range.until` into new tables of `db`, without indexes. */
export async function foldShard(
  db: Database,
  projections: readonly Projection[],
  store: EventStore,
  range: StreamRange,
  onFolded: (events: number) => void,
): Promise<void> {
  transaction(db, () => createTables(db, projections));
  const shared = await sharedEvents(projections, store, range);
  const tables = projections.map((projection) => new ShardTable(db, projection));
  const fold = (stream: string, events: readonly RecordedEvent[]) => {
    for (const table of tables) table.fold(stream, events);
  };
  // Entities that only other streams speak of take their place in the order of names.
  const waiting = [...shared.keys()].sort();
  let next = 0;
  for await (const batch of store.readStreams(range)) {
    db.exec('begin');
    for (const own of byStream(batch)) {
      const { stream } = own[0] as RecordedEvent;
      for (; next < waiting.length && (waiting[next] as string) < stream; next++) {
        fold(waiting[next] as string, shared.get(waiting[next] as string) ?? []);
      }
      const others = shared.get(stream);
      if (others) next++;
      fold(stream, others ? [...own, ...others].sort((a, b) => a.position - b.position) : own);
    }
    db.exec('commit');
    onFolded(batch.length);
  }
  transaction(db, () => {
    for (const stream of waiting.slice(next)) fold(stream, shared.get(stream) ?? []);
    for (const table of tables) table.finish();
  });
}

/** Events by the streams of other entities that they name, within the range. */
async function sharedEvents(
  projections: readonly Projection[],
  store: EventStore,
  { from = '', before, until }: StreamRange,
): Promise<Map<string, RecordedEvent[]>> {
  const prefixes = new Set(projections.map(({ entity }) => entity));
  const shared = new Map<string, RecordedEvent[]>();
  for await (const batch of store.readShared(until)) {
    for (const event of batch) {
      for (const subject of new Set(event.subjects)) {
        if (subject === event.stream || subject < from || (before !== undefined && subject >= before)) continue;
        if (!prefixes.has(aggregateOf(subject))) continue;
        const events = shared.get(subject);
        if (events) events.push(event);
        else shared.set(subject, [event]);
      }
    }
  }
  return shared;
}

function* byStream(batch: readonly RecordedEvent[]): Generator<readonly RecordedEvent[]> {
  let start = 0;
  for (let i = 1; i <= batch.length; i++) {
    if (batch[i]?.stream === batch[start]?.stream) continue;
    yield batch.slice(start, i);
    start = i;
  }
}

/** One projection's rows of the shard. */
class ShardTable {
  private readonly live: Live;
  private readonly plan: Plan = emptyPlan();

  constructor(
    db: Database,
    private readonly projection: Projection,
  ) {
    this.live = new Live(db, projection, 'draft');
  }

  fold(stream: string, events: readonly RecordedEvent[]): void {
    const { projection, plan } = this;
    if (aggregateOf(stream) !== projection.entity) return;
    const own = events.filter((event) => concerns(projection, event));
    if (own.length === 0) return;
    const id = idOf(stream);
    advance(
      plan,
      () => Entity.fresh(projection, id),
      () => {},
      own,
    );
    if (plan.entities.length >= entitiesPerWrite) this.writeRows();
    if (plan.deltas.length >= packedMax || plan.positions.length >= packedMax) this.writePacks();
  }

  finish(): void {
    this.writeRows();
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
