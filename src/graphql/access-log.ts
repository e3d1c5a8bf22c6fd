/** Looks at what is not public, written to the log before what was asked for goes out. */
import { hash } from 'node:crypto';
import { access, accessStreamOf, streamsOfLookMax } from '../domain/access.ts';
import { canonicalJson } from '../es/canonical.ts';
import { CodedError } from '../es/errors.ts';
import type { LocalDate, NewEvent } from '../es/event.ts';
import type { EventStore } from '../es/store.ts';
import type { Look, RequestContext, Services } from './context.ts';

const operationCharsMax = 200;
const { RestrictedHistoryRead } = access.events;

/** `Services.recordLook` over a store: one event for each hundred streams, in one append. Errors: `E_ACCESS_LOG`. */
export const lookRecorder =
  (store: EventStore, today: () => LocalDate): Services['recordLook'] =>
  async (look) => {
    if (look.streams.length === 0) return;
    try {
      const events = eventsOf(look, today());
      await store.append(accessStreamOf(look.principal.id), events, 'any');
    } catch (error) {
      throw new CodedError('E_ACCESS_LOG', 'The look could not be recorded; nothing is shown.', {}, { cause: error });
    }
  };

function eventsOf(look: Look, effectiveOn: LocalDate): NewEvent[] {
  const streams = [...new Set(look.streams)].sort();
  // One look is one command to whoever checks the log, however many events it takes.
  const commandHash = hash('sha256', canonicalJson([look.principal.id, look.operation, look.requestId, streams]));
  const commandId = `look-${look.requestId}-${commandHash.slice(0, 16)}`;
  const events: NewEvent[] = [];
  for (let at = 0; at < streams.length; at += streamsOfLookMax) {
    const event = eventOf(look, streams.slice(at, at + streamsOfLookMax));
    events.push({ ...event, effectiveOn, commandId, commandHash, correlationId: commandId });
  }
  return events;
}

function eventOf({ principal, operation, requestId }: Look, streams: readonly string[]) {
  const data = RestrictedHistoryRead.encode({
    by: principal.id,
    operation: operation.slice(0, operationCharsMax),
    streams,
    ...(requestId === '' ? {} : { requestId }),
  });
  const named = RestrictedHistoryRead.subjects?.(data as never) ?? [];
  return {
    type: 'RestrictedHistoryRead',
    schemaVersion: RestrictedHistoryRead.version,
    subjects: [accessStreamOf(principal.id), ...named],
    data,
    recordedBy: principal.id,
    basis: [],
  };
}

/** Records what a request was shown since it was last recorded. Nothing of it goes out before this resolves. Errors:
 *  `E_ACCESS_LOG`. */
export async function recordDisclosed(
  { services, principal, requestId, disclosed }: RequestContext,
  operation: string,
): Promise<void> {
  if (disclosed.size === 0) return;
  const streams = [...disclosed];
  await services.recordLook({ principal, streams, operation, requestId });
  for (const stream of streams) disclosed.delete(stream);
}
