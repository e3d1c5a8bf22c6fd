/** What goes over the wire for a message: made once for all who are sent the same bytes one after another. */
import type { LiveMessage } from '../live.ts';

interface Made {
  readonly message: LiveMessage;
  readonly id: string;
  readonly frame: Buffer;
}

// Only the last of each is kept: those who are up to date are sent the same message in one go, and bytes for each id would outlive it.
let last: Made | undefined;
let tail: { readonly message: LiveMessage; readonly bytes: Buffer } | undefined;
let event: { readonly message: LiveMessage; readonly frame: Buffer } | undefined;

/** The `next` message of graphql-transport-ws for an operation. Subscribers whose clients chose the same id share the bytes; others
 *  share what follows the id. */
export function nextFrame(message: LiveMessage, id: string): Buffer {
  if (last?.message !== message || last.id !== id) {
    if (tail?.message !== message) tail = { message, bytes: Buffer.from(`${message.json}}`) };
    const head = Buffer.from(`{"id":${JSON.stringify(id)},"type":"next","payload":`);
    last = { message, id, frame: Buffer.concat([head, tail.bytes]) };
  }
  return last.frame;
}

/** The `next` event of a stream; its `id` is where an EventSource goes on. JSON as it is written here has no line breaks. */
export function eventFrame(message: LiveMessage): Buffer {
  if (event?.message !== message) {
    event = { message, frame: Buffer.from(`id: ${message.position}\nevent: next\ndata: ${message.json}\n\n`) };
  }
  return event.frame;
}
