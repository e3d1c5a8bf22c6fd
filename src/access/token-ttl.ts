const unitsMs: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A year: no token of this machine's issuer holds longer. */
export const ttlMsMax = 365 * 86_400_000;

/** Milliseconds of `15m`, `8h` or `30d`; null for anything else, nothing, and more than a year. */
export function ttlMsOf(text: string): number | null {
  const [, count = '', unit = ''] = /^([1-9]\d{0,5})([mhd])$/.exec(text) ?? [];
  const ttlMs = Number(count) * (unitsMs[unit] ?? Number.NaN);
  return ttlMs <= ttlMsMax ? ttlMs : null;
}
