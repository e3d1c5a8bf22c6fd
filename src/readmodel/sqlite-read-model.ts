/** The read model over one SQLite file: applies events, answers for any moment. */
import { randomUUID } from 'node:crypto';
import { dayNumber } from '../es/day.ts';
import { invariant } from '../es/errors.ts';
import type { LocalDate, Position, RecordedEvent } from '../es/event.ts';
import type { Found, Moment, Projection, ReadModel, Row, Select } from '../es/projection.ts';
import { compactPacks } from './compact.ts';
import { closeDatabase, type Database, HeldReads, transaction } from './database.ts';
import { isDamage } from './files.ts';
import { finishDraft } from './finish.ts';
import { type History, Live } from './live.ts';
import { readMeta, writeMeta } from './meta.ts';
import { Reader } from './reader.ts';
import { retryStuck } from './retry.ts';
import { createTables } from './tables.ts';

interface Room {
  readonly live: Live;
  readonly reader: Reader;
}

export class SqliteReadModel implements ReadModel {
  private readonly rooms = new Map<string, Room>();
  /** Differs after anything that could change the answer for a moment that was answered before: part of a cache's key. */
  generation: string;
  private applied: Position;
  private readonly reads: HeldReads;

  private constructor(
    private readonly db: Database,
    readonly projections: readonly Projection[],
  ) {
    this.reads = new HeldReads(db);
    for (const projection of projections) {
      this.rooms.set(projection.name, { live: new Live(db, projection), reader: new Reader(db, projection) });
    }
    this.applied = Number(readMeta(db, 'position'));
    this.generation = String(readMeta(db, 'generation'));
  }

  /** A read model over a file that holds the tables of `projections`. Throws where it does not. */
  static over(db: Database, projections: readonly Projection[]): SqliteReadModel {
    return new SqliteReadModel(db, projections);
  }

  /** A read model of an empty log, in a new file. */
  static create(db: Database, projections: readonly Projection[], logId = ''): SqliteReadModel {
    transaction(db, () => createTables(db, projections));
    finishDraft(db, projections, [], { position: 0, logId });
    return SqliteReadModel.over(db, projections);
  }

  get position(): Position {
    return this.applied;
  }

  /** Applies the next events of the log, by position; all of them are committed with the checkpoint, or none. */
  async apply(events: readonly RecordedEvent[], history: History): Promise<void> {
    const news = events.filter((event) => event.position > this.applied);
    const last = news.at(-1);
    if (!last) return;
    const planned: { live: Live; plan: Awaited<ReturnType<Live['plan']>> }[] = [];
    for (const { live } of this.rooms.values())
      planned.push({ live, plan: await live.plan(news, this.applied, history) });
    this.reads.release();
    try {
      transaction(this.db, () => {
        for (const { live, plan } of planned) live.write(plan);
        writeMeta(this.db, 'position', last.position);
      });
    } catch (error) {
      for (const { live } of planned) live.forget();
      throw error;
    }
    for (const { live, plan } of planned) {
      live.settle(plan);
      const { reader } = this.room(live.projection);
      for (const { id } of plan.entities) reader.changedEntity(id);
    }
    this.applied = last.position;
  }

  /** Folds anew what is stuck; to be done once after opening, before anything is applied. */
  async retry(history: History): Promise<void> {
    for (const { live, reader } of this.rooms.values()) {
      this.reads.release();
      if (!(await retryStuck(this.db, live, this.applied, history))) continue;
      reader.forget();
      this.generation = randomUUID();
      writeMeta(this.db, 'generation', this.generation);
    }
  }

  /** Joins what many small transactions have left; to be done once after opening. */
  compact(): void {
    this.reads.release();
    for (const projection of this.projections) compactPacks(this.db, projection);
  }

  touched(projections: readonly string[], until: Position): Position {
    return Math.max(0, ...projections.map((name) => this.room({ name }).live.positions.lastUntil(until)));
  }

  one<R extends Row>(projection: Projection<R>, id: string, at: Moment): R | null {
    return this.reader(projection).one(id, at);
  }

  many<R extends Row>(projection: Projection<R>, ids: readonly string[], at: Moment): (R | null)[] {
    return this.reader(projection).many(ids, at);
  }

  select<R extends Row>(projection: Projection<R>, question: Select, at: Moment): Found<R>[] {
    return this.lister(projection).select(question, at);
  }

  count<R extends Row>(
    projection: Projection<R>,
    question: Pick<Select, 'where' | 'params' | 'search'>,
    at: Moment,
  ): number {
    const position = this.room(projection).live.positions.lastUntil(at.position);
    return this.lister(projection).count(question, { effectiveOn: at.effectiveOn, position });
  }

  tally<R extends Row>(
    projection: Projection<R>,
    groups: readonly string[],
    at: Moment,
  ): readonly (readonly number[])[] {
    const { cube } = this.room(projection).live;
    invariant(cube, `${projection.name} has a cube`);
    const day = dayNumber(at.effectiveOn);
    return groups.map((group) => cube.sum(group, day, at.position));
  }

  changed<R extends Row>(
    projection: Projection<R>,
    from: Moment,
    to: Moment,
    afterId: string,
    limit: number,
  ): string[] {
    return this.reader(projection).changed(from, to, afterId, limit);
  }

  timeline<R extends Row>(
    projection: Projection<R>,
    id: string,
    position: Position,
  ): { effectiveOn: LocalDate; row: R | null }[] {
    return this.reader(projection).timeline(id, position);
  }

  stuck(): readonly { projection: string; entity: string; position: Position; message: string }[] {
    return [...this.rooms].flatMap(([projection, { live }]) =>
      [...live.stuck.values()].map((one) => ({ projection, ...one })),
    );
  }

  close(): void {
    try {
      this.reads.release();
    } catch (error) {
      // A damaged file cannot end its read either: it is closed all the same.
      if (!isDamage(error)) throw error;
    }
    closeDatabase(this.db);
  }

  private lister<R extends Row>(projection: Projection<R>): Reader<R> {
    const { lists } = this.room(projection).live;
    if (lists.suspended) {
      this.reads.release();
      lists.restore();
    }
    return this.reader(projection);
  }

  private reader<R extends Row>(projection: Projection<R>): Reader<R> {
    this.reads.hold();
    return this.room(projection).reader as unknown as Reader<R>;
  }

  private room({ name }: { readonly name: string }): Room {
    const room = this.rooms.get(name);
    invariant(room, `the read model has ${name}`);
    return room;
  }
}
