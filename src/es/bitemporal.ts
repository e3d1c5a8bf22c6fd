/** How one entity's rows come to answer for any moment of both clocks.
 *
 *  A version says: from `validFrom` on, as known from `knownFrom` on, the state was this; until `nextFrom`, which is known
 *  only since `nextKnown`, or until the version was replaced at `knownTo`. So an event in order costs one new version and
 *  one patch of the version before it. Every day that has an event has a version, even where nothing changed: that is how
 *  the last version alone tells whether an event is late. */
import { type DayNumber, dayNumber, OPEN_DAY, OPEN_POSITION } from './day.ts';
import type { Position, RecordedEvent } from './event.ts';
import { inEffectOrder, VOID_EVENT, voidedIds } from './fold.ts';
import type { Projection, Row } from './projection.ts';
import { sameState, shaped } from './state.ts';

export interface Version<R extends Row = Row> {
  /** Id of the stored row; 0 where it is not stored yet. */
  stored: number;
  readonly validFrom: DayNumber;
  readonly knownFrom: Position;
  knownTo: Position;
  nextFrom: DayNumber;
  nextKnown: Position;
  /** Null where the entity is not there. Never changes once stored. */
  state: R | null;
  /** True while it waits among `touched` to be written. */
  dirty: boolean;
}

/** One day on which an event changed what is known: the state from it to the next step, before and after the event. */
export interface Step<R extends Row = Row> {
  readonly day: DayNumber;
  readonly before: R | null;
  readonly after: R | null;
}

/** What an event does to a projection: folds into the row, only takes another event back, or nothing. */
const stands = <R extends Row>(projection: Projection<R>, event: RecordedEvent): boolean =>
  event.type !== VOID_EVENT && projection.handlers[event.type] !== 'ignore';

/** True where the event can change rows of the projection. An event type the projection does not name is not passed over. */
export const concerns = <R extends Row>(projection: Projection<R>, event: RecordedEvent): boolean =>
  event.voids !== undefined || stands(projection, event);

/** One entity of a projection, as far as it is loaded: the last open version only, or all open versions and its events. */
export class Entity<R extends Row = Row> {
  /** Open versions by day. */
  readonly bounds: Version<R>[] = [];
  /** Versions that differ from what is stored, in the order of their making. */
  touched: Version<R>[] = [];
  /** Events that fold into the row, in fold order, voided ones too. Complete only where `whole`. */
  private readonly events: RecordedEvent[] = [];
  private voids: RecordedEvent[] = [];
  private voided: ReadonlySet<string> = new Set();
  private whole = false;

  private constructor(
    readonly projection: Projection<R>,
    readonly id: string,
  ) {}

  /** An entity of which nothing has been recorded. */
  static fresh<R extends Row>(projection: Projection<R>, id: string): Entity<R> {
    const entity = new Entity(projection, id);
    entity.whole = true;
    return entity;
  }

  /** An entity that knows its last open version: enough for events in order. */
  static tail<R extends Row>(projection: Projection<R>, id: string, last: Version<R>): Entity<R> {
    const entity = new Entity(projection, id);
    entity.bounds.push(last);
    return entity;
  }

  /** An entity with all its open versions and all the events that made them. */
  static whole<R extends Row>(
    projection: Projection<R>,
    id: string,
    bounds: readonly Version<R>[],
    history: readonly RecordedEvent[],
  ): Entity<R> {
    const entity = new Entity(projection, id);
    entity.bounds.push(...bounds);
    entity.events.push(...history.filter((event) => stands(projection, event)).sort(inEffectOrder));
    entity.voids = history.filter((event) => event.voids !== undefined);
    entity.voided = voidedIds(entity.voids);
    entity.whole = true;
    return entity;
  }

  /** True where `events`, by position, cannot be applied without the entity's whole history. */
  needsHistory(events: readonly RecordedEvent[]): boolean {
    if (this.whole) return false;
    let last = this.bounds.at(-1)?.validFrom ?? 0;
    for (const event of events) {
      if (event.voids !== undefined) return true;
      const day = dayNumber(event.effectiveOn);
      if (day < last) return true;
      last = day;
    }
    return false;
  }

  /** Applies one event, the positions ascending. Returns the steps by which states changed, none where nothing did.
   *  Throws what the handler throws, and then has changed nothing. */
  apply(event: RecordedEvent): readonly Step<R>[] {
    const day = dayNumber(event.effectiveOn);
    const last = this.bounds.at(-1);
    if (event.voids !== undefined || (last && day < last.validFrom)) return this.refold(event, day);
    const before = last?.state ?? null;
    const after = this.handle(before, event);
    if (this.whole) this.events.push(event);
    const same = sameState(this.projection, before, after);
    if (last && day === last.validFrom) {
      if (!same) this.replace(this.bounds.length - 1, event.position).state = after;
    } else {
      this.open(this.bounds.length, day, event.position, after);
    }
    return same ? [] : [{ day, before, after }];
  }

  /** Folds anew from the earliest day that a late event, a void or a correction touches. */
  private refold(event: RecordedEvent, day: DayNumber): readonly Step<R>[] {
    const added = stands(this.projection, event);
    const voids = event.voids === undefined ? this.voids : [...this.voids, event];
    const voided = event.voids === undefined ? this.voided : voidedIds(voids);
    const events = added ? inserted(this.events, event) : this.events;
    const days = voids === this.voids ? [] : turned(this.events, this.voided, voided);
    if (added) days.push(day);
    const steps =
      days.length === 0 ? [] : this.steps(events, voided, Math.min(...days), Math.max(...days), added ? day : 0);

    // From here on nothing can throw.
    if (added) this.events.splice(events.indexOf(event), 0, event);
    this.voids = voids;
    this.voided = voided;
    for (const step of steps) this.take(step, event.position);
    return steps.some((step) => !sameState(this.projection, step.before, step.after)) ? steps : [];
  }

  /** States before and after on every bound from `from` on, `newDay` among them; ends where both agree for good. */
  private steps(
    events: readonly RecordedEvent[],
    voided: ReadonlySet<string>,
    from: DayNumber,
    until: DayNumber,
    newDay: DayNumber,
  ): Step<R>[] {
    const steps: Step<R>[] = [];
    let bound = firstFrom(this.bounds, from);
    let before = this.bounds[bound - 1]?.state ?? null;
    let after = before;
    let next = events.findIndex((event) => dayNumber(event.effectiveOn) >= from);
    let pending = newDay;
    while (bound < this.bounds.length || pending) {
      const day = Math.min(this.bounds[bound]?.validFrom ?? OPEN_DAY, pending || OPEN_DAY);
      if (this.bounds[bound]?.validFrom === day) before = (this.bounds[bound++] as Version<R>).state;
      if (pending === day) pending = 0;
      for (
        ;
        next >= 0 && next < events.length && dayNumber((events[next] as RecordedEvent).effectiveOn) <= day;
        next++
      ) {
        const event = events[next] as RecordedEvent;
        if (!voided.has(event.id)) after = this.handle(after, event);
      }
      steps.push({ day, before, after });
      if (day >= until && sameState(this.projection, before, after)) break;
    }
    return steps;
  }

  /** Makes one step's day hold its state from `position` on. */
  private take(step: Step<R>, position: Position): void {
    const index = firstFrom(this.bounds, step.day);
    const bound = this.bounds[index];
    if (bound?.validFrom !== step.day) this.open(index, step.day, position, step.after);
    else if (!sameState(this.projection, bound.state, step.after)) this.replace(index, position).state = step.after;
  }

  /** A bound on a new day, before the one at `index`: the version before it now ends there. */
  private open(index: number, day: DayNumber, position: Position, state: R | null): void {
    const before = this.bounds[index - 1];
    if (before) {
      // A next day that was known already must stay what it was for earlier readers.
      const ended = before.nextFrom === OPEN_DAY ? before : this.replace(index - 1, position);
      ended.nextFrom = day;
      ended.nextKnown = position;
      this.touch(ended);
    }
    const next = this.bounds[index];
    const version: Version<R> = {
      stored: 0,
      validFrom: day,
      knownFrom: position,
      knownTo: OPEN_POSITION,
      nextFrom: next?.validFrom ?? OPEN_DAY,
      nextKnown: next ? position : OPEN_POSITION,
      state,
      dirty: false,
    };
    this.bounds.splice(index, 0, version);
    this.touch(version);
  }

  /** The version of a bound to change at `position`: its own where it was opened there, else a copy that replaces it. */
  private replace(index: number, position: Position): Version<R> {
    const old = this.bounds[index] as Version<R>;
    if (old.knownFrom === position) return old;
    old.knownTo = position;
    this.touch(old);
    const nextKnown = old.nextFrom === OPEN_DAY ? OPEN_POSITION : position;
    const version = { ...old, stored: 0, knownFrom: position, knownTo: OPEN_POSITION, nextKnown, dirty: false };
    this.bounds[index] = version;
    this.touch(version);
    return version;
  }

  private touch(version: Version<R>): void {
    if (version.dirty) return;
    version.dirty = true;
    this.touched.push(version);
  }

  private handle(state: R | null, event: RecordedEvent): R | null {
    const handler = this.projection.handlers[event.type];
    if (handler === undefined) throw new Error(`${this.projection.name} does not name the event type ${event.type}`);
    if (handler === 'ignore') return state;
    const after = handler(state, event, this.id);
    // What a handler leaves as it is has been shaped before.
    return after === state ? state : shaped(this.projection, after);
  }
}

/** `events` with one more in its place of the fold order. */
function inserted(events: readonly RecordedEvent[], event: RecordedEvent): readonly RecordedEvent[] {
  const after = events.findIndex((other) => inEffectOrder(other, event) > 0);
  return after < 0 ? [...events, event] : events.toSpliced(after, 0, event);
}

/** Days of the events that one set of voids takes back and the other does not. */
function turned(events: readonly RecordedEvent[], was: ReadonlySet<string>, is: ReadonlySet<string>): DayNumber[] {
  return events.filter(({ id }) => was.has(id) !== is.has(id)).map((event) => dayNumber(event.effectiveOn));
}

/** Index of the first bound on or after `day`. */
function firstFrom(bounds: readonly Version[], day: DayNumber): number {
  let index = bounds.length;
  while (index > 0 && (bounds[index - 1] as Version).validFrom >= day) index--;
  return index;
}
