/** What has been recorded of each entity, in memory, with the state that it folds to. */
import { aggregateNamed } from '../domain/index.ts';
import type { AnyAggregate } from '../es/aggregate.ts';
import { invariant } from '../es/errors.ts';
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
  readonly #stream: string;
  readonly #aggregate: AnyAggregate | undefined;
  /** Those of `holding` that the entity's aggregate folds: most that name a village say nothing of its own state. */
  #folding: RecordedEvent[] = [];
  #state: unknown;
  /** How many of `#folding` the state holds. */
  #folded = 0;

  constructor(stream: string) {
    this.#stream = stream;
    this.#aggregate = aggregateNamed(aggregateOf(stream));
  }

  add(event: RecordedEvent): void {
    this.known.push(event);
    if (event.stream === this.#stream) this.revision = event.revision;
    if (event.voids !== undefined) {
      this.#hold();
      return;
    }
    insert(this.holding, event);
    if (this.#folds(event) && insert(this.#folding, event) < this.#folded) this.#folded = 0;
  }

  forgetAfter(position: Position): void {
    if ((this.known.at(-1)?.position ?? 0) <= position) return;
    this.known = this.known.filter((event) => event.position <= position);
    this.#hold();
  }

  stateOn(day: LocalDate): unknown {
    const aggregate = this.#aggregate;
    invariant(aggregate, `an aggregate has ${this.#stream}`);
    const self = idOf(this.#stream);
    const folding = this.#folding;
    const isPast = this.#folded > 0 && day < (folding[this.#folded - 1] as RecordedEvent).effectiveOn;
    if (isPast) {
      const before = folding.filter((event) => event.effectiveOn <= day);
      return before.reduce((state, event) => evolve(aggregate, state, event, self), aggregate.initial);
    }
    if (this.#folded === 0) this.#state = aggregate.initial;
    for (; this.#folded < folding.length; this.#folded += 1) {
      const event = folding[this.#folded] as RecordedEvent;
      if (event.effectiveOn > day) break;
      this.#state = evolve(aggregate, this.#state, event, self);
    }
    return this.#state;
  }

  #folds({ type }: RecordedEvent): boolean {
    return this.#aggregate?.evolve[type] !== undefined;
  }

  #hold(): void {
    this.holding = eventsAt(this.known, '9999-12-31', Number.MAX_SAFE_INTEGER);
    this.#folding = this.holding.filter((event) => this.#folds(event));
    this.#folded = 0;
  }
}

/** Puts an event, the newest of all, in its place in fold order; returns the place. */
function insert(events: RecordedEvent[], event: RecordedEvent): number {
  let at = events.length;
  while (at > 0 && (events[at - 1] as RecordedEvent).effectiveOn > event.effectiveOn) at -= 1;
  if (at === events.length) events.push(event);
  else events.splice(at, 0, event);
  return at;
}

/** The histories of all entities: what `EventStore.readSubject` would answer, and its fold. */
export class Histories {
  readonly #bySubject = new Map<string, History>();

  add(event: RecordedEvent): void {
    for (const subject of event.subjects) {
      // Documents are found by it in the log; no decision reads it.
      if (subject.startsWith('basis-')) continue;
      const history = this.#bySubject.get(subject);
      if (history) history.add(event);
      else this.#begin(subject).add(event);
    }
  }

  /** Every event that names the entity, by position. */
  known(stream: string): readonly RecordedEvent[] {
    return this.#bySubject.get(stream)?.known ?? [];
  }

  /** Those that are not voided, in fold order. */
  holding(stream: string): readonly RecordedEvent[] {
    return this.#bySubject.get(stream)?.holding ?? [];
  }

  /** Last revision of the stream; -1 where it is empty. */
  revision(stream: string): number {
    return this.#bySubject.get(stream)?.revision ?? -1;
  }

  /** The entity's state on a day, by the fold of its aggregate. */
  stateOn(stream: string, day: LocalDate): unknown {
    return (this.#bySubject.get(stream) ?? new History(stream)).stateOn(day);
  }

  /** Lets go of what was recorded after a position: nothing that is yet to come may rest on it. */
  forgetAfter(position: Position): void {
    for (const [stream, history] of this.#bySubject) {
      if ((history.known[0] as RecordedEvent).position > position) this.#bySubject.delete(stream);
      else history.forgetAfter(position);
    }
  }

  #begin(stream: string): History {
    const history = new History(stream);
    this.#bySubject.set(stream, history);
    return history;
  }
}
