/** The log in memory: for tests, and as the shortest statement of what a store does. */
import { CodedError } from '../es/errors.ts';
import type { Instant, NewEvent, Position, RecordedEvent } from '../es/event.ts';
import type {
  Appended,
  EventStore,
  ExpectedRevision,
  Head,
  LogFilter,
  LogIdentity,
  ReadLog,
  ReadStream,
  SharedEvents,
  StreamRange,
} from '../es/store.ts';
import { Bell } from './bell.ts';
import { decodeEvent, encodeAppend, type StoredMeta } from './envelope.ts';
import { logBounds } from './log-bounds.ts';
import { expectedLast, staleRevision } from './revision.ts';

export interface MemoryStoreOptions {
  readonly now: () => Instant;
  readonly identity: LogIdentity;
}

const byStream = (a: RecordedEvent, b: RecordedEvent) =>
  a.stream < b.stream ? -1 : a.stream > b.stream ? 1 : a.revision - b.revision;

export class MemoryStore implements EventStore {
  readonly #log: RecordedEvent[] = [];
  readonly #streams = new Map<string, RecordedEvent[]>();
  readonly #subjects = new Map<string, RecordedEvent[]>();
  readonly #bell = new Bell();
  readonly #options: MemoryStoreOptions;
  #closed = false;

  constructor(options: MemoryStoreOptions) {
    this.#options = options;
  }

  async identity(): Promise<LogIdentity> {
    return this.#options.identity;
  }

  async append(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): Promise<Appended> {
    if (this.#closed) throw new CodedError('E_UNAVAILABLE', 'The log is closed.');
    const encoded = encodeAppend(stream, events);
    const own = this.#streams.get(stream) ?? [];
    const last = own.length - 1;
    if ((expectedLast(expected) ?? last) !== last) throw staleRevision(last);
    const recordedAt = Math.max(this.#log.at(-1)?.recordedAt ?? 0, this.#options.now());
    const placed = encoded.map(({ event, payload, meta }, index) => {
      const { type, schemaVersion, effectiveOn } = event;
      const [revision, position] = [last + 1 + index, this.#log.length + 1 + index];
      // Through its text, so that what the caller does to the event later does not reach the log.
      const data: unknown = JSON.parse(payload);
      const parsed = JSON.parse(meta) as StoredMeta;
      return decodeEvent([position, stream, revision, type, schemaVersion, effectiveOn, recordedAt, data, parsed]);
    });
    for (const event of placed) {
      this.#log.push(deepFreeze(event));
      own.push(event);
      for (const subject of new Set(event.subjects)) {
        const named = this.#subjects.get(subject);
        if (named) named.push(event);
        else this.#subjects.set(subject, [event]);
      }
    }
    this.#streams.set(stream, own);
    this.#bell.ring();
    return { events: placed, position: this.#log.length, revision: last + placed.length };
  }

  async readStream(stream: string, options: ReadStream = {}): Promise<readonly RecordedEvent[]> {
    const own = this.#streams.get(stream) ?? [];
    const { from, backwards = false, limit = own.length } = options;
    const found = backwards
      ? own.filter(({ revision }) => revision <= (from ?? own.length)).reverse()
      : own.filter(({ revision }) => revision >= (from ?? 0));
    return found.slice(0, limit);
  }

  async readSubject(stream: string): Promise<readonly RecordedEvent[]> {
    return [...(this.#subjects.get(stream) ?? [])];
  }

  async readLog(options: ReadLog): Promise<readonly RecordedEvent[]> {
    const { after, until } = logBounds(options);
    const matches = matcher(options.filter ?? {});
    const found = this.#log.filter((event) => event.position > after && event.position <= until && matches(event));
    return (options.backwards ? found.reverse() : found).slice(0, options.limit);
  }

  async *readStreams(range: StreamRange): AsyncIterable<readonly RecordedEvent[]> {
    const isRead = readBy(range);
    const found = this.#log.filter((event) => isIn(range, event.stream) && isRead(event)).sort(byStream);
    if (found.length > 0) yield found;
  }

  async *readShared(range: StreamRange): AsyncIterable<readonly SharedEvents[]> {
    const isRead = readBy(range);
    const named = [...this.#subjects.keys()].filter((subject) => isIn(range, subject)).sort();
    const found = named.map((subject) => {
      const events = this.#subjects.get(subject) ?? [];
      return { subject, events: events.filter((event) => event.stream !== subject && isRead(event)) };
    });
    yield found.filter(({ events }) => events.length > 0);
  }

  async head(): Promise<Head> {
    const last = this.#log.at(-1);
    return { position: last?.position ?? 0, recordedAt: last?.recordedAt ?? 0 };
  }

  async positionAt(instant: Instant): Promise<Position> {
    return this.#log.findLast(({ recordedAt }) => recordedAt <= instant)?.position ?? 0;
  }

  onAppend(ring: () => void): () => void {
    return this.#bell.listen(ring);
  }

  async close(): Promise<void> {
    this.#closed = true;
  }
}

const isIn = ({ from = '', before }: StreamRange, stream: string): boolean =>
  stream >= from && (before === undefined || stream < before);

function readBy({ until, except = [] }: StreamRange): (event: RecordedEvent) => boolean {
  const excepted = new Set(except);
  return ({ position, type, voids }) => position <= until && (voids !== undefined || !excepted.has(type));
}

function matcher({ types, streams, subjects }: LogFilter): (event: RecordedEvent) => boolean {
  const [ofTypes, ofStreams, ofSubjects] = [types, streams, subjects].map((names) => names && new Set(names));
  return (event) =>
    (ofTypes?.has(event.type) ?? true) &&
    (ofStreams?.has(event.stream) ?? true) &&
    (ofSubjects === undefined || event.subjects.some((subject) => ofSubjects.has(subject)));
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(deepFreeze);
  return value;
}
