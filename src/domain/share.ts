/** Shares as the log's readers are given them. */

/** A part of a whole in basis points, rounded to the nearest, a half upwards; null where there is no whole. */
export const shareBp = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.round((part * 10_000) / whole);
