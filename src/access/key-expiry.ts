import type { Instant, LocalDate } from '../es/event.ts';

const dayMs = 86_400_000;
/** Two years: a key that is still needed then is made anew. */
export const keyDaysMax = 731;

/** The end of a key's last day in Asia/Shanghai; null where that is over already, or more than `keyDaysMax` days off. */
export function keyExpiry(lastDay: LocalDate, now: Instant): Instant | null {
  const end = Date.parse(`${lastDay}T00:00:00+08:00`) + dayMs;
  return end > now && end <= now + keyDaysMax * dayMs ? end : null;
}
