/** What every target's delivery stands on. */
import type { Logger } from 'pino';
import type { Principal } from '../access/principal.ts';
import type { Instant } from '../es/event.ts';
import type { Services } from '../graphql/context.ts';
import type { Gate } from '../graphql/gate.ts';
import type { WebhookMetrics } from './metrics.ts';
import type { Poster } from './poster.ts';
import type { WebhookSettings } from './settings.ts';

/** Time and chance, passed in. */
export interface Chance {
  /** Milliseconds since the epoch. */
  readonly now: () => Instant;
  /** Resolves after the delay, at once when the signal is aborted. Never rejects. */
  readonly pause: (delayMs: number, signal: AbortSignal) => Promise<void>;
  /** From 0 up to 1. */
  readonly random: () => number;
  /** Bytes that nobody can guess. */
  readonly bytes: (count: number) => Buffer;
}

export interface CourierDeps {
  readonly services: Services;
  readonly poster: Poster;
  readonly settings: WebhookSettings;
  readonly chance: Chance;
  /** Places of deliveries: for targets that answer quickly, and for those that are slow or fail. */
  readonly gates: { readonly quick: Gate; readonly slow: Gate };
  readonly metrics: WebhookMetrics;
  readonly log: Pick<Logger, 'error' | 'warn' | 'info'>;
  /** Whether what the principal was known by has not been revoked. */
  readonly holds: (principal: Principal) => Promise<boolean>;
}
