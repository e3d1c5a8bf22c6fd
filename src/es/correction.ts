/** Which event a correction takes back, and by what it may be replaced. */
import type { Command } from './command.ts';
import { CodedError } from './errors.ts';
import { parseEventId, type RecordedEvent } from './event.ts';
import { eventsAt } from './fold.ts';

/** The event that a correction or void names. Errors: `E_CORRECTION_TARGET`. */
export function correctionTarget(known: readonly RecordedEvent[], command: Command): RecordedEvent {
  const refuse = (why: string) => new CodedError('E_CORRECTION_TARGET', why, { eventId: command.corrects });
  const id = command.corrects as string;
  if (parseEventId(id)?.stream !== command.stream) throw refuse('The event to correct is of another stream.');
  const target = known.find((event) => event.id === id);
  if (!target) throw refuse('There is no such event.');
  const holds = eventsAt(known, '9999-12-31', Number.MAX_SAFE_INTEGER).some((event) => event.id === id);
  if (!holds) throw refuse('The event is already voided.');
  return target;
}

/** Refuses facts that do not begin with one of the target's type. Errors: `E_CORRECTION_TARGET`. */
export function checkReplacement(target: RecordedEvent, facts: readonly { readonly type: string }[]): void {
  if (facts[0]?.type === target.type) return;
  const why =
    facts.length === 0
      ? 'Without the event it is already so: void it, there is nothing to replace it by.'
      : `A ${target.type} is replaced by a ${target.type} only.`;
  throw new CodedError('E_CORRECTION_TARGET', why, { eventId: target.id });
}
