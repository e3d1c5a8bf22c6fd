/** Periods of disclosure: a quarter, or a month within one. */
import { z } from 'zod';
import { scalar } from './vocabulary.ts';

export const Quarter = scalar(
  'Quarter',
  'A quarter of a year, `YYYY-Qn`.',
  z.string().regex(/^(19|2\d)\d\d-Q[1-4]$/, 'is not a quarter written YYYY-Qn'),
);
export const DisclosurePeriod = scalar(
  'DisclosurePeriod',
  'The period that a disclosure reports: a month `YYYY-MM` or a quarter `YYYY-Qn`.',
  z.string().regex(/^(19|2\d)\d\d-(0[1-9]|1[0-2]|Q[1-4])$/, 'is neither a month written YYYY-MM nor a quarter YYYY-Qn'),
);

const dayMs = 86_400_000;
const two = (n: number) => String(n).padStart(2, '0');

/** The quarter of a day, a month or a quarter. */
export function quarterOf(period: string): string {
  if (period[5] === 'Q') return period;
  return `${period.slice(0, 4)}-Q${Math.ceil(Number(period.slice(5, 7)) / 3)}`;
}

/** The quarter `steps` after another. */
export function quarterAfter(quarter: string, steps: number): string {
  const at = Number(quarter.slice(0, 4)) * 4 + Number(quarter[6]) - 1 + steps;
  return `${Math.floor(at / 4)}-Q${(at % 4) + 1}`;
}

/** First day of a period. */
export function firstDayOf(period: string): string {
  const month = period[5] === 'Q' ? Number(period[6]) * 3 - 2 : Number(period.slice(5, 7));
  return `${period.slice(0, 4)}-${two(month)}-01`;
}

/** The last day of a quarter, or `days` after it. */
export function endOfQuarter(quarter: string, days = 0): string {
  const next = Date.parse(firstDayOf(quarterAfter(quarter, 1)));
  return new Date(next + (days - 1) * dayMs).toISOString().slice(0, 10);
}
