/** Arithmetic of calendar days. */
import type { LocalDate } from '../es/event.ts';

const dayMs = 86_400_000;

/** Days from one day to another; negative where the other is before it. */
export const daysBetween = (from: LocalDate, to: LocalDate): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs);

/** The same day some years on; 28 February for a 29th. */
export const yearsAfter = (day: LocalDate, years: number): LocalDate =>
  `${Number(day.slice(0, 4)) + years}${day.slice(4).replace('-02-29', '-02-28')}`;

/** The last day of a month, `YYYY-MM`. */
export const lastDayOf = (month: string): LocalDate =>
  new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).toISOString().slice(0, 10);

/** The day so many days on. */
export const dayAfter = (day: LocalDate, days: number): LocalDate =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
