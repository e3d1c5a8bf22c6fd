/** One projection kept up with the log: what a batch of events does to its rows, tallies and marks. */
import { Entity } from '../es/bitemporal.ts';
import { type Position, type RecordedEvent, streamOf } from '../es/event.ts';
import type { Projection, Row } from '../es/projection.ts';
import { DeltaCube } from './cube.ts';
import type { Database } from './database.ts';
import type { Delta } from './deltas.ts';
import { ListIndexes } from './list-indexes.ts';
import { eachDelta, packDeltas, packPositions, unpackPositions } from './packs.ts';
import { advance, byEntity, emptyPlan, type Plan, type Stuck } from './plan.ts';
import { Positions } from './positions.ts';
import { Rows } from './rows.ts';
import { toLive, type Writing } from './words.ts';

/** Every event that names an entity, whatever has been applied. */
export type History = (stream: string) => Promise<readonly RecordedEvent[]>;

export class Live<R extends Row = Row> {
  positions = new Positions();
  readonly stuck = new Map<string, Stuck>();
  cube: DeltaCube | undefined;
  readonly rows: Rows<R>;
  readonly lists: ListIndexes;

  constructor(
    private readonly db: Database,
    readonly projection: Projection<R>,
    private readonly writing: Writing = toLive,
  ) {
    this.rows = new Rows(db, projection, writing);
    this.lists = new ListIndexes(db, projection.name, projection.indexes);
    this.load();
  }

  /** Works out what `events` change, those after `checkpoint`; writes nothing. */
  async plan(events: readonly RecordedEvent[], checkpoint: Position, history: History): Promise<Plan<R>> {
    const grouped = byEntity(this.projection, events);
    const ids = [...grouped.keys()].filter((id) => !this.stuck.has(id)).sort();
    const entities = this.rows.tails(ids);
    const plan = emptyPlan<R>();
    for (const id of ids) {
      const own = grouped.get(id) as RecordedEvent[];
      const reachesBack = (entities.get(id) as Entity<R>).needsHistory(own);
      const known = reachesBack
        ? (await history(streamOf(this.projection.entity, id))).filter((e) => e.position <= checkpoint)
        : [];
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
  write({ entities, deltas, positions, stuck, words }: Plan<R>): void {
    if (!this.writing.draft) this.lists.prepareFor(freshRows(entities), this.rows.size);
    this.rows.write(entities, words);
    this.pack(deltas, positions);
    const { name } = this.projection;
    const mark = this.db.prepare(
      'insert or replace into stuck(projection, entity, position, message) values (?, ?, ?, ?)',
    );
    for (const { entity, position, message } of stuck) mark.run(name, entity, position, message);
  }

  /** Adds to what is packed; within a transaction of the caller's. */
  pack(deltas: readonly Delta[], positions: readonly Position[]): void {
    const { name, cube } = this.projection;
    const pack = this.db.prepare('insert into pack(projection, kind, data) values (?, ?, ?)');
    if (cube && deltas.length > 0) pack.run(name, 'deltas', packDeltas(deltas, cube.measures.length));
    if (positions.length > 0) pack.run(name, 'positions', packPositions(positions));
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
    this.lists.forget();
  }

  /** Reads tallies, positions and marks as they are stored. */
  load(): void {
    const { name, cube } = this.projection;
    const measures = cube?.measures.length ?? 0;
    this.cube = cube && new DeltaCube(measures);
    this.positions = new Positions();
    this.stuck.clear();
    const packs = this.db.prepare('select data from pack where projection = ? and kind = ? order by seq');
    for (const { data } of packs.iterate(name, 'deltas') as Iterable<{ data: Uint8Array }>) {
      eachDelta(data, measures, (...delta) => this.cube?.append(...delta));
    }
    this.cube?.arrange();
    const positions: Position[] = [];
    for (const { data } of packs.iterate(name, 'positions') as Iterable<{ data: Uint8Array }>) {
      for (const position of unpackPositions(data)) positions.push(position);
    }
    // A rebuild packs entity by entity.
    for (const position of Float64Array.from(positions).sort()) this.positions.add(position);
    const marks = this.db
      .prepare('select entity, position, message from stuck where projection = ?')
      .all(name) as unknown as Stuck[];
    for (const mark of marks) this.stuck.set(mark.entity, { ...mark });
  }
}

const freshRows = <R extends Row>(entities: readonly Entity<R>[]): number =>
  entities.reduce((sum, { touched }) => sum + touched.filter(({ stored }) => stored === 0).length, 0);
