/** Group commit: appends that wait together share one transaction and one sync. */
import { CodedError } from '../../es/errors.ts';
import type { Instant, NewEvent, RecordedEvent } from '../../es/event.ts';
import type { Appended, ExpectedRevision } from '../../es/store.ts';
import { type EncodedEvent, encodeAppend, placeEvent } from '../envelope.ts';
import { expectedLast, staleRevision } from '../revision.ts';
import { refusedWith } from './faults.ts';
import type { LogFile } from './log-file.ts';
import { outOfOrder } from './schema.ts';
import { insertEvent, insertSubject, selectHead, selectLastRevision } from './sql.ts';

interface Waiting {
  readonly stream: string;
  readonly events: readonly EncodedEvent[];
  readonly expected: number | undefined;
  readonly resolve: (appended: Appended) => void;
  readonly reject: (error: unknown) => void;
}

/** Bounds the time that one transaction keeps the event loop: about 10 ms. One append may be larger and goes alone. */
const groupEventsMax = 1_000;
const appendsWaitingMax = 100_000;

export class GroupWriter {
  readonly #file: LogFile;
  readonly #now: () => Instant;
  readonly #ring: () => void;
  readonly #groupEventsMax: number;
  #waiting: Waiting[] = [];
  #scheduled = false;
  #idle: (() => void)[] = [];

  constructor(file: LogFile, now: () => Instant, ring: () => void, eventsMax = groupEventsMax) {
    this.#file = file;
    this.#now = now;
    this.#ring = ring;
    this.#groupEventsMax = eventsMax;
  }

  /** Resolves when the events are on the disk. Errors: as `EventStore.append`. */
  append(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): Promise<Appended> {
    return new Promise((resolve, reject) => {
      if (this.#waiting.length >= appendsWaitingMax) {
        throw new CodedError('E_UNAVAILABLE', `${appendsWaitingMax} appends wait already.`);
      }
      const encoded = encodeAppend(stream, events);
      this.#waiting.push({ stream, events: encoded, expected: expectedLast(expected), resolve, reject });
      this.#schedule();
    });
  }

  /** Resolves when nothing waits any more. */
  drain(): Promise<void> {
    if (this.#waiting.length === 0) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  /** At the end of this turn of the event loop: by then all who were woken by the last group have asked again, and who
   *  is alone has lost no time. */
  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => this.#flush());
  }

  #flush(): void {
    this.#scheduled = false;
    const group = this.#takeGroup();
    if (this.#waiting.length > 0) this.#schedule();
    this.#commit(group);
    if (this.#waiting.length > 0) return;
    for (const resolve of this.#idle.splice(0)) resolve();
  }

  #takeGroup(): Waiting[] {
    let [appends, events] = [0, 0];
    for (const { events: own } of this.#waiting) {
      events += own.length;
      if (appends > 0 && events > this.#groupEventsMax) break;
      appends += 1;
    }
    return this.#waiting.splice(0, appends);
  }

  /** Never awaits: what stands between begin and commit is of this group alone. */
  #commit(group: readonly Waiting[]): void {
    let outcomes: (Appended | CodedError)[];
    try {
      outcomes = this.#file.transact((file) => {
        const [position, recordedAt] = (file.statement(selectHead).get() ?? [0, 0]) as [number, Instant];
        return new Placing(file, position, Math.max(recordedAt, this.#now())).all(group);
      });
    } catch (error) {
      for (const { reject } of group) reject(error);
      return;
    }
    let appended = false;
    for (const [index, { resolve, reject }] of group.entries()) {
      const outcome = outcomes[index] as Appended | CodedError;
      if (outcome instanceof CodedError) reject(outcome);
      else {
        resolve(outcome);
        appended = true;
      }
    }
    if (appended) this.#ring();
  }
}

/** Gives the appends of one transaction their places, from the log's last position on. */
class Placing {
  readonly #file: LogFile;
  readonly #recordedAt: Instant;
  #position: number;

  constructor(file: LogFile, position: number, recordedAt: Instant) {
    this.#file = file;
    this.#position = position;
    this.#recordedAt = recordedAt;
  }

  all(group: readonly Waiting[]): (Appended | CodedError)[] {
    return group.map((append) => this.#place(append));
  }

  /** The schema's trigger refuses an event that does not follow its stream's last: the check is part of the insert, and
   *  only the first event can fail it, before anything of this append is written. */
  #place({ stream, events, expected }: Waiting): Appended | CodedError {
    const first = (expected ?? this.#lastRevision(stream)) + 1;
    const placed: RecordedEvent[] = [];
    for (const encoded of events) {
      try {
        placed.push(this.#insert(stream, first + placed.length, encoded));
      } catch (error) {
        if (placed.length > 0 || !refusedWith(error, outOfOrder)) throw error;
        return staleRevision(this.#lastRevision(stream));
      }
    }
    return { events: placed, position: this.#position, revision: first + placed.length - 1 };
  }

  #insert(stream: string, revision: number, { event, payload, meta }: EncodedEvent): RecordedEvent {
    const { type, schemaVersion, effectiveOn, subjects } = event;
    const [position, shared] = [this.#position + 1, subjects.length > 1 ? 1 : 0];
    const at = this.#recordedAt;
    const insert = this.#file.statement(insertEvent);
    insert.run(position, stream, revision, type, schemaVersion, effectiveOn, at, shared, payload, meta);
    this.#position = position;
    if (shared === 1) {
      for (const subject of new Set(subjects)) {
        if (subject !== stream) this.#file.statement(insertSubject).run(subject, position);
      }
    }
    return placeEvent(event, stream, revision, position, at);
  }

  #lastRevision(stream: string): number {
    const [revision] = this.#file.statement(selectLastRevision).get(stream) as [number | null];
    return revision ?? -1;
  }
}
