/** What a request has at hand: the services of the process, and the one picture of the world that it is answered from. */

import type { ApiKeys } from '../access/api-keys.ts';
import type { Principal } from '../access/principal.ts';
import type { PersonVault } from '../domain/person-vault.ts';
import type { Ledger } from '../es/command.ts';
import type { Position } from '../es/event.ts';
import type { Moment, ReadModel } from '../es/projection.ts';
import type { EventStore } from '../es/store.ts';
import { type Effort, newEffort } from './turn.ts';
import type { WebhookService } from './webhook-service.ts';

/** A look at restricted history. */
export interface Look {
  readonly principal: Principal;
  /** Streams that were shown, in no order. */
  readonly streams: readonly string[];
  /** What was asked: the name of the operation, of the export or of the webhook. */
  readonly operation: string;
  readonly requestId: string;
}

/** Made once by the composition root. */
export interface Services {
  readonly store: EventStore;
  readonly readModel: ReadModel;
  readonly ledger: Ledger;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Today in Asia/Shanghai. */
  readonly today: () => string;
  /** Resolves when the read model has applied the position. Errors: `E_BEHIND` after the deadline. */
  readonly waitFor: (position: Position) => Promise<void>;
  /** Rings after each batch that the read model has taken in. Returns the way to stop listening. */
  readonly onApplied: (ring: () => void) => () => void;
  /** Records that a principal saw what is not public, durably. Errors: `E_ACCESS_LOG`: then nothing may be shown. */
  readonly recordLook: (look: Look) => Promise<void>;
  /** Why mutations are refused, or null where they are taken. */
  readonly readOnlyBecause: string | null;
  /** The vault of personal data; left out where there is none. */
  readonly persons?: PersonVault;
  /** The keys of machines; left out where the server takes none. */
  readonly keys?: ApiKeys;
  /** What is sent to other servers; left out where nothing is. */
  readonly webhooks?: WebhookService;
}

/** What `RequestContext.reads` holds beside names where the same question may soon be answered otherwise: never cached. */
export const passing = '*';

/** One for each request. */
export interface RequestContext {
  readonly services: Services;
  readonly requestId: string;
  /** Who asks. */
  readonly principal: Principal;
  /** Now, fixed when the request began: today, and the newest position that the read model had. */
  readonly basis: Moment;
  /** Names of the projections that the answer rests on, and `log` where it reads the log or shows its position. The
   *  exact cache is keyed by when these were last touched: whoever reads, adds. */
  readonly reads: Set<string>;
  /** Streams of restricted history that the answer shows. Whoever shows one adds it; the look is recorded before the answer
   *  goes out, and such an answer is never cached. */
  readonly disclosed: Set<string>;
  /** DataLoaders of this request, one a kind and moment. */
  readonly loaders: Map<string, unknown>;
  /** What ends long work: `turn()` looks at it. */
  readonly effort: Effort;
}

/** A context for one request, or for one message of a subscription; never kept. */
export const newContext = (
  services: Services,
  principal: Principal,
  requestId: string,
  { effectiveOn, position }: Moment,
): RequestContext => ({
  services,
  requestId,
  principal,
  basis: { effectiveOn, position },
  reads: new Set(),
  disclosed: new Set(),
  loaders: new Map(),
  effort: newEffort(),
});
