/** When the log took what stands at a position. */
import type { Instant, Position } from '../es/event.ts';
import type { RequestContext } from './context.ts';

/** When the last event at or before a position was recorded; null where there is none. */
export async function instantOf({ services, reads }: RequestContext, position: Position): Promise<Instant | null> {
  reads.add('log');
  if (position === 0) return null;
  const [last] = await services.store.readLog({ from: position + 1, backwards: true, limit: 1 });
  return last?.recordedAt ?? null;
}
