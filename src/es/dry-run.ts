/** A command decided without a word in the log. */
import type { AnyAggregate } from './aggregate.ts';
import { type Command, hashOf, type Ledger } from './command.ts';
import { decideOn } from './execute.ts';
import { toEvents } from './new-event.ts';

/** How many events the command would write now; whether it was sent before is not asked. Errors: those of `execute`. */
export async function dryRun(ledger: Ledger, aggregate: AnyAggregate, command: Command): Promise<number> {
  const known = await ledger.store.readSubject(command.stream);
  const { facts, target } = await decideOn(ledger, aggregate, command, known);
  return toEvents(aggregate, command, hashOf(command), facts, target).length;
}
