/** Events of a ledger as they come, for programs: each once, in order, through restarts of either side. */
import { print, type TypedQueryDocumentNode } from 'graphql';
import { resultsOf } from './connection.ts';
import {
  type EventMessage,
  type LedgerEvent,
  MustRefetchError,
  RefusedError,
  type WatchedEvent,
  watchEventsDocument,
} from './messages.ts';
import { type Checkpoint, isAfter, type Place } from './place.ts';

export interface WatchOptions<Event extends WatchedEvent = LedgerEvent> {
  /** Address of the server's GraphQL: `ws://host:port/graphql`, or `wss:`. */
  readonly url: string;
  /** A token or key, or what gives one for each connection; left out for what is public. */
  readonly token?: string | (() => string | Promise<string>);
  /** An `EventFilter` of the schema: only what matches all of it. */
  readonly filter?: Readonly<Record<string, unknown>>;
  /** A subscription to `events` with the variables `$after`, `$log` and `$filter`, in place of the usual fields. It must ask for
   *  `__typename` and `position` of each message, and `reason` of `MustRefetch`. */
  readonly document?: string | TypedQueryDocumentNode<{ readonly events: EventMessage<Event> }, never>;
  /** Where the place is kept between runs; left out, each run begins at `from`. */
  readonly checkpoint?: Checkpoint;
  /** Where to begin without a place: at the start of the log, or after a position. `start` where left out. */
  readonly from?: 'start' | (string & {});
  /** Ends the watch. */
  readonly signal?: AbortSignal;
  /** Hears what happens to the connection. */
  readonly onState?: (state: WatchState) => void;
  /** Delays between attempts: doubled from `baseMs` up to `maxMs`, each cut by chance to between half and all of it. */
  readonly retry?: { readonly baseMs?: number; readonly maxMs?: number; readonly random?: () => number };
  /** How often the server is asked whether it is still there. */
  readonly pingMs?: number;
  /** A WebSocket class, where neither the platform's nor that of `ws` is wanted. */
  readonly webSocketImpl?: unknown;
}

/** What happens to a watch: nothing of it needs an answer. */
export type WatchState =
  | { readonly kind: 'connecting'; readonly after: string }
  | { readonly kind: 'caughtUp'; readonly position: string }
  | { readonly kind: 'waiting'; readonly delayMs: number; readonly error: unknown };

export interface Watched<Event extends WatchedEvent = LedgerEvent> {
  readonly position: string;
  readonly event: Event;
  /** Id of the log. */
  readonly log: string;
}

const logQuery = '{ log { id } }';
const usual = { baseMs: 250, maxMs: 30_000, pingMs: 15_000 };

/** Yields each event after the place that was kept, once and in order, and then whatever happens. An event counts as done, and its
 *  place is kept, when the next one is asked for. Ends with the signal. Throws `MustRefetchError` and `RefusedError`. */
export async function* watchEvents<Event extends WatchedEvent = LedgerEvent>(
  options: WatchOptions<Event>,
): AsyncGenerator<Watched<Event>, void, void> {
  const { checkpoint, from = 'start', signal = new AbortController().signal } = options;
  let place: Place = (await checkpoint?.load()) ?? { position: from === 'start' ? '0' : from, log: null };
  const keep = async (position: string) => {
    place = { ...place, position };
    await checkpoint?.save(place);
  };
  let failures = 0;
  while (!signal.aborted) {
    let error: unknown = null;
    try {
      options.onState?.({ kind: 'connecting', after: place.position });
      place = await withLog(options, place, signal);
      for await (const { events: message } of messagesOf(options, place, signal)) {
        failures = 0;
        if (message.__typename === 'MustRefetch') throw new MustRefetchError(message.reason);
        if (message.__typename === 'CaughtUp') {
          if (isAfter(message.position, place.position)) await keep(message.position);
          options.onState?.({ kind: 'caughtUp', position: message.position });
        } else if (isAfter(message.position, place.position)) {
          yield { position: message.position, event: message.event, log: place.log as string };
          await keep(message.position);
        }
      }
    } catch (caught) {
      if (caught instanceof MustRefetchError || caught instanceof RefusedError) throw caught;
      error = caught;
    }
    failures += 1;
    await pause(options, failures, error, signal);
  }
}

/** The place with the log that it is of: asked for once, so that the position of one log is never taken for another's. */
async function withLog<Event extends WatchedEvent>(
  options: WatchOptions<Event>,
  place: Place,
  signal: AbortSignal,
): Promise<Place> {
  if (place.log !== null) return place;
  const operation = { query: logQuery, variables: {} };
  for await (const { log } of resultsOf<{ log: { id: string } }>(connection(options), operation, signal)) {
    return { ...place, log: log.id };
  }
  throw new Error('The server did not say which log it has.');
}

function messagesOf<Event extends WatchedEvent>(
  options: WatchOptions<Event>,
  { position, log }: Place,
  signal: AbortSignal,
): AsyncGenerator<{ readonly events: EventMessage<Event> }> {
  const { document = watchEventsDocument, filter } = options;
  const query = typeof document === 'string' ? document : print(document);
  return resultsOf(connection(options), { query, variables: { after: position, log, filter } }, signal);
}

const connection = <Event extends WatchedEvent>({
  url,
  token,
  webSocketImpl,
  pingMs = usual.pingMs,
}: WatchOptions<Event>) => ({
  url,
  token,
  webSocketImpl,
  pingMs,
});

/** Waits before the next attempt: longer each time, and by chance, so that many watchers do not come back at once. */
async function pause<Event extends WatchedEvent>(
  { retry = {}, onState }: WatchOptions<Event>,
  failures: number,
  error: unknown,
  signal: AbortSignal,
): Promise<void> {
  if (signal.aborted) return;
  const { baseMs = usual.baseMs, maxMs = usual.maxMs, random = Math.random } = retry;
  const longest = Math.min(maxMs, baseMs * 2 ** Math.min(failures - 1, 20));
  const delayMs = Math.round(longest * (0.5 + random() / 2));
  onState?.({ kind: 'waiting', delayMs, error });
  await new Promise<void>((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, delayMs);
    signal.addEventListener('abort', end);
  });
}
