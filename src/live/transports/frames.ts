/** What is written for a message, made once for all who are told it one after the other. */
import type { LiveMessage } from '../live.ts';

interface Made {
  readonly message: LiveMessage;
  readonly id: string;
  readonly bytes: Buffer;
}

// Only the last of each is kept: those who are up to date are told the same message in one go, and bytes for each id would outlive
// it.
let next: Made | undefined;
let event: Made | undefined;

/** The `next` message of graphql-transport-ws for an operation, as the text that one WebSocket message carries. */
export function nextFrame(message: LiveMessage, id: string): Buffer {
  if (next?.message !== message || next.id !== id) {
    const bytes = Buffer.from(`{"id":${JSON.stringify(id)},"type":"next","payload":${message.json}}`);
    next = { message, id, bytes };
  }
  return next.bytes;
}

/** The `next` event of a stream; its `id` is where one who has taken it stands. JSON as it is written here has no line breaks. */
export function eventFrame(message: LiveMessage): Buffer {
  if (event?.message !== message) {
    const bytes = Buffer.from(`id: ${message.position}\nevent: next\ndata: ${message.json}\n\n`);
    event = { message, id: '', bytes };
  }
  return event.bytes;
}
