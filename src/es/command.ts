/** A command as it comes to be executed, what it is answered with, and what every execution needs. */
import { hash } from 'node:crypto';
import { canonicalJson } from './canonical.ts';
import type { Authority, Evidence, LegalBasis, LocalDate, Position, RecordedEvent } from './event.ts';
import type { EventStore } from './store.ts';

/** A checked command with its header. `data` is the decoded payload of `name`. */
export interface Command {
  readonly name: string;
  readonly stream: string;
  readonly data: unknown;
  /** Made by the client; unique for ever within the stream. */
  readonly commandId: string;
  readonly effectiveOn: LocalDate;
  readonly expectedRevision?: number;
  readonly basis: readonly LegalBasis[];
  readonly evidence?: readonly Evidence[];
  readonly decidedBy?: Authority;
  readonly note?: string;
  /** Id of an event that this command's event replaces. */
  readonly corrects?: string;
  readonly recordedBy: string;
  /** Who proposed it, where `recordedBy` approved it. */
  readonly proposedBy?: string;
  readonly correlationId?: string;
  readonly causationId?: string;
}

export interface Receipt {
  /** What the command wrote, now or when it first came; empty where it was already so. */
  readonly events: readonly RecordedEvent[];
  readonly position: Position;
  /** Last revision of the stream after the command; -1 where it is empty. */
  readonly revision: number;
}

/** What every execution needs; `today` and `world` are asked once a command. */
export interface Ledger {
  readonly store: EventStore;
  readonly today: () => LocalDate;
  readonly world: unknown;
}

/** Name of the command that takes an event back without a replacement. Every stream may hold its event. */
export const VOID_COMMAND = 'voidEvent';

/** Who sends a command, and against which revision, does not make it another command; what it says does. */
export function hashOf({
  name,
  stream,
  data,
  effectiveOn,
  basis,
  evidence,
  decidedBy,
  note,
  corrects,
}: Command): string {
  const said = { name, stream, data, effectiveOn, basis, evidence, decidedBy, note, corrects };
  return hash('sha256', canonicalJson(said));
}
