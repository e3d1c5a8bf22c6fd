/** The store contract: an append-only log of streams. Every adapter passes `test/store/contract.ts`. */
import type { Instant, NewEvent, Position, RecordedEvent } from './event.ts';

/** What the writer believes of the stream: an exact last revision, `none` (the stream is new), or `any`. */
export type ExpectedRevision = number | 'none' | 'any';

export interface Appended {
  /** The events as recorded, in order; never empty. */
  readonly events: readonly RecordedEvent[];
  readonly position: Position;
  readonly revision: number;
}

/** Events that match all of the given parts; a part left out matches everything. */
export interface LogFilter {
  readonly types?: readonly string[];
  readonly streams?: readonly string[];
  /** Streams of entities: matches an event that names any of them, in its own stream or another's. */
  readonly subjects?: readonly string[];
}

export interface ReadLog {
  /** Exclusive: forwards the events after it, backwards those before it. Left out: from the start (or the end). */
  readonly from?: Position;
  /** Inclusive bound on the other side. */
  readonly until?: Position;
  readonly backwards?: boolean;
  /** Events at most, 1 to 10,000. */
  readonly limit: number;
  readonly filter?: LogFilter;
}

export interface ReadStream {
  /** First revision to read, inclusive; backwards the one to start down from. */
  readonly from?: number;
  readonly backwards?: boolean;
  readonly limit?: number;
}

/** What the log is, fixed with its first record. */
export interface LogIdentity {
  /** Random, made once with the log. */
  readonly id: string;
  /** A simulated log says so for ever and never mixes with a real one. */
  readonly kind: 'real' | 'simulated';
}

export interface Head {
  readonly position: Position;
  /** When the last event was recorded; 0 in an empty log. */
  readonly recordedAt: Instant;
}

/** Streams from `from` (inclusive) up to `before` (exclusive) in the order of their names. */
export interface StreamRange {
  readonly from?: string;
  readonly before?: string;
  /** Only what was recorded by this position. */
  readonly until: Position;
  /** Types that are passed over, but for events that take another back. */
  readonly except?: readonly string[];
}

/** What other streams' events say of an entity, by position; never empty. */
export interface SharedEvents {
  /** Stream of the entity. */
  readonly subject: string;
  readonly events: readonly RecordedEvent[];
}

export interface EventStore {
  identity(): Promise<LogIdentity>;

  /** Appends all events or none. Errors: `E_STALE_REVISION` (with actualRevision), `E_UNAVAILABLE`, `E_STORAGE_FULL`, `E_READ_ONLY`, `E_LOG_DAMAGED`.
   *  Resolved means durable. `recordedAt` comes from the store's clock and never runs backwards along the log. */
  append(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): Promise<Appended>;

  /** Events of one stream; empty where there is none. */
  readStream(stream: string, options?: ReadStream): Promise<readonly RecordedEvent[]>;

  /** Every event that names the entity, in its own stream or another's, by position. */
  readSubject(stream: string): Promise<readonly RecordedEvent[]>;

  /** A page of the whole log, by position. */
  readLog(options: ReadLog): Promise<readonly RecordedEvent[]>;

  /** For rebuilds: events grouped by stream, in batches of whole streams, each stream's by revision. */
  readStreams(range: StreamRange): AsyncIterable<readonly RecordedEvent[]>;

  /** For rebuilds: events by the entities in the range that they name beside their own stream's, in batches of whole
   *  entities in the order of their names. */
  readShared(range: StreamRange): AsyncIterable<readonly SharedEvents[]>;

  head(): Promise<Head>;

  /** Last position recorded at or before `instant`; 0 where nothing was. */
  positionAt(instant: Instant): Promise<Position>;

  /** Rings after each durable append, with nothing but the hint that the log moved. Returns the way to stop listening. */
  onAppend(ring: () => void): () => void;

  close(): Promise<void>;
}
