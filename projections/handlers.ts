/** Typed handlers for the kernel, by aggregate: every event that can reach an entity is handled or ignored by name, or its
 *  whole aggregate is; else the compiler says so. */
import { type Catalogues, catalogues, eventCatalogue, type SpeakersOf } from '../src/domain/index.ts';
import type { DataOf, Payloads } from '../src/es/aggregate.ts';
import { invariant } from '../src/es/errors.ts';
import type { RecordedEvent } from '../src/es/event.ts';
import type { VOID_EVENT } from '../src/es/fold.ts';
import type { Handler, Row } from '../src/es/projection.ts';

/** Folds one event of the aggregate `A`'s into the row; `self` is the entity's id. */
export type Step<R, Data> = (row: R | null, data: Data, self: string, event: RecordedEvent) => R | null;

/** Steps for an aggregate's events; `EventVoided` is the engine's own. */
export type StepsOf<R, Events extends Payloads> = {
  readonly [Type in Exclude<keyof Events, typeof VOID_EVENT>]: Step<R, DataOf<Events[Type]>> | 'ignore';
};

/** Steps of all aggregates that can speak of the entity `E`. */
export type StepsFor<E extends string, R> = {
  readonly [A in SpeakersOf<E>]: StepsOf<R, Catalogues[A]['events']> | 'ignore';
};

/** Wraps each step so that it receives its event's payload in today's version. What cannot reach the entity is ignored. */
export function handlers<E extends string, R extends Row>(
  steps: StepsFor<E, R>,
): Readonly<Record<string, Handler<R> | 'ignore'>> {
  const all: Record<string, Handler<R> | 'ignore'> = {};
  for (const type of eventCatalogue.keys()) all[type] = 'ignore';
  for (const [aggregate, group] of Object.entries(
    steps as Record<string, Record<string, Step<R, unknown>> | 'ignore'>,
  )) {
    invariant(aggregate in catalogues, `the catalogue knows ${aggregate}`);
    if (group === 'ignore') continue;
    for (const [type, step] of Object.entries(group as Record<string, Step<R, unknown> | 'ignore'>)) {
      if (step === 'ignore') continue;
      invariant(all[type] === 'ignore', `${type} is handled once`);
      const definition = eventCatalogue.get(type);
      invariant(definition, `the catalogue knows ${type}`);
      all[type] = (row, event, self) => step(row, definition.decode(event.data, event.schemaVersion), self, event);
    }
  }
  return all;
}
