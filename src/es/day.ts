/** Days and positions as rows hold them: integers that compare. */
import type { LocalDate, Position } from './event.ts';

/** A day as an integer yyyymmdd. */
export type DayNumber = number;

/** Stands after every day: where nothing follows. */
export const OPEN_DAY: DayNumber = 99_999_999;

/** Stands after every position: where nothing has replaced. */
export const OPEN_POSITION: Position = 2 ** 47 - 1;

export const dayNumber = (date: LocalDate): DayNumber =>
  Number(date.slice(0, 4)) * 10_000 + Number(date.slice(5, 7)) * 100 + Number(date.slice(8, 10));

export const localDate = (day: DayNumber): LocalDate => {
  const digits = String(day).padStart(8, '0');
  return `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;
};
