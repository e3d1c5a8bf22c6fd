/** One subscription: where its reader stands, and whether it can take more. */
import type { GraphQLFormattedError } from 'graphql';
import type { Position } from '../es/event.ts';
import type { LiveMessage, LiveSink, LiveSubscription } from './live.ts';

/** Whoever leads readers on. */
export interface Leader {
  /** Where all stand who are up to date. */
  readonly position: Position;
  leave(reader: Reader): void;
}

export class Reader implements LiveSubscription {
  /** Up to date: it stands where its leader does. */
  isLive = false;
  isEnded = false;
  /** Has been told that it reached the head. */
  isCaughtUp = false;
  leader: Leader | undefined;
  private at: Position;

  constructor(
    private readonly sink: LiveSink,
    after: Position,
  ) {
    this.at = after;
  }

  get position(): Position {
    return this.isLive && this.leader ? this.leader.position : this.at;
  }

  /** Falls out of those that are up to date, or stands somewhere else. */
  standAt(position: Position): void {
    this.isLive = false;
    this.at = position;
  }

  /** Hands a message on to one that is up to date: false where nothing more may be handed to it. Its place is its leader's. */
  send(message: LiveMessage): boolean {
    return this.sink.send(message) && !this.isEnded;
  }

  /** Hands a message on: false where nothing more may be handed to it until it is drained. */
  hand(message: LiveMessage): boolean {
    const goesOn = this.sink.send(message);
    this.at = message.position;
    return goesOn && !this.isEnded;
  }

  drained(): Promise<void> {
    return this.sink.drained();
  }

  stop(): void {
    if (this.isEnded) return;
    this.standAt(this.position);
    this.isEnded = true;
    this.leader?.leave(this);
  }

  end(errors?: readonly GraphQLFormattedError[]): void {
    if (this.isEnded) return;
    this.standAt(this.position);
    this.isEnded = true;
    this.leader?.leave(this);
    this.sink.end(errors);
  }
}
