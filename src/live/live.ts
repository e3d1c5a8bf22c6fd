/** Subscriptions, whatever the transport: what it asks, what it is handed, and how it says that its reader is slow. */
import type { GraphQLFormattedError } from 'graphql';
import type { Principal } from '../access/principal.ts';
import type { Position } from '../es/event.ts';
import type { Admitted } from '../graphql/admission.ts';

/** One message of a subscription, made once for all who asked the same with the same rights. */
export interface LiveMessage {
  /** Where a subscriber stands once it has this: the `after` with which it goes on. */
  readonly position: Position;
  /** The result of the operation as JSON: `{"data":{…}}`, with `errors` where there are any. */
  readonly json: string;
}

/** One subscription's place in a transport. A transport shares what it makes of a message (frames) among its sinks. */
export interface LiveSink {
  /** Hands a message on, at once. False: it was taken, but the reader is behind; nothing more may be sent until `drained`. */
  send(message: LiveMessage): boolean;
  /** Resolves when the reader has taken what waits. Never rejects; a sink that is gone may stay unresolved. */
  drained(): Promise<void>;
  /** Nothing more comes: the subscription has ended, or was refused where there are errors. Called once at most. */
  end(errors?: readonly GraphQLFormattedError[]): void;
}

export interface LiveRequest {
  readonly admitted: Admitted;
  readonly principal: Principal;
  readonly requestId: string;
  /** Goes on after this position, whatever the operation's `after` says: an EventSource's Last-Event-ID. */
  readonly after?: Position;
}

export interface LiveSubscription {
  /** The position after which the reader would go on now: all before it was handed on. */
  readonly position: Position;
  /** Ends it from the transport's side: nothing is sent any more, `end` is not called. */
  stop(): void;
}

/** The cursors of a server. */
export interface Live {
  /** Begins a subscription; messages may come before it returns. Never throws: what is wrong is told by `end`. */
  subscribe(request: LiveRequest, sink: LiveSink): LiveSubscription;
  /** Tells each reader that is up to date its position, ends all subscriptions and takes no new ones. */
  close(): Promise<void>;
}
