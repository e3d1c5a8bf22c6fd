/** Typed handlers for the kernel: every event of the catalogue is handled or ignored by name, or the compiler says so. */

import { type EventCatalogue, eventCatalogue } from '../src/domain/index.ts';
import type { DataOf } from '../src/es/aggregate.ts';
import { invariant } from '../src/es/errors.ts';
import type { RecordedEvent } from '../src/es/event.ts';
import type { Handler, Row } from '../src/es/projection.ts';

type Step<R, Data> = (row: R | null, data: Data, self: string, event: RecordedEvent) => R | null;
type HandlerMap<R> = { readonly [Type in keyof EventCatalogue]: Step<R, DataOf<EventCatalogue[Type]>> | 'ignore' };

/** Wraps each step so that it receives its event's payload in today's version. */
export function handlers<R extends Row>(map: HandlerMap<R>): Readonly<Record<string, Handler<R> | 'ignore'>> {
  return Object.fromEntries(
    Object.entries(map as Record<string, Step<R, unknown> | 'ignore'>).map(([type, step]) => {
      if (step === 'ignore') return [type, step];
      const definition = eventCatalogue.get(type);
      invariant(definition, `the catalogue knows ${type}`);
      return [type, (row, event, self) => step(row, definition.decode(event.data, event.schemaVersion), self, event)];
    }),
  );
}
