/** The simulated years as whole numbers of days. */
import type { LocalDate } from '../es/event.ts';

/** First simulated year: the last general election before it lies in the past, the next in its second year. */
export const firstYear = 2020;
/** Whole years that lie behind us for certain. */
export const yearsMax = 6;

const dayMs = 86_400_000;
const firstMs = Date.UTC(firstYear, 0, 1);
const texts: LocalDate[] = [];

/** The day that lies `offset` whole days after the first. */
export function dayOf(offset: number): LocalDate {
  const text = offset < 0 ? undefined : texts[offset];
  if (text !== undefined) return text;
  const made = new Date(firstMs + offset * dayMs).toISOString().slice(0, 10);
  if (offset >= 0) texts[offset] = made;
  return made;
}

/** How many days after the first a day lies. Months count from 1 and may run past the year's end. */
export const offsetOf = (year: number, month: number, day = 1): number =>
  Math.round((Date.UTC(year, month - 1, day) - firstMs) / dayMs);

/** Days of so many whole years. */
export const daysOf = (years: number): number => offsetOf(firstYear + years, 1);
