/** Webhooks as the API tells and changes them; src/webhooks sends them. */
import type { Principal } from '../access/principal.ts';
import type { Instant, Position } from '../es/event.ts';
import type { EventFilter } from './event-filter.ts';

/** Sent to; left alone by an administrator; given up until somebody resumes it. */
export type WebhookStatus = 'ACTIVE' | 'PAUSED' | 'PARKED';

/** A target as it stands, without its secret. */
export interface WebhookState {
  readonly id: string;
  readonly url: string;
  readonly filter: EventFilter;
  readonly status: WebhookStatus;
  /** All that matches up to here was delivered. */
  readonly checkpoint: Position;
  /** Distance of the checkpoint from the head of the log. */
  readonly behind: number;
  /** Failed tries of the event that is next. */
  readonly failures: number;
  readonly lastError: string | null;
  readonly nextAttemptAt: Instant | null;
  /** Until when the secret before the last rotation signs along; null where none does. */
  readonly oldSecretUntil: Instant | null;
  readonly createdAt: Instant;
  /** The principal whose rights it is sent under. */
  readonly createdBy: string;
}

/** A target and the secret that was made for it: shown this once. */
export interface WebhookWithSecret {
  readonly webhook: WebhookState;
  readonly secret: string;
}

export interface WebhookService {
  /** All targets, the oldest first. */
  list(): Promise<readonly WebhookState[]>;
  /** `after`: sends what comes after this position; from now on where left out. Errors: `E_WEBHOOK_TARGET`,
   *  `E_FUTURE_MOMENT`, `E_LIMIT`, and those of the disk, as all below. */
  register(
    principal: Principal,
    asked: { url: string; filter: EventFilter; after?: Position },
  ): Promise<WebhookWithSecret>;
  /** Ends it; gives what it last was. Errors: `E_NOT_FOUND`, as all below. */
  remove(id: string): Promise<WebhookState>;
  pause(id: string): Promise<WebhookState>;
  /** Sends again, from its checkpoint or from after a position. Errors: `E_FUTURE_MOMENT` too. */
  resume(id: string, after?: Position): Promise<WebhookState>;
  /** Makes a new secret; the old one signs along for a day. */
  rotateSecret(id: string): Promise<WebhookWithSecret>;
}
