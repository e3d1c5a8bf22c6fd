/** The span of positions that a page of the log is cut from, whichever way it is read. */
import { invariant } from '../es/errors.ts';
import type { Position } from '../es/event.ts';
import type { ReadLog } from '../es/store.ts';

const pageEventsMax = 10_000;

/** Positions after `after` (exclusive) up to `until` (inclusive). The limit is held to 1 to 10,000 here. */
export function logBounds({ from, until, backwards, limit }: ReadLog): { after: Position; until: Position } {
  invariant(Number.isInteger(limit) && limit >= 1 && limit <= pageEventsMax, `a page has 1 to ${pageEventsMax} events`);
  if (backwards) return { after: (until ?? 1) - 1, until: (from ?? Number.MAX_SAFE_INTEGER) - 1 };
  return { after: from ?? 0, until: until ?? Number.MAX_SAFE_INTEGER };
}
