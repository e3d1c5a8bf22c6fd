/** The log after a position, as one who asks may see it: what subscriptions and webhooks are made of. */
import type { Position, RecordedEvent } from '../es/event.ts';
import type { RequestContext } from '../graphql/context.ts';
import { EventConditions } from '../graphql/event-conditions.ts';
import type { EventFilter } from '../graphql/event-filter.ts';
import { Scene } from '../graphql/scene.ts';

const pageEventsMax = 500;

/** Events after a position that match and may be seen, by position: all of them up to `until`. */
export interface VisiblePage {
  readonly events: readonly RecordedEvent[];
  readonly until: Position;
}

/** The next page after a position, up to `until` at most; empty where nothing in it matches. Nothing is recorded as looked at
 *  yet. Errors: those of the store and the read model. */
export async function readVisible(
  context: RequestContext,
  filter: EventFilter,
  after: Position,
  until: Position,
): Promise<VisiblePage> {
  const conditions = new EventConditions(Scene.now(context), filter);
  const { store } = context.services;
  const read = await store.readLog({ from: after, until, limit: pageEventsMax, filter: conditions.stored });
  const last = read.length < pageEventsMax ? until : (read.at(-1)?.position ?? until);
  return { events: read.filter((event) => conditions.matches(event)), until: last };
}
