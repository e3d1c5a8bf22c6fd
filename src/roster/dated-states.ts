/** An entity's records on the days of the editions, as its events say. */
import type { AnyAggregate } from '../es/aggregate.ts';
import type { LocalDate, RecordedEvent } from '../es/event.ts';
import { evolve } from '../es/evolve.ts';
import { eventsAt } from '../es/fold.ts';

/** The state of a village or a division, as far as an import looks at it. */
interface ListedState<R> {
  readonly status: 'NONE' | 'LISTED' | 'ENDED';
  readonly record?: R;
}

/** Walks through the days in ascending order, one after the other. */
export class DatedStates<R> {
  private readonly held: readonly RecordedEvent[];
  private next = 0;
  private state: ListedState<R>;

  constructor(
    private readonly aggregate: AnyAggregate,
    private readonly self: string,
    events: readonly RecordedEvent[],
  ) {
    const single = events.length === 1 && events[0]?.voids === undefined;
    this.held = single ? events : eventsAt(events, '9999-12-31', Number.MAX_SAFE_INTEGER);
    this.state = aggregate.initial as ListedState<R>;
  }

  /** The record that is listed on the day, or null. */
  on(day: LocalDate): R | null {
    for (let event = this.held[this.next]; event && event.effectiveOn <= day; event = this.held[this.next]) {
      this.state = evolve(this.aggregate, this.state, event, this.self) as ListedState<R>;
      this.next += 1;
    }
    return this.state.status === 'LISTED' ? (this.state.record as R) : null;
  }

  /** Goes on as if the record had been stated on the day that was asked for last. */
  suppose(record: R | null): void {
    this.state = record
      ? { status: 'LISTED', record }
      : { ...this.state, status: this.state.record ? 'ENDED' : 'NONE' };
  }
}

/** The entity's records on each of the days. */
export function recordsOn<R>(
  aggregate: AnyAggregate,
  self: string,
  events: readonly RecordedEvent[],
  days: readonly LocalDate[],
): (R | null)[] {
  const states = new DatedStates<R>(aggregate, self, events);
  return days.map((day) => states.on(day));
}
