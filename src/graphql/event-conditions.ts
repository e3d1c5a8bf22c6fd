/** Which events a filter means, for whoever looks through the log or follows it. */
import { basisSubject, type RecordedEvent, streamOf } from '../es/event.ts';
import type { LogFilter } from '../es/store.ts';
import type { EventFilter } from './event-filter.ts';
import { Rights } from './rights.ts';
import type { Scene } from './scene.ts';
import { liesBelow, streamsBelow } from './streams-below.ts';

/** Subjects that the store is told of; more are looked for event by event. */
const storedSubjectsMax = 500;

/** Conditions on events, and one more: names of a document, of which an event's legal basis has any. */
export type LogQuestion = EventFilter & { readonly documents?: readonly string[] };

/** A filter as it is to be understood in a picture, by one who asks: what may not be seen does not match. */
export class EventConditions {
  /** What the store is told; undefined where that is nothing. */
  readonly stored: LogFilter | undefined;
  /** Streams below a division, where the store is not told of them; null where none is asked. */
  readonly within: ReadonlySet<string> | null;
  readonly #question: LogQuestion;
  readonly #rights: Rights;

  constructor(scene: Scene, question: LogQuestion) {
    this.#question = question;
    this.#rights = Rights.of(scene.context);
    scene.context.reads.add('log');
    const { types, streams, village } = question;
    const within = question.within == null ? null : streamsBelow(scene, question.within);
    const isFew = within !== null && village == null && within.size > 0 && within.size <= storedSubjectsMax;
    const named = isFew ? [...within] : subjectsOf(scene, question);
    this.stored =
      types || streams || named
        ? { types: types ?? undefined, streams: streams ?? undefined, subjects: named }
        : undefined;
    this.within = isFew ? null : within;
  }

  /** Whether conditions are left that the store does not know. */
  get hasMore(): boolean {
    const { within, effective, recorded, commandId, correlationId, document } = this.#question;
    return [within, effective, recorded, commandId, correlationId, document].some((each) => each != null);
  }

  /** Whether an event that the store found matches. */
  matches(event: RecordedEvent): boolean {
    if (this.within && !event.subjects.some((subject) => this.within?.has(subject))) return false;
    return fits(this.#question, event) && this.#rights.covers(event.stream);
  }
}

/** Whether an event matches, by itself: for events that come one by one, without the store. */
export function matchesAlone(scene: Scene, question: EventFilter, event: RecordedEvent): boolean {
  const { types, streams, within } = question;
  if (types && !types.includes(event.type)) return false;
  if (streams && !streams.includes(event.stream)) return false;
  const named = subjectsOf(scene, question);
  if (named && !event.subjects.some((subject) => named.includes(subject))) return false;
  if (within != null && !event.subjects.some((subject) => liesBelow(scene, within, subject))) return false;
  return fits(question, event) && Rights.of(scene.context).covers(event.stream);
}

/** Streams of which an event names one. What rests on a document names it; where another subject is asked too, the document is
 *  looked for event by event. */
function subjectsOf(scene: Scene, { village, document, documents }: LogQuestion): readonly string[] | undefined {
  if (village != null) return [streamOf('village', scene.village(village)?.id ?? village)];
  return document == null ? documents?.map(basisSubject) : [basisSubject(document)];
}

function fits({ effective, recorded, commandId, correlationId, document }: EventFilter, event: RecordedEvent): boolean {
  if (effective && !inRange(event.effectiveOn, effective)) return false;
  if (recorded && !inRange(event.recordedAt, recorded)) return false;
  if (commandId != null && event.commandId !== commandId) return false;
  if (correlationId != null && event.correlationId !== correlationId) return false;
  return document == null || event.subjects.includes(basisSubject(document));
}

function inRange<T extends string | number>(value: T, { from, to }: { from?: T | null; to?: T | null }): boolean {
  return (from == null || value >= from) && (to == null || value <= to);
}
