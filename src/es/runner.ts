/** Keeps projections up with the log: reads what is new, hands it on in batches, and tells those who wait for a position. */
import { CodedError } from './errors.ts';
import type { Position, RecordedEvent } from './event.ts';
import type { EventStore } from './store.ts';

/** What takes the log's events in: a read model. */
export interface ProjectionSink {
  /** The last position taken in. */
  readonly position: Position;
  /** Resolves once the sink can take events in; tries again what failed before. Throws what failed. */
  settled?(): Promise<void>;
  /** Rings when the sink has something to settle, though the log is quiet. Returns the way to stop listening. */
  onUnsettled?(ring: () => void): () => void;
  /** Takes the next events, by position: all of them with their checkpoint, or none and throws. A handler's failure is not
   *  thrown: it stops its own entity alone. `history` yields every event that names an entity, later ones too. */
  apply(
    events: readonly RecordedEvent[],
    history: (stream: string) => Promise<readonly RecordedEvent[]>,
  ): Promise<void>;
}

export interface RunnerOptions {
  readonly store: EventStore;
  readonly sink: ProjectionSink;
  /** Events of one batch: one transaction of the sink. */
  readonly batchEventsMax?: number;
  /** The sink could not settle, or a batch could not be read or taken in. Reports it, and resolves when to try again, or at once on `stopped`. */
  readonly onFailure: (error: unknown, stopped: AbortSignal) => Promise<void>;
}

interface Waiter {
  readonly position: Position;
  readonly resolve: () => void;
  readonly reject: (error: CodedError) => void;
}

const defaultBatchEventsMax = 5_000;

export class Runner {
  private readonly waiters = new Set<Waiter>();
  private readonly listeners = new Set<() => void>();
  private readonly stopping = new AbortController();
  private readonly running: Promise<void>;
  private rung = false;
  private wake: (() => void) | undefined;

  private constructor(private readonly options: RunnerOptions) {
    this.running = this.run();
  }

  /** Starts to feed the sink from where it stands. */
  static start(options: RunnerOptions): Runner {
    return new Runner(options);
  }

  /** The last position that the sink has taken in. */
  get position(): Position {
    return this.options.sink.position;
  }

  /** Resolves once the sink has taken `position` in. Errors: `E_BEHIND` when `deadline` is aborted first, `E_UNAVAILABLE` when
   *  the runner is stopped. */
  waitFor(position: Position, deadline: AbortSignal): Promise<void> {
    if (this.position >= position) return Promise.resolve();
    if (this.stopping.signal.aborted) return Promise.reject(stoppedError());
    if (deadline.aborted) return Promise.reject(this.behind(position));
    return new Promise((resolve, reject) => {
      const settle = (end: () => void) => {
        this.waiters.delete(waiter);
        deadline.removeEventListener('abort', expire);
        end();
      };
      const expire = () => settle(() => reject(this.behind(position)));
      const waiter: Waiter = {
        position,
        resolve: () => settle(resolve),
        reject: (error) => settle(() => reject(error)),
      };
      this.waiters.add(waiter);
      deadline.addEventListener('abort', expire);
    });
  }

  /** Rings after each batch that the sink has taken in. Returns the way to stop listening. */
  onApplied(ring: () => void): () => void {
    this.listeners.add(ring);
    return () => this.listeners.delete(ring);
  }

  /** Finishes the batch at hand and stops; those who wait are refused. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.wake?.();
    await this.running;
    for (const waiter of [...this.waiters]) waiter.reject(stoppedError());
  }

  private async run(): Promise<void> {
    const { store, sink, onFailure } = this.options;
    const { signal } = this.stopping;
    const ring = () => {
      this.rung = true;
      this.wake?.();
    };
    const silences = [store.onAppend(ring), sink.onUnsettled?.(ring)];
    while (!signal.aborted) {
      try {
        if (await this.step()) continue;
        await this.sleep();
      } catch (error) {
        await onFailure(error, signal);
      }
    }
    for (const silence of silences) silence?.();
  }

  /** Takes one batch in; false where the log holds nothing new. */
  private async step(): Promise<boolean> {
    const { store, sink, batchEventsMax = defaultBatchEventsMax } = this.options;
    // Before the read: an append that the read misses rings after it.
    this.rung = false;
    const before = sink.position;
    await sink.settled?.();
    if (sink.position !== before) this.tell();
    const events = await store.readLog({ from: sink.position, limit: batchEventsMax });
    if (events.length === 0) return false;
    await sink.apply(events, (stream) => store.readSubject(stream));
    this.tell();
    return true;
  }

  private tell(): void {
    for (const waiter of [...this.waiters]) if (waiter.position <= this.position) waiter.resolve();
    for (const ring of [...this.listeners]) ring();
  }

  private async sleep(): Promise<void> {
    if (this.rung || this.stopping.signal.aborted) return;
    await new Promise<void>((resolve) => {
      this.wake = resolve;
    });
    this.wake = undefined;
  }

  private behind(position: Position): CodedError {
    return new CodedError('E_BEHIND', `The read model stands at ${this.position}.`, {
      position,
      reached: this.position,
    });
  }
}

const stoppedError = (): CodedError => new CodedError('E_UNAVAILABLE', 'The read model is closing.');
