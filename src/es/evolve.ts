/** One step of an entity's fold. */
import type { AnyAggregate } from './aggregate.ts';
import { CodedError } from './errors.ts';
import { aggregateOf, type RecordedEvent } from './event.ts';

/** Folds one event; those of other aggregates that name the entity leave its state alone. Errors: `E_EVENT_UNKNOWN`
 *  where a newer program wrote into the entity's own stream what this one cannot fold. */
export function evolve(
  aggregate: Pick<AnyAggregate, 'name' | 'events' | 'evolve'>,
  state: unknown,
  event: RecordedEvent,
  self: string,
): unknown {
  const step = aggregate.evolve[event.type];
  const payload = aggregate.events[event.type];
  if (!step || !payload) {
    if (aggregateOf(event.stream) !== aggregate.name) return state;
    throw new CodedError('E_EVENT_UNKNOWN', `The log holds a ${event.type}, which this program does not know.`);
  }
  return step(state, payload.decode(event.data, event.schemaVersion), { self, event });
}
