/** The newest events of the log, read once for all feeds that are up to date. */
import type { Position, RecordedEvent } from '../es/event.ts';
import type { Services } from '../graphql/context.ts';

/** Events of the log after a position: all of them up to `until`. */
export interface Slice {
  readonly events: readonly RecordedEvent[];
  readonly until: Position;
}

const sliceEventsMax = 500;
const keptEventsMax = 1_000;

export class Tail {
  /** All events after `from`, up to `until`. */
  private events: RecordedEvent[] = [];
  private from: Position;
  private until: Position;
  private reading: Promise<void> | undefined;

  constructor(private readonly services: Pick<Services, 'store' | 'readModel'>) {
    this.from = services.readModel.position;
    this.until = this.from;
  }

  /** What follows a position that the read model has: up to its newest, or a part. Empty and up to the position itself where
   *  nothing does. Errors: those of the store. */
  async after(position: Position): Promise<Slice> {
    if (position >= this.until) await this.extend();
    if (position > this.until) this.restart(position);
    if (position === this.until) await this.extend();
    if (position < this.from) return this.read(position);
    const at = this.events.findIndex((event) => event.position > position);
    return { events: at < 0 ? [] : this.events.slice(at), until: this.until };
  }

  private extend(): Promise<void> {
    this.reading ??= this.readOn().finally(() => {
      this.reading = undefined;
    });
    return this.reading;
  }

  private async readOn(): Promise<void> {
    const from = this.until;
    const { events, until } = await this.read(from);
    // Begun anew elsewhere meanwhile.
    if (this.until !== from) return;
    this.events.push(...events);
    this.until = until;
    const surplus = this.events.length - keptEventsMax;
    if (surplus > 0) this.from = this.events.splice(0, surplus).at(-1)?.position ?? this.from;
  }

  private restart(position: Position): void {
    this.events = [];
    this.from = position;
    this.until = position;
  }

  private async read(from: Position): Promise<Slice> {
    const { store, readModel } = this.services;
    // The read model is asked for each event's picture: what it does not have yet waits for the bell.
    const head = readModel.position;
    if (head <= from) return { events: [], until: from };
    const events = await store.readLog({ from, until: head, limit: sliceEventsMax });
    return { events, until: events.length < sliceEventsMax ? head : (events.at(-1)?.position ?? head) };
  }
}
