/** A command's way into the log: read, fold, decide, append. */
import type { AnyAggregate } from './aggregate.ts';
import { type Command, hashOf, type Ledger, type Receipt } from './command.ts';
import { correctionTarget } from './correction.ts';
import { decideFacts, type LooseFact, relatedOf } from './decide.ts';
import { CodedError } from './errors.ts';
import type { RecordedEvent } from './event.ts';
import { toEvents } from './new-event.ts';

/** Executes a command on its stream. A conflict is decided anew once: where the caller expected a revision, that can only
 *  find the command's own twin, or refuse. */
export async function execute(ledger: Ledger, aggregate: AnyAggregate, command: Command): Promise<Receipt> {
  try {
    return await attempt(ledger, aggregate, command);
  } catch (error) {
    if (!(error instanceof CodedError) || error.code !== 'E_STALE_REVISION') throw error;
    return attempt(ledger, aggregate, command);
  }
}

async function attempt(ledger: Ledger, aggregate: AnyAggregate, command: Command): Promise<Receipt> {
  const known = await ledger.store.readSubject(command.stream);
  const commandHash = hashOf(command);
  const repeat = repeatOf(known.filter(isOf(command)), command.commandId, commandHash);
  if (repeat) return repeat;
  const { facts, target, revision } = await decideOn(ledger, aggregate, command, known);
  if (facts.length === 0) return { events: [], position: known.at(-1)?.position ?? 0, revision };
  const events = toEvents(aggregate, command, commandHash, facts, target);
  return ledger.store.append(command.stream, events, revision === -1 ? 'none' : revision);
}

const isOf =
  ({ stream }: Command) =>
  (event: RecordedEvent): boolean =>
    event.stream === stream;

interface Decision {
  readonly facts: readonly LooseFact[];
  /** The event that the first of them takes back. */
  readonly target: RecordedEvent | undefined;
  /** Last revision of the stream that was decided on; -1 where it is empty. */
  readonly revision: number;
}

/** What a command comes to on what is known, all events that name its entity. Nothing is written. Errors: those of `execute`. */
export async function decideOn(
  ledger: Ledger,
  aggregate: AnyAggregate,
  command: Command,
  known: readonly RecordedEvent[],
): Promise<Decision> {
  const revision = known.findLast(isOf(command))?.revision ?? -1;
  if (command.expectedRevision !== undefined && command.expectedRevision !== revision) {
    throw new CodedError('E_STALE_REVISION', `The stream stands at revision ${revision}.`, {
      actualRevision: revision,
    });
  }
  const target = command.corrects === undefined ? undefined : correctionTarget(known, command);
  const related = await relatedOf(ledger, aggregate, command);
  return { facts: decideFacts(ledger, aggregate, command, { known, target, related }), target, revision };
}

/** The earlier answer to the same command, or undefined. Errors: `E_DUPLICATE_COMMAND`. */
function repeatOf(own: readonly RecordedEvent[], commandId: string, commandHash: string): Receipt | undefined {
  const events = own.filter((event) => event.commandId === commandId);
  const last = events.at(-1);
  if (!last) return undefined;
  if (last.commandHash !== commandHash) {
    throw new CodedError('E_DUPLICATE_COMMAND', 'This commandId was used for another command.', {
      commandId,
      eventId: last.id,
    });
  }
  return { events, position: last.position, revision: last.revision };
}
