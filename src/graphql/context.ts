/** What a request has at hand: the services of the process, and the one picture of the world that it is answered from. */

import type { PersonVault } from '../domain/person-vault.ts';
import type { Ledger } from '../es/command.ts';
import type { Position } from '../es/event.ts';
import type { Moment, ReadModel } from '../es/projection.ts';
import type { EventStore } from '../es/store.ts';
import type { Effort } from './turn.ts';

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
  /** Why mutations are refused, or null where they are taken. */
  readonly readOnlyBecause: string | null;
  /** The vault of personal data; left out where there is none. */
  readonly persons?: PersonVault;
}

/** What `RequestContext.reads` holds beside names where the same question may soon be answered otherwise: never cached. */
export const passing = '*';

/** One for each request. */
export interface RequestContext {
  readonly services: Services;
  readonly requestId: string;
  /** Who asks; `local` until access control comes. */
  readonly actor: string;
  /** Now, fixed when the request began: today, and the newest position that the read model had. */
  readonly basis: Moment;
  /** Names of the projections that the answer rests on, and `log` where it reads the log or shows its position. The
   *  exact cache is keyed by when these were last touched: whoever reads, adds. */
  readonly reads: Set<string>;
  /** DataLoaders of this request, one a kind and moment. */
  readonly loaders: Map<string, unknown>;
  /** What ends long work: `turn()` looks at it. */
  readonly effort: Effort;
}
