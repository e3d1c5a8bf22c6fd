/** What a batch of events will write to one projection, worked out before a transaction opens. */
import { concerns, type Entity } from '../es/bitemporal.ts';
import { aggregateOf, idOf, type Position, type RecordedEvent } from '../es/event.ts';
import type { Projection, Row } from '../es/projection.ts';
import { type Delta, deltasOf } from './deltas.ts';

export interface Stuck {
  readonly entity: string;
  readonly position: Position;
  readonly message: string;
}

export interface Plan<R extends Row = Row> {
  readonly entities: Entity<R>[];
  readonly deltas: Delta[];
  readonly positions: Position[];
  readonly stuck: Stuck[];
  /** The words of each new state of a projection that is searched, one a line. */
  readonly words: Map<R, string>;
}

export const emptyPlan = <R extends Row>(): Plan<R> => ({
  entities: [],
  deltas: [],
  positions: [],
  stuck: [],
  words: new Map(),
});

/** The events that can change rows of the projection, by the ids of the entities that they name. */
export function byEntity<R extends Row>(
  projection: Projection<R>,
  events: readonly RecordedEvent[],
): Map<string, RecordedEvent[]> {
  const grouped = new Map<string, RecordedEvent[]>();
  for (const event of events) {
    if (!concerns(projection, event)) continue;
    for (const subject of new Set(event.subjects)) {
      if (aggregateOf(subject) !== projection.entity) continue;
      const id = idOf(subject);
      const own = grouped.get(id);
      if (own) own.push(event);
      else grouped.set(id, [event]);
    }
  }
  return grouped;
}

/** Applies an entity's events to it. One that fails stops this entity alone: it is marked, and those after it wait. */
export function advance<R extends Row>(
  plan: Plan<R>,
  load: () => Entity<R>,
  discard: () => void,
  events: readonly RecordedEvent[],
): void {
  let entity = load();
  const deltas: Delta[] = [];
  const positions: Position[] = [];
  for (const [i, event] of events.entries()) {
    try {
      const { projection } = entity;
      const steps = entity.apply(event);
      const added = projection.cube ? deltasOf(projection.cube, steps, event.position) : [];
      if (projection.searchable) {
        for (const { after } of steps) if (after) plan.words.set(after, projection.searchable(after).join('\n'));
      }
      deltas.push(...added);
      if (steps.length > 0) positions.push(event.position);
    } catch (error) {
      plan.stuck.push({
        entity: entity.id,
        position: event.position,
        message: error instanceof Error ? error.message : String(error),
      });
      // What came after the handler may have failed too, with the event half taken: start again and stop before it.
      discard();
      entity = load();
      for (const applied of events.slice(0, i)) entity.apply(applied);
      break;
    }
  }
  plan.entities.push(entity);
  plan.deltas.push(...deltas);
  plan.positions.push(...positions);
}
