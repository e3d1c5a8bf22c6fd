/** What a reader of counts has, told by nothing but a position: its counts of that day, or of a later one. */
import type { Instant, LocalDate, Position } from '../es/event.ts';
import type { Services } from '../graphql/context.ts';

/** The counts at a position of one of these days; null for none. */
export type Known = { readonly position: Position; readonly days: readonly LocalDate[] } | null;

const dayMs = 86_400_000;
/** The city has kept UTC+8 all year round since 1991. */
const offsetMs = 28_800_000;
/** One who was away for longer is told all counts. */
const daysMax = 31;

/** What a reader has who was told the counts at a position last. A new day changes counts at the same position, so it may have
 *  those of any day since. Errors: those of the store. */
export async function knownAt({ store, today }: Pick<Services, 'store' | 'today'>, position: Position): Promise<Known> {
  const [event] = await store.readLog({ from: position + 1, backwards: true, limit: 1 });
  // Before the first event there was nothing on any day.
  if (!event) return { position, days: [today()] };
  const days = daysFrom(event.recordedAt, today());
  return days.length > daysMax ? null : { position, days };
}

function daysFrom(first: Instant, last: LocalDate): LocalDate[] {
  const days: LocalDate[] = [];
  for (let at = first; days.length <= daysMax; at += dayMs) {
    const day = new Date(at + offsetMs).toISOString().slice(0, 10);
    if (day > last) break;
    days.push(day);
  }
  // A clock that was set back.
  return days.length === 0 ? [last] : days;
}
