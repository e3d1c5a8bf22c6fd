/** The log as a webhook's principal may see it, read a stretch at a time. */
import type { Principal } from '../access/principal.ts';
import type { Position, RecordedEvent } from '../es/event.ts';
import { newContext, type Services } from '../graphql/context.ts';
import type { EventFilter } from '../graphql/event-filter.ts';
import { readVisible } from '../live/read-visible.ts';

export interface Stretch {
  /** Those that match, by position. */
  readonly events: readonly RecordedEvent[];
  /** All up to here was looked at: the next stretch begins after it. */
  readonly position: Position;
  /** Whether more may come without the log growing. */
  readonly hasMore: boolean;
}

/** Matching events after a position, at most `limit`, by the rights and the divisions of this moment. Errors: those of the store. */
export async function readStretch(
  services: Services,
  principal: Principal,
  { filter, after, limit }: { readonly filter: EventFilter; readonly after: Position; readonly limit: number },
): Promise<Stretch> {
  const { position: end } = services.readModel;
  if (after >= end) return { events: [], position: after, hasMore: false };
  const context = newContext(services, principal, 'webhook', { effectiveOn: services.today(), position: end });
  const { events, until } = await readVisible(context, filter, after, end);
  // No more of them is kept than is soon sent.
  const kept = events.slice(0, limit);
  const position = kept.length < events.length ? (kept.at(-1)?.position ?? until) : until;
  return { events: kept, position, hasMore: position < end };
}
