/** How long a connection may stay: as long as its credential holds, and not for ever. */
import type { Authenticator } from '../../access/authenticator.ts';
import type { Principal } from '../../access/principal.ts';

export interface GuardOptions {
  readonly authenticator: Authenticator;
  readonly principal: Principal;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly ageMs: number;
  readonly lookMs: number;
  /** The connection has to end, and why. */
  readonly onEnd: (reason: 'expired' | 'revoked' | 'aged') => void;
}

/** Timers hold no more; who lives longer is looked at again. */
const timerMsMax = 2_147_483_647;

/** Watches over an open connection. Returns the way to stop. */
export function guard({ authenticator, principal, now, ageMs, lookMs, onEnd }: GuardOptions): () => void {
  const timers: NodeJS.Timeout[] = [];
  const after = (ms: number, reason: 'expired' | 'aged') =>
    timers.push(setTimeout(() => onEnd(reason), Math.min(timerMsMax, Math.max(0, ms))));
  after(ageMs, 'aged');
  if (principal.expiresAt !== null) after(principal.expiresAt - now(), 'expired');
  if (principal.kind !== 'anonymous') {
    const look = async () => {
      // Who cannot be looked at now is looked at again; what has expired is known without looking.
      const holds = await authenticator.holds(principal).catch(() => true);
      if (!holds) onEnd('revoked');
    };
    timers.push(setInterval(() => void look(), lookMs));
  }
  for (const timer of timers) timer.unref();
  return () => {
    for (const timer of timers) clearTimeout(timer);
  };
}
