/** The differences between two pictures, subject by subject. */
import { type RecordedEvent, streamOf } from '../es/event.ts';
import { eventsAt, VOID_EVENT } from '../es/fold.ts';
import type { Row } from '../es/projection.ts';
import { changeSystems, changesField, type System, type SystemName } from './change-systems.ts';
import type { Scene } from './scene.ts';
import { turn } from './turn.ts';

const subjectsOfSlice = 500;

/** A place between two changes. */
export interface ChangePlace {
  readonly system: number;
  readonly id: string;
  readonly field: number;
}

/** One field of one subject that differs. */
export interface Difference {
  readonly place: ChangePlace;
  readonly system: System;
  readonly id: string;
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
  /** Id of the division that the change is counted under; null for what lies in none. */
  readonly division: string | null;
}

interface Subject {
  readonly system: System;
  readonly index: number;
  readonly id: string;
  readonly before: Row | null;
  readonly after: Row | null;
}

export class ChangeWalk {
  /** Ids of the divisions with the code `within`, at either moment; null where all is asked. */
  readonly #within: ReadonlySet<string> | null;

  constructor(
    readonly from: Scene,
    readonly to: Scene,
    within: string | null,
    private readonly systems: readonly SystemName[] | null,
  ) {
    const found = within === null ? [] : [from, to].map((scene) => scene.divisionByCode(within)?.id);
    this.#within = within === null ? null : new Set(found.filter((id) => id !== undefined));
  }

  /** Differences in the order of systems, subjects' ids and fields, those after a place; other requests have their turns
   *  between slices of subjects. Errors: `E_TIMEOUT` where nobody waits any more. */
  async *differences(after?: ChangePlace): AsyncGenerator<Difference> {
    for (const [index, system] of changeSystems.entries()) {
      if (this.systems && !this.systems.includes(system.name)) continue;
      if (after && index < after.system) continue;
      const place = after?.system === index ? after : undefined;
      for await (const subject of this.#subjects(system, index, place)) {
        for (const difference of this.#fields(subject)) {
          if (place && subject.id === place.id && difference.place.field <= place.field) continue;
          yield difference;
        }
      }
    }
  }

  /** Events that made a difference: those that hold in one of the pictures alone, and what took back those that no longer do. */
  async eventsOf({ system, id, field }: Difference): Promise<readonly RecordedEvent[]> {
    const later = this.from.at.position > this.to.at.position ? this.from : this.to;
    const known = await later.eventsOf(streamOf(system.projection.entity, id));
    const before = held(known, this.from);
    const after = held(known, this.to);
    const gone = new Set([...before].filter((event) => !after.has(event)).map((event) => event.id));
    return known.filter((event) => {
      const takesBack = event.voids !== undefined && gone.has(event.voids);
      if (takesBack && event.type === VOID_EVENT) return true;
      return before.has(event) !== after.has(event) && changesField(event.type, field);
    });
  }

  async *#subjects(system: System, index: number, place: ChangePlace | undefined): AsyncGenerator<Subject> {
    const { from, to } = this;
    // The place's own subject is read again: fields may follow.
    let last = place ? justBefore(place.id) : '';
    for (;;) {
      const ids = from.changed(system.projection, to, last, subjectsOfSlice);
      const rowsBefore = from.many(system.projection, ids);
      const rowsAfter = to.many(system.projection, ids);
      for (const [at, id] of ids.entries()) {
        const subject = { system, index, id, before: rowsBefore[at] ?? null, after: rowsAfter[at] ?? null };
        if (this.#isWithin(subject)) yield subject;
      }
      if (ids.length < subjectsOfSlice) return;
      await turn(to.context);
      last = ids.at(-1) as string;
    }
  }

  #isWithin({ system, id, before, after }: Subject): boolean {
    const within = this.#within;
    if (within === null) return true;
    const lies = (row: Row | null, scene: Scene) =>
      row !== null && system.path(id, row, scene).some((each) => within.has(each));
    return lies(before, this.from) || lies(after, this.to);
  }

  *#fields({ system, index, id, before, after }: Subject): Generator<Difference> {
    const division = this.#countedUnder(system, id, before, after);
    for (const [at, { name, column, show }] of system.fields.entries()) {
      const [was, is] = [before?.[column] ?? null, after?.[column] ?? null];
      if (was === is) continue;
      const shown = { before: show(was, this.from), after: show(is, this.to) };
      yield { place: { system: index, id, field: at }, system, id, field: name, ...shown, division };
    }
  }

  /** The division right below `within`, or the prefecture, that the subject lies in, at the later moment where it is there. */
  #countedUnder(system: System, id: string, before: Row | null, after: Row | null): string | null {
    const path = after ? system.path(id, after, this.to) : before ? system.path(id, before, this.from) : [];
    const above = this.#within ? path.findIndex((each) => this.#within?.has(each)) : path.length - 1;
    return path[Math.max(0, above - 1)] ?? null;
  }
}

const held = (known: readonly RecordedEvent[], { at }: Scene): ReadonlySet<RecordedEvent> =>
  new Set(eventsAt(known, at.effectiveOn, at.position));

/** A text that stands before `id` and after all that do: ids hold no character below this one. */
const justBefore = (id: string): string =>
  `${id.slice(0, -1)}${String.fromCharCode(id.charCodeAt(id.length - 1) - 1)}\u{10ffff}`;
