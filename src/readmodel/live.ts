/** One projection kept up with the log: what a batch of events does to its rows, tallies and marks. */
import { concerns, Entity } from '../es/bitemporal.ts';
import { aggregateOf, idOf, type Position, type RecordedEvent, streamOf } from '../es/event.ts';
import type { Projection, Row } from '../es/projection.ts';
import { DeltaCube } from './cube.ts';
import type { Database } from './database.ts';
import { type Delta, deltasOf } from './deltas.ts';
import { packDeltas, packPositions, unpackDeltas, unpackPositions } from './packs.ts';
import { Positions } from './positions.ts';
import { Rows } from './rows.ts';
import { wordsOf } from './words.ts';

export interface Stuck {
  readonly entity: string;
  readonly position: Position;
  readonly message: string;
}

/** What a batch will write, worked out before the transaction opens. */
export interface Plan<R extends Row = Row> {
  readonly entities: Entity<R>[];
  readonly deltas: Delta[];
  readonly positions: Position[];
  readonly stuck: Stuck[];
}

/** Every event that names an entity, whatever has been applied. */
export type History = (stream: string) => Promise<readonly RecordedEvent[]>;

export class Live<R extends Row = Row> {
  readonly positions = new Positions();
  readonly stuck = new Map<string, Stuck>();
  cube: DeltaCube | undefined;
  private readonly rows: Rows<R>;

  constructor(
    private readonly db: Database,
    readonly projection: Projection<R>,
  ) {
    this.rows = new Rows(db, projection);
    this.load();
  }

  /** Works out what `events` change, those after `checkpoint`; writes nothing. */
  async plan(events: readonly RecordedEvent[], checkpoint: Position, history: History): Promise<Plan<R>> {
    const grouped = byEntity(this.projection, events);
    const ids = [...grouped.keys()].filter((id) => !this.stuck.has(id)).sort();
    const entities = this.rows.tails(ids);
    const plan: Plan<R> = { entities: [], deltas: [], positions: [], stuck: [] };
    for (const id of ids) {
      const own = grouped.get(id) as RecordedEvent[];
      const reachesBack = (entities.get(id) as Entity<R>).needsHistory(own);
      const known = reachesBack ? (await history(streamOf(this.projection.entity, id))).filter((e) => e.position <= checkpoint) : [];
      const load = () => {
        if (reachesBack) return Entity.whole(this.projection, id, this.rows.open(id), known);
        return entities.get(id) ?? (this.rows.tails([id]).get(id) as Entity<R>);
      };
      advance(plan, load, () => entities.delete(id), own);
    }
    plan.deltas.sort((a, b) => a.position - b.position);
    plan.positions.sort((a, b) => a - b);
    return plan;
  }

  /** Writes a plan; within a transaction of the caller's. */
  write({ entities, deltas, positions, stuck }: Plan<R>): void {
    this.rows.write(entities);
    const { name, cube } = this.projection;
    const pack = this.db.prepare('insert into pack(projection, kind, data) values (?, ?, ?)');
    if (cube && deltas.length > 0) pack.run(name, 'deltas', packDeltas(deltas, cube.measures.length));
    if (positions.length > 0) pack.run(name, 'positions', packPositions(positions));
    const mark = this.db.prepare('insert or replace into stuck(projection, entity, position, message) values (?, ?, ?, ?)');
    for (const { entity, position, message } of stuck) mark.run(name, entity, position, message);
  }

  /** The plan is committed: readers may see it. */
  settle({ deltas, positions, stuck }: Plan<R>): void {
    for (const delta of deltas) this.cube?.add(delta);
    for (const position of positions) this.positions.add(position);
    for (const one of stuck) this.stuck.set(one.entity, one);
  }

  /** The transaction was rolled back. */
  forget(): void {
    this.rows.forget();
  }

  private load(): void {
    const { name, cube } = this.projection;
    const measures = cube?.measures.length ?? 0;
    this.cube = cube && new DeltaCube(measures);
    const packs = this.db.prepare('select data from pack where projection = ? and kind = ? order by seq');
    for (const { data } of packs.iterate(name, 'deltas') as Iterable<{ data: Uint8Array }>) {
      for (const delta of unpackDeltas(data, measures)) this.cube?.add(delta);
    }
    for (const { data } of packs.iterate(name, 'positions') as Iterable<{ data: Uint8Array }>) {
      for (const position of unpackPositions(data)) this.positions.add(position);
    }
    const marks = this.db.prepare('select entity, position, message from stuck where projection = ?').all(name) as unknown as Stuck[];
    for (const mark of marks) this.stuck.set(mark.entity, { ...mark });
  }
}

/** The events that can change rows of the projection, by the ids of the entities that they name. */
export function byEntity<R extends Row>(projection: Projection<R>, events: readonly RecordedEvent[]): Map<string, RecordedEvent[]> {
  const grouped = new Map<string, RecordedEvent[]>();
  for (const event of events) {
    if (!concerns(projection, event)) continue;
    for (const subject of new Set(event.subjects)) {
      if (aggregateOf(subject) !== projection.entity) continue;
      const id = idOf(subject);
      const own = grouped.get(id);
      if (own) own.push(event);
      else grouped.set(id, [event]);
    }
  }
  return grouped;
}

/** Applies an entity's events to it. One that fails stops this entity alone: it is marked, and those after it wait. */
export function advance<R extends Row>(
  plan: Plan<R>,
  load: () => Entity<R>,
  discard: () => void,
  events: readonly RecordedEvent[],
): void {
  let entity = load();
  const deltas: Delta[] = [];
  const positions: Position[] = [];
  for (const [i, event] of events.entries()) {
    try {
      const { projection } = entity;
      const steps = entity.apply(event);
      const added = projection.cube ? deltasOf(projection.cube, steps, event.position) : [];
      for (const { after } of steps) if (after) wordsOf(projection, after);
      deltas.push(...added);
      if (steps.length > 0) positions.push(event.position);
    } catch (error) {
      plan.stuck.push({ entity: entity.id, position: event.position, message: error instanceof Error ? error.message : String(error) });
      // What came after the handler may have failed too, with the event half taken: start again and stop before it.
      discard();
      entity = load();
      for (const applied of events.slice(0, i)) entity.apply(applied);
      break;
    }
  }
  plan.entities.push(entity);
  plan.deltas.push(...deltas);
  plan.positions.push(...positions);
}
