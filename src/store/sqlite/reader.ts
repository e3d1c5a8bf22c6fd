/** Reads of the log, in slices that never keep the event loop for long. */
import type { Instant, Position, RecordedEvent } from '../../es/event.ts';
import type { Head, LogFilter, LogIdentity, ReadLog, ReadStream } from '../../es/store.ts';
import { decodeEvent, type StoredMeta } from '../envelope.ts';
import { logBounds } from '../log-bounds.ts';
import { turn } from '../turn.ts';
import type { LogFile } from './log-file.ts';
import * as sql from './sql.ts';

/** Events that one slice decodes: a few milliseconds. */
const sliceEventsMax = 500;
/** Events that one slice passes over by their type. */
const slicePositions = 10_000;
/** Names that one statement looks up. */
const sliceNames = 2_000;

type Row = [number, string, number, string, number, string, number, payload: string, meta: string];

const fromRow = (row: Row): RecordedEvent =>
  decodeEvent([
    row[0],
    row[1],
    row[2],
    row[3],
    row[4],
    row[5],
    row[6],
    JSON.parse(row[7]),
    JSON.parse(row[8]) as StoredMeta,
  ]);

/** At most `limit` events after `after` up to `until`, from the end that is read from. */
type Find = (after: Position, until: Position, limit: number) => Promise<RecordedEvent[]>;

export class Reader {
  readonly #file: LogFile;

  constructor(file: LogFile) {
    this.#file = file;
  }

  identity(): LogIdentity {
    const [id, kind] = this.#file.run((file) => file.statement(sql.selectLog).get()) as [string, LogIdentity['kind']];
    return { id, kind };
  }

  head(): Head {
    const row = this.#file.run((file) => file.statement(sql.selectHead).get()) as [Position, Instant] | undefined;
    return { position: row?.[0] ?? 0, recordedAt: row?.[1] ?? 0 };
  }

  /** Binary search: along the log recordedAt never runs backwards, and positions here are dense. */
  positionAt(instant: Instant): Position {
    const head = this.head();
    if (head.recordedAt <= instant) return head.position;
    let [low, high] = [0, head.position];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      const row = this.#file.run((file) => file.statement(sql.selectRecordedAt).get(middle)) as [Instant];
      if (row[0] <= instant) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  async readStream(stream: string, { from, backwards = false, limit }: ReadStream = {}): Promise<RecordedEvent[]> {
    const found: RecordedEvent[] = [];
    const [statement, step] = backwards ? ([sql.selectStreamBackwards, -1] as const) : ([sql.selectStream, 1] as const);
    let next = from ?? (backwards ? Number.MAX_SAFE_INTEGER : 0);
    for (;;) {
      const want = Math.min(sliceEventsMax, (limit ?? Number.MAX_SAFE_INTEGER) - found.length);
      const slice = this.#events(statement, stream, next, want);
      found.push(...slice);
      if (slice.length < want || found.length === limit) return found;
      next = (slice.at(-1) as RecordedEvent).revision + step;
      await turn();
    }
  }

  async readSubject(stream: string): Promise<RecordedEvent[]> {
    const found: RecordedEvent[] = [];
    for (;;) {
      const slice = this.#events(sql.selectSubject, stream, found.at(-1)?.position ?? 0, sliceEventsMax);
      found.push(...slice);
      if (slice.length < sliceEventsMax) return found;
      await turn();
    }
  }

  async readLog(options: ReadLog): Promise<RecordedEvent[]> {
    const { backwards = false, limit, filter = {} } = options;
    let { after, until } = logBounds(options);
    until = Math.min(until, this.head().position);
    const [find, span] = this.#finder(filter, backwards);
    const found: RecordedEvent[] = [];
    while (after < until) {
      const [low, high] = backwards ? [Math.max(after, until - span), until] : [after, Math.min(until, after + span)];
      const want = Math.min(sliceEventsMax, limit - found.length);
      const slice = await find(low, high, want);
      found.push(...slice);
      if (found.length === limit) break;
      const last = slice.length < want ? undefined : slice.at(-1)?.position;
      if (backwards) until = last === undefined ? low : last - 1;
      else after = last ?? high;
      if (after < until) await turn();
    }
    return found;
  }

  /** How a filter's events are found, and over how many positions at a time. */
  #finder({ types, streams, subjects }: LogFilter, backwards: boolean): [Find, span: number] {
    const ofTypes = types ? JSON.stringify(types) : null;
    const names = subjects ?? streams;
    if (names === undefined) {
      const statement = backwards ? sql.scanLogBackwards : sql.scanLog;
      return [async (after, until, limit) => this.#events(statement, after, until, ofTypes, limit), slicePositions];
    }
    const ofStreams = subjects && streams ? JSON.stringify(streams) : null;
    const [forwards, downwards] = subjects
      ? [sql.findBySubject, sql.findBySubjectBackwards]
      : [sql.findByStream, sql.findByStreamBackwards];
    const statement = backwards ? downwards : forwards;
    const slices = sliced(names, sliceNames).map((slice) => JSON.stringify(slice));
    const find: Find = async (after, until, limit) => {
      const found: RecordedEvent[][] = [];
      for (const slice of slices) {
        if (found.length > 0) await turn();
        found.push(this.#events(statement, after, until, ofTypes, limit, slice, ofStreams));
      }
      return found.length === 1 ? (found[0] as RecordedEvent[]) : merged(found.flat(), backwards).slice(0, limit);
    };
    return [find, Number.MAX_SAFE_INTEGER];
  }

  #events(statement: string, ...parameters: (string | number | null)[]): RecordedEvent[] {
    return this.#file.run((file) => (file.statement(statement).all(...parameters) as Row[]).map(fromRow));
  }
}

function sliced<T>(items: readonly T[], size: number): T[][] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, index) => items.slice(index * size, (index + 1) * size));
}

/** In the order of reading; an event that was found under two names stands once. */
function merged(found: readonly RecordedEvent[], backwards: boolean): RecordedEvent[] {
  const once = [...new Map(found.map((event) => [event.position, event])).values()];
  return once.sort((a, b) => (backwards ? b.position - a.position : a.position - b.position));
}
