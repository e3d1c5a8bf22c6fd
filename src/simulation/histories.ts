/** What has been recorded of each entity, in memory, with the state that it folds to. */
import type { AnyAggregate } from '../es/aggregate.ts';
import { aggregateOf, idOf, type LocalDate, type Position, type RecordedEvent } from '../es/event.ts';
import { evolve } from '../es/evolve.ts';
import { eventsAt } from '../es/fold.ts';

/** One entity's events and fold. */
class History {
  /** Every event that names the entity, by position. */
  known: RecordedEvent[] = [];
  /** Those that are not voided, in fold order. */
  holding: RecordedEvent[] = [];
  revision = -1;
  #state: unknown;
  /** How many of `holding` the state holds. */
  #folded = 0;

  add(event: RecordedEvent, stream: string): void {
    this.known.push(event);
    if (event.stream === stream) this.revision = event.revision;
    if (event.voids !== undefined) {
      this.#refold();
      return;
    }
    let at = this.holding.length;
    while (at > 0 && (this.holding[at - 1] as RecordedEvent).effectiveOn > event.effectiveOn) at -= 1;
    if (at === this.holding.length) this.holding.push(event);
    else this.holding.splice(at, 0, event);
    if (at < this.#folded) this.#folded = 0;
  }

  forgetAfter(position: Position): void {
    if ((this.known.at(-1)?.position ?? 0) <= position) return;
    this.known = this.known.filter((event) => event.position <= position);
    this.#refold();
  }

  stateOn(aggregate: AnyAggregate, self: string, day: LocalDate): unknown {
    const { holding } = this;
    if (day < (holding.at(-1)?.effectiveOn ?? '')) {
      const before = holding.filter((event) => event.effectiveOn <= day);
      return before.reduce((state, event) => evolve(aggregate, state, event, self), aggregate.initial);
    }
    if (this.#folded === 0) this.#state = aggregate.initial;
    for (; this.#folded < holding.length; this.#folded += 1) {
      this.#state = evolve(aggregate, this.#state, holding[this.#folded] as RecordedEvent, self);
    }
    return this.#state;
  }

  #refold(): void {
    this.holding = eventsAt(this.known, '9999-12-31', Number.MAX_SAFE_INTEGER);
    this.#folded = 0;
  }
}

const nothing = new History();

/** The histories of all entities: what `EventStore.readSubject` would answer, and its fold. */
export class Histories {
  readonly #bySubject = new Map<string, History>();

  add(event: RecordedEvent): void {
    for (const subject of event.subjects) {
      // Documents are found by it in the log; no decision reads it.
      if (aggregateOf(subject) === 'basis') continue;
      const history = this.#bySubject.get(subject) ?? new History();
      if (history.known.length === 0) this.#bySubject.set(subject, history);
      history.add(event, subject);
    }
  }

  /** Every event that names the entity, by position. */
  known(stream: string): readonly RecordedEvent[] {
    return this.#of(stream).known;
  }

  /** Those that are not voided, in fold order. */
  holding(stream: string): readonly RecordedEvent[] {
    return this.#of(stream).holding;
  }

  /** Last revision of the stream; -1 where it is empty. */
  revision(stream: string): number {
    return this.#of(stream).revision;
  }

  /** The entity's state on a day. */
  stateOn(aggregate: AnyAggregate, stream: string, day: LocalDate): unknown {
    return this.#of(stream).stateOn(aggregate, idOf(stream), day);
  }

  /** Lets go of what was recorded after a position: nothing that is yet to come may rest on it. */
  forgetAfter(position: Position): void {
    for (const [stream, history] of this.#bySubject) {
      if ((history.known[0] as RecordedEvent).position > position) this.#bySubject.delete(stream);
      else history.forgetAfter(position);
    }
  }

  #of(stream: string): History {
    return this.#bySubject.get(stream) ?? nothing;
  }
}
