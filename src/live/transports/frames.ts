/** What is written for a message, made once for all who are told it one after the other. */
import type { LiveMessage } from '../live.ts';

const textFrame = 0x81;
const length16 = 126;
const length64 = 127;

/** WebSocket frames of `next` messages: whole, unmasked and without extensions. Only the last one is kept: those who are up to
 *  date are told the same message in one go. */
export class SocketFrames {
  private message: LiveMessage | undefined;
  private body = Buffer.alloc(0);
  private id = '';
  private frame: Buffer | undefined;

  /** The frame of a message for an operation, to be written to a socket as it is. */
  of(message: LiveMessage, id: string): Buffer {
    if (this.message !== message) {
      this.message = message;
      this.body = Buffer.from(`${message.json}}`);
      this.frame = undefined;
    }
    if (!this.frame || this.id !== id) {
      this.id = id;
      this.frame = frameOf(Buffer.from(`{"id":${JSON.stringify(id)},"type":"next","payload":`), this.body);
    }
    return this.frame;
  }
}

/** By RFC 6455, section 5.2. */
function frameOf(front: Buffer, back: Buffer): Buffer {
  const length = front.length + back.length;
  const head = length < length16 ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafeSlow(head + length);
  frame[0] = textFrame;
  if (head === 2) frame[1] = length;
  else if (head === 4) {
    frame[1] = length16;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = length64;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  front.copy(frame, head);
  back.copy(frame, head + front.length);
  return frame;
}

/** Events of a stream: `id` is where one who has taken it stands. */
export class StreamFrames {
  private message: LiveMessage | undefined;
  private frame = Buffer.alloc(0);

  of(message: LiveMessage): Buffer {
    if (this.message !== message) {
      this.message = message;
      this.frame = Buffer.from(`id: ${message.position}\n${nextEvent(message.json)}`);
    }
    return this.frame;
  }
}

/** A `next` event; JSON as it is written here has no line breaks. */
export const nextEvent = (json: string): string => `event: next\ndata: ${json}\n\n`;
