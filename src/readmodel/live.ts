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
  readonly stuck = new Map<string, Stuck>();
  /** Both are read from their packs when they are first asked for: a start does not wait for tallies that nobody wants yet. */
  private loadedPositions: Positions | undefined;
  private loadedCube: DeltaCube | undefined;
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
    // Most batches concern few of the projections.
    if (grouped.size === 0) return emptyPlan<R>();
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
    if (entities.length === 0 && deltas.length === 0 && positions.length === 0 && stuck.length === 0) return;
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
    // What is not loaded yet will be loaded with these.
    for (const delta of deltas) this.loadedCube?.add(delta);
    for (const position of positions) this.loadedPositions?.add(position);
    for (const one of stuck) this.stuck.set(one.entity, one);
  }

  /** The transaction was rolled back. */
  forget(): void {
    this.rows.forget();
    this.lists.forget();
  }

  /** Tallies as of all that is committed; undefined where the projection counts nothing. */
  get cube(): DeltaCube | undefined {
    const { cube } = this.projection;
    if (this.loadedCube || !cube) return this.loadedCube;
    const measures = cube.measures.length;
    const loaded = new DeltaCube(measures);
    for (const data of this.packs('deltas')) eachDelta(data, measures, (...delta) => loaded.append(...delta));
    loaded.arrange();
    this.loadedCube = loaded;
    return loaded;
  }

  /** Positions of changes as of all that is committed. */
  get positions(): Positions {
    if (this.loadedPositions) return this.loadedPositions;
    const stored: Position[] = [];
    for (const data of this.packs('positions')) for (const position of unpackPositions(data)) stored.push(position);
    const loaded = new Positions();
    // A rebuild packs entity by entity.
    for (const position of Float64Array.from(stored).sort()) loaded.add(position);
    this.loadedPositions = loaded;
    return loaded;
  }

  /** Forgets tallies, positions and marks, and reads the marks as they are stored. */
  load(): void {
    this.loadedCube = undefined;
    this.loadedPositions = undefined;
    this.stuck.clear();
    const marks = this.db
      .prepare('select entity, position, message from stuck where projection = ?')
      .all(this.projection.name) as unknown as Stuck[];
    for (const mark of marks) this.stuck.set(mark.entity, { ...mark });
  }

  private *packs(kind: 'deltas' | 'positions'): Generator<Uint8Array> {
    const packs = this.db.prepare('select data from pack where projection = ? and kind = ? order by seq');
    for (const { data } of packs.iterate(this.projection.name, kind) as Iterable<{ data: Uint8Array }>) yield data;
  }
}

const freshRows = <R extends Row>(entities: readonly Entity<R>[]): number =>
  entities.reduce((sum, { touched }) => sum + touched.filter(({ stored }) => stored === 0).length, 0);
