/** The log's own integrity: what must be true of every log, checked event by event. */
import type { Payload } from './aggregate.ts';
import { type Position, parseEventId, type RecordedEvent } from './event.ts';
import type { EventStore } from './store.ts';

export interface Finding {
  readonly position: Position;
  readonly eventId: string;
  /** What is not as it must be, in one sentence. */
  readonly message: string;
}

export interface VerifyReport {
  readonly events: number;
  readonly streams: number;
  readonly position: Position;
  /** Empty for a sound log; at most `findingsMax` are kept. */
  readonly findings: readonly Finding[];
  readonly findingsTotal: number;
}

const pageEventsMax = 5_000;
const findingsMax = 100;

/** Reads the whole log and checks order, revisions, payloads, subjects, voids and command ids. */
export async function verifyLog(
  store: EventStore,
  payloadOf: (type: string) => Payload | undefined,
  onProgress?: (done: Position, total: Position) => void,
): Promise<VerifyReport> {
  const head = await store.head();
  const check = new LogCheck(payloadOf);
  for (let from = 0; ; ) {
    const page = await store.readLog({ from, until: head.position, limit: pageEventsMax });
    for (const event of page) check.next(event);
    const last = page.at(-1);
    if (!last) break;
    from = last.position;
    onProgress?.(from, head.position);
  }
  return check.report(head.position);
}

class LogCheck {
  readonly #payloadOf: (type: string) => Payload | undefined;
  readonly #revisions = new Map<string, number>();
  readonly #findings: Finding[] = [];
  #findingsTotal = 0;
  #events = 0;
  #last: Pick<RecordedEvent, 'position' | 'recordedAt' | 'stream' | 'commandId' | 'commandHash'> | undefined;

  constructor(payloadOf: (type: string) => Payload | undefined) {
    this.#payloadOf = payloadOf;
  }

  next(event: RecordedEvent): void {
    this.#events += 1;
    this.#order(event);
    this.#payload(event);
    this.#references(event);
    this.#last = event;
  }

  report(position: Position): VerifyReport {
    return {
      events: this.#events,
      streams: this.#revisions.size,
      position,
      findings: this.#findings,
      findingsTotal: this.#findingsTotal,
    };
  }

  #order(event: RecordedEvent): void {
    const last = this.#last;
    if (last && event.position <= last.position) this.#find(event, 'The position does not rise.');
    if (last && event.recordedAt < last.recordedAt) this.#find(event, 'recordedAt runs backwards.');
    const expected = (this.#revisions.get(event.stream) ?? -1) + 1;
    if (event.revision !== expected) {
      this.#find(event, `The stream's revision is ${event.revision} where ${expected} follows.`);
    }
    this.#revisions.set(event.stream, event.revision);
    const sameCommand = last?.stream === event.stream && last.commandId === event.commandId;
    if (sameCommand && last.commandHash !== event.commandHash) {
      this.#find(event, 'One commandId stands for two commands.');
    }
  }

  #payload(event: RecordedEvent): void {
    const payload = this.#payloadOf(event.type);
    if (!payload) {
      this.#find(event, `The type ${event.type} is not known.`);
      return;
    }
    try {
      payload.encode(payload.decode(event.data, event.schemaVersion));
    } catch (error) {
      this.#find(event, error instanceof Error ? error.message : 'The payload cannot be read.');
    }
  }

  #references(event: RecordedEvent): void {
    if (event.subjects[0] !== event.stream) this.#find(event, 'The stream is not the first subject.');
    if (event.voids === undefined) return;
    const target = parseEventId(event.voids);
    const exists = target !== null && target.revision <= (this.#revisions.get(target.stream) ?? -1);
    if (!exists || event.voids === event.id)
      this.#find(event, `It takes back ${event.voids}, which does not stand before it.`);
  }

  #find(event: RecordedEvent, message: string): void {
    this.#findingsTotal += 1;
    if (this.#findings.length < findingsMax)
      this.#findings.push({ position: event.position, eventId: event.id, message });
  }
}
