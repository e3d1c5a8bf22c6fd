/** When a delivery that failed is tried again. */
import type { Instant } from '../es/event.ts';
import type { WebhookSettings } from './settings.ts';

const growth = 4;

/** Milliseconds until the next try after so many failures in a row, at least as long as the receiver asked for, and never longer
 *  than the longest wait. `random`: from 0 up to 1, spreads those that failed together over half of the wait. */
export function retryDelay(
  { retryDelayMs, retryDelayMsMax }: Pick<WebhookSettings, 'retryDelayMs' | 'retryDelayMsMax'>,
  failures: number,
  askedMs: number | null,
  random: number,
): number {
  const whole = Math.min(retryDelayMsMax, retryDelayMs * growth ** (failures - 1));
  const own = whole / 2 + (whole / 2) * random;
  return Math.round(Math.min(retryDelayMsMax, Math.max(own, askedMs ?? 0)));
}

/** Milliseconds that a `Retry-After` asks for: seconds, or a date of HTTP; null where it is neither. */
export function retryAfterMs(header: string | undefined, now: Instant): number | null {
  if (header === undefined) return null;
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1_000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}
