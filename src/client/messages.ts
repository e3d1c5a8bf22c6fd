/** What a watcher asks and what it is told. */

/** What every watched event has; a document of one's own may ask for more. */
export interface WatchedEvent {
  readonly __typename: string;
  readonly id: string;
}

/** The fields that are asked for where no document is given. */
export interface LedgerEvent extends WatchedEvent {
  readonly position: string;
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
  /** Day from which it holds, YYYY-MM-DD. */
  readonly effectiveOn: string;
  /** When the log took it, RFC 3339. */
  readonly recordedAt: string;
  readonly recordedBy: string;
  /** One sentence for people, in Chinese. */
  readonly summary: string;
}

/** One message of the subscription `events`. */
export type EventMessage<Event extends WatchedEvent = LedgerEvent> =
  | { readonly __typename: 'EventRecorded'; readonly position: string; readonly event: Event }
  | { readonly __typename: 'CaughtUp'; readonly position: string }
  | { readonly __typename: 'MustRefetch'; readonly position: string; readonly reason: string };

/** The operation `WatchEvents` of schema/operations/watch-events.graphql. */
export const watchEventsDocument = `subscription WatchEvents($after: Position, $log: ID, $filter: EventFilter) {
  events(after: $after, log: $log, filter: $filter) {
    __typename
    ... on EventRecorded {
      position
      event {
        __typename
        id
        position
        stream
        revision
        type
        effectiveOn
        recordedAt
        recordedBy
        summary(lang: ZH)
      }
    }
    ... on CaughtUp {
      position
    }
    ... on MustRefetch {
      position
      reason
    }
  }
}
`;

/** The server no longer knows the place that the watcher stands at, or the filter is no longer allowed: what was kept must be
 *  fetched anew, from the start. */
export class MustRefetchError extends Error {
  override readonly name = 'MustRefetchError';
  constructor(
    /** `POSITION_UNKNOWN`, `LOG_REBUILT` or `FILTER_NOT_ALLOWED`. */
    readonly reason: string,
  ) {
    super(`The log cannot be followed from here: ${reason}. Fetch anew from the start.`);
  }
}

/** The server refused the operation; trying again would not help. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  constructor(
    message: string,
    /** Code of the error catalogue, where the server gave one. */
    readonly code: string | null,
  ) {
    super(message);
  }
}
