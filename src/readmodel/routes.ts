/** Which projections an entity's event goes to: worked out once a type, since most types concern few of them. */
import { concerns } from '../es/bitemporal.ts';
import type { RecordedEvent } from '../es/event.ts';
import type { Projection } from '../es/projection.ts';

/** The projections of one kind of entity. */
export class Routes {
  private readonly byType = new Map<string, readonly Projection[]>();
  /** Types that none of them handles: they need not be read, but for events that take another back. */
  readonly ignored: readonly string[];

  constructor(readonly projections: readonly Projection[]) {
    const types = new Set(projections.flatMap(({ handlers }) => Object.keys(handlers)));
    this.ignored = [...types].filter((type) => projections.every(({ handlers }) => handlers[type] === 'ignore'));
  }

  /** The projections that the event can change rows of. */
  of(event: RecordedEvent): readonly Projection[] {
    if (event.voids !== undefined) return this.projections;
    let concerned = this.byType.get(event.type);
    if (!concerned) {
      concerned = this.projections.filter((projection) => concerns(projection, event));
      this.byType.set(event.type, concerned);
    }
    return concerned;
  }
}

/** Routes of all projections, by the prefix of their entities' streams. */
export function routesOf(projections: readonly Projection[]): ReadonlyMap<string, Routes> {
  const entities = [...new Set(projections.map(({ entity }) => entity))].sort();
  return new Map(
    entities.map((entity) => [entity, new Routes(projections.filter((projection) => projection.entity === entity))]),
  );
}
