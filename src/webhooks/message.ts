/** What is sent of an event, and how it is signed: as Standard Webhooks has it (docs/webhooks.md). */
import { Webhook } from 'standardwebhooks';
import type { Instant, RecordedEvent } from '../es/event.ts';
import { eventRecord } from '../graphql/exports/event-record.ts';

export interface Message {
  /** The same however often it is sent. */
  readonly id: string;
  readonly body: string;
}

/** The message of an event: type, when it was recorded, and the event as an export writes it. */
export function messageOf(event: RecordedEvent): Message {
  const timestamp = new Date(event.recordedAt).toISOString();
  // What is signed is joined by full stops: none may stand in the id.
  const id = event.id.replaceAll('.', ':');
  return { id, body: JSON.stringify({ type: event.type, timestamp, data: eventRecord(event) }) };
}

/** Headers of one try. Each secret signs, the newest first. `now`: milliseconds since the epoch. */
export function headersOf({ id, body }: Message, secrets: readonly string[], now: Instant): Record<string, string> {
  const seconds = Math.floor(now / 1_000);
  const at = new Date(seconds * 1_000);
  return {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    'user-agent': 'xiangyue-webhooks',
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, at, body)).join(' '),
  };
}
