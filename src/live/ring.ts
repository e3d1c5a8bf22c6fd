/** The latest messages of a feed, within bounds: slightly late readers are served from it. */
import type { Position } from '../es/event.ts';
import type { LiveMessage } from './live.ts';

const messagesMax = 256;

export class Ring {
  private messages: LiveMessage[] = [];
  private chars = 0;

  /** `from`: all messages after it are here. `charsMax` is asked at each message, since feeds share their room. */
  constructor(
    private start: Position,
    private readonly charsMax: () => number,
  ) {}

  get from(): Position {
    return this.start;
  }

  get size(): { readonly messages: number; readonly chars: number } {
    return { messages: this.messages.length, chars: this.chars };
  }

  push(message: LiveMessage): void {
    this.messages.push(message);
    this.chars += message.json.length;
    const charsMax = this.charsMax();
    while (this.messages.length > messagesMax || (this.chars > charsMax && this.messages.length > 0)) this.drop();
  }

  /** Messages after a position that is not before `from`. */
  after(position: Position): readonly LiveMessage[] {
    let at = this.messages.length;
    while (at > 0 && (this.messages[at - 1] as LiveMessage).position > position) at--;
    return this.messages.slice(at);
  }

  /** Begins anew after a position. */
  reset(from: Position): void {
    this.messages = [];
    this.chars = 0;
    this.start = from;
  }

  private drop(): void {
    const oldest = this.messages.shift() as LiveMessage;
    this.chars -= oldest.json.length;
    this.start = oldest.position;
  }
}
