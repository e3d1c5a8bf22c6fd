/** The rule of the two clocks: which events hold at (effectiveOn, position), and in which order they are folded. */
import type { LocalDate, Position, RecordedEvent } from './event.ts';

/** Type of the event that takes another back without a replacement. */
export const VOID_EVENT = 'EventVoided';

/** Ids of the events taken back by `events`. A void that is itself voided takes nothing back: voiding a void, or a
 *  correction, reinstates. A correction that is corrected again still stands for what it replaced, which stays voided. */
export function voidedIds(events: readonly RecordedEvent[]): ReadonlySet<string> {
  const voided = new Set<string>();
  const lapsed = new Set<string>();
  const latestFirst = events.filter((event) => event.voids !== undefined).sort((a, b) => b.position - a.position);
  // A void always stands after its target, so from the end backwards each one's own fate is already known.
  for (const { id, type, voids } of latestFirst) {
    if (lapsed.has(id)) continue;
    voided.add(voids as string);
    if (type === VOID_EVENT) lapsed.add(voids as string);
  }
  return voided;
}

/** Order of the fold: by the day an event took effect, then by its place in the log. */
export const inEffectOrder = (a: RecordedEvent, b: RecordedEvent): number =>
  a.effectiveOn < b.effectiveOn ? -1 : a.effectiveOn > b.effectiveOn ? 1 : a.position - b.position;

/** The events of one entity that hold at a moment, in fold order: recorded by `position`, effective by `effectiveOn`, not voided by then. */
export function eventsAt(
  events: readonly RecordedEvent[],
  effectiveOn: LocalDate,
  position: Position,
): RecordedEvent[] {
  const known = events.filter((event) => event.position <= position);
  const voided = voidedIds(known);
  return known.filter((event) => event.effectiveOn <= effectiveOn && !voided.has(event.id)).sort(inEffectOrder);
}
