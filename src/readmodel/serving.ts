/** The read model that readers hold: behind it a new file takes over from an old one without stopping reads. */
import { CodedError } from '../es/errors.ts';
import type { LocalDate, Position, RecordedEvent } from '../es/event.ts';
import type { Found, Moment, Projection, ReadModel, Row, Select } from '../es/projection.ts';
import type { ProjectionSink } from '../es/runner.ts';
import { isDamage } from './files.ts';
import type { History } from './live.ts';
import type { SqliteReadModel } from './sqlite-read-model.ts';

/** How the file of today's projections is built anew and takes over. */
export interface Build {
  /** Builds it beside what serves. */
  prepare(): Promise<void>;
  /** Opens it, at once. */
  open(): SqliteReadModel;
  /** Removes what has been replaced. */
  clean(): Promise<void>;
}

export class ServingReadModel implements ReadModel, ProjectionSink {
  /** The file to come, while one is being built. */
  private coming: Promise<void> | undefined;
  private failed: unknown;
  private readonly listeners = new Set<() => void>();

  private constructor(
    private model: SqliteReadModel,
    private readonly build: Build,
    private readonly onDamage: (error: unknown) => void,
    private state: 'current' | 'frozen' | 'damaged',
  ) {}

  /** Serves a file of today's projections. */
  static current(model: SqliteReadModel, build: Build, onDamage: (error: unknown) => void): ServingReadModel {
    return new ServingReadModel(model, build, onDamage, 'current');
  }

  /** Serves an older file, frozen at its position, until today's is built: whoever waits for that starts it, as the runner does. */
  static frozen(model: SqliteReadModel, build: Build, onDamage: (error: unknown) => void): ServingReadModel {
    return new ServingReadModel(model, build, onDamage, 'frozen');
  }

  /** True while an older file serves, or a damaged one. */
  get building(): boolean {
    return this.state !== 'current';
  }

  /** Why the last attempt to build today's file failed, or null. */
  get failure(): string | null {
    return this.building && this.failed !== undefined ? String(this.failed) : null;
  }

  /** Rings when a read has found the file damaged: then there is one to build. Returns the way to stop listening. */
  onUnsettled(ring: () => void): () => void {
    this.listeners.add(ring);
    return () => this.listeners.delete(ring);
  }

  /** Resolves when today's file serves; tries again where building it failed before. Throws what failed. */
  async settled(): Promise<void> {
    if (this.state === 'current') return;
    this.coming ??= this.takeOver().finally(() => {
      this.coming = undefined;
    });
    try {
      await this.coming;
      this.failed = undefined;
    } catch (error) {
      this.failed = error;
      throw error;
    }
  }

  /** Waits for today's file, then applies what it does not hold yet. A file found damaged is built anew at the next attempt. */
  async apply(events: readonly RecordedEvent[], history: History): Promise<void> {
    await this.settled();
    try {
      await this.model.apply(events, history);
    } catch (error) {
      if (isDamage(error)) this.condemn(error);
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.coming?.catch(() => undefined);
    this.model.close();
  }

  get position(): Position {
    return this.model.position;
  }

  /** Part of every cache's key: see `SqliteReadModel.generation`. */
  get generation(): string {
    return this.model.generation;
  }

  touched(projections: readonly string[], until: Position): Position {
    return this.read(() => this.model.touched(projections, until));
  }

  one<R extends Row>(projection: Projection<R>, id: string, at: Moment): R | null {
    return this.read(() => this.model.one(projection, id, at));
  }

  many<R extends Row>(projection: Projection<R>, ids: readonly string[], at: Moment): (R | null)[] {
    return this.read(() => this.model.many(projection, ids, at));
  }

  select<R extends Row>(projection: Projection<R>, question: Select, at: Moment): Found<R>[] {
    return this.read(() => this.model.select(projection, question, at));
  }

  count<R extends Row>(
    projection: Projection<R>,
    question: Pick<Select, 'where' | 'params' | 'search'>,
    at: Moment,
  ): number {
    return this.read(() => this.model.count(projection, question, at));
  }

  tally<R extends Row>(
    projection: Projection<R>,
    groups: readonly string[],
    at: Moment,
  ): readonly (readonly number[])[] {
    return this.read(() => this.model.tally(projection, groups, at));
  }

  changed<R extends Row>(
    projection: Projection<R>,
    from: Moment,
    to: Moment,
    afterId: string,
    limit: number,
  ): string[] {
    return this.read(() => this.model.changed(projection, from, to, afterId, limit));
  }

  timeline<R extends Row>(
    projection: Projection<R>,
    id: string,
    position: Position,
  ): { effectiveOn: LocalDate; row: R | null }[] {
    return this.read(() => this.model.timeline(projection, id, position));
  }

  stuck(): readonly { projection: string; entity: string; position: Position; message: string }[] {
    return this.model.stuck();
  }

  /** Errors: `E_UNAVAILABLE` where the file is found damaged, and built anew from then on. */
  private read<Answer>(ask: () => Answer): Answer {
    try {
      return ask();
    } catch (error) {
      if (!isDamage(error)) throw error;
      this.condemn(error);
      for (const ring of [...this.listeners]) ring();
      throw new CodedError('E_UNAVAILABLE', 'The read model is damaged and is being built anew.');
    }
  }

  private condemn(error: unknown): void {
    // Whatever serves while another is built has been reported, and goes.
    if (this.building) return;
    this.state = 'damaged';
    this.onDamage(error);
  }

  private async takeOver(): Promise<void> {
    await this.build.prepare();
    const old = this.model;
    this.model = this.build.open();
    this.state = 'current';
    old.close();
    await this.build.clean();
  }
}
