/** Reading the log with conditions that the store does not know, in slices and with an end. */
import { LRUCache } from 'lru-cache';
import { type DivisionRow, divisions } from '../../projections/divisions.ts';
import { villages } from '../../projections/villages.ts';
import { basisSubject, type Position, type RecordedEvent, streamOf } from '../es/event.ts';
import type { ReadModel } from '../es/projection.ts';
import type { EventStore, LogFilter } from '../es/store.ts';
import { passing } from './context.ts';
import type { EventFilter } from './event-filter.ts';
import { Rights } from './rights.ts';
import type { Scene } from './scene.ts';
import { turn } from './turn.ts';
import { villagesBelow } from './villages.ts';

/** Events that one page, and one count, looks at. */
const scannedMax = 200_000;
const sliceEventsMax = 5_000;
const firstSliceEvents = 250;
const subjectsMax = 1_000_000;
/** Subjects that the store is told of; more are looked for event by event. */
const storedSubjectsMax = 500;
const countsMax = 200;
/** Streams that are remembered for divisions, all together. */
const keptStreamsMax = 100_000;

interface Counted {
  readonly position: Position;
  readonly count: number;
}

const countsOfStores = new WeakMap<EventStore, LRUCache<string, Counted>>();

function countsOf(store: EventStore): LRUCache<string, Counted> {
  const counts = countsOfStores.get(store) ?? new LRUCache({ max: countsMax });
  countsOfStores.set(store, counts);
  return counts;
}

export interface LogPage {
  readonly after: Position | undefined;
  readonly before: Position | undefined;
  readonly backwards: boolean;
  readonly limit: number;
}

/** Conditions on events, and one more: names of a document, of which an event's legal basis has any. */
export type LogQuestion = EventFilter & { readonly documents?: readonly string[] };

/** Looks for events that the one who asks may see. */
export class LogSearch {
  readonly #scene: Scene;
  readonly #filter: LogQuestion;
  readonly #rights: Rights;
  readonly #stored: LogFilter | undefined;
  /** Streams below a division, where the store is not told of them; null where none is asked. */
  readonly #within: ReadonlySet<string> | null;

  constructor(scene: Scene, filter: LogQuestion) {
    this.#scene = scene;
    this.#filter = filter;
    this.#rights = Rights.of(scene.context);
    scene.context.reads.add('log');
    const { types, streams, village, document } = filter;
    const within = filter.within == null ? null : streamsBelow(scene, filter.within);
    const isFew = within !== null && village == null && within.size > 0 && within.size <= storedSubjectsMax;
    const subjects = village == null ? undefined : [streamOf('village', scene.village(village)?.id ?? village)];
    // What rests on a document names it; where another subject is asked too, the document is looked for event by event.
    const basis = document == null ? filter.documents?.map(basisSubject) : [basisSubject(document)];
    const named = isFew ? [...within] : (subjects ?? basis);
    this.#stored =
      types || streams || named
        ? { types: types ?? undefined, streams: streams ?? undefined, subjects: named }
        : undefined;
    this.#within = isFew ? null : within;
  }

  /** Matching events in the order of reading. `resume`: where the search ended before the log did; null where it has seen all
   *  or found enough. */
  async read({
    after,
    before,
    backwards,
    limit,
  }: LogPage): Promise<{ found: RecordedEvent[]; resume: Position | null }> {
    const head = this.#scene.at.position;
    const found: RecordedEvent[] = [];
    let from = backwards ? Math.min(before ?? head + 1, head + 1) : (after ?? 0);
    const until = backwards ? (after ?? 0) + 1 : Math.min((before ?? head + 1) - 1, head);
    let slice = this.#filters ? Math.max(limit, firstSliceEvents) : limit;
    for (let scanned = 0; backwards ? from > until : from < until; scanned += slice) {
      if (scanned >= scannedMax) return { found, resume: from };
      // What matches little is looked for in ever larger slices.
      if (scanned > 0) {
        slice = Math.min(sliceEventsMax, slice * 4);
        await turn(this.#scene.context);
      }
      const read = await this.#store.readLog({ from, until, backwards, limit: slice, filter: this.#stored });
      for (const event of read) {
        if (this.#matches(event)) found.push(event);
        if (found.length === limit) return { found, resume: null };
      }
      if (read.length < slice) break;
      from = (read.at(-1) as RecordedEvent).position;
    }
    return { found, resume: null };
  }

  /** Matching events of the whole log up to the picture's position; null where that is too long a walk. What was counted once
   *  is counted on from there. */
  async count(): Promise<number | null> {
    const until = this.#scene.at.position;
    // What lies below a division is of a day and a position.
    const picture = this.#within && this.#scene.at;
    const seen = this.#rights.lasting;
    const key = JSON.stringify([this.#stored, this.#filter, picture, seen]);
    const counts = seen === null ? new Map<string, Counted>() : countsOf(this.#store);
    const known = counts.get(key);
    let { position, count } = known && known.position <= until ? known : { position: 0, count: 0 };
    for (let scanned = 0; scanned < scannedMax; scanned += sliceEventsMax) {
      if (scanned > 0) await turn(this.#scene.context);
      const read = await this.#store.readLog({ from: position, until, limit: sliceEventsMax, filter: this.#stored });
      for (const event of read) if (this.#matches(event)) count += 1;
      position = read.at(-1)?.position ?? position;
      // Another request may have counted further meanwhile, or for a later picture.
      if (position > (counts.get(key)?.position ?? 0)) counts.set(key, { position, count });
      if (read.length < sliceEventsMax) return count;
    }
    // Asked again, it is counted on from there.
    this.#scene.context.reads.add(passing);
    return null;
  }

  get #store() {
    return this.#scene.context.services.store;
  }

  /** Whether conditions are left that the store does not know. */
  get #filters(): boolean {
    const { within, effective, recorded, commandId, correlationId, document } = this.#filter;
    return [within, effective, recorded, commandId, correlationId, document].some((each) => each != null);
  }

  #matches(event: RecordedEvent): boolean {
    const { effective, recorded, commandId, correlationId, document } = this.#filter;
    if (this.#within && !event.subjects.some((subject) => this.#within?.has(subject))) return false;
    if (effective && !inRange(event.effectiveOn, effective)) return false;
    if (recorded && !inRange(event.recordedAt, recorded)) return false;
    if (commandId != null && event.commandId !== commandId) return false;
    if (correlationId != null && event.correlationId !== correlationId) return false;
    if (document != null && !event.subjects.includes(basisSubject(document))) return false;
    return this.#rights.covers(event.stream);
  }
}

function inRange<T extends string | number>(value: T, { from, to }: { from?: T | null; to?: T | null }): boolean {
  return (from == null || value >= from) && (to == null || value <= to);
}

const streamsOfModels = new WeakMap<ReadModel, LRUCache<string, ReadonlySet<string>>>();

/** Streams below a division, made once for each picture of villages and divisions. */
function streamsBelow(scene: Scene, code: string): ReadonlySet<string> {
  const { context, at } = scene;
  const { readModel } = context.services;
  const names = [villages.name, divisions.name];
  for (const name of names) context.reads.add(name);
  const kept = streamsOfModels.get(readModel) ?? new LRUCache({ maxSize: keptStreamsMax });
  streamsOfModels.set(readModel, kept);
  const key = [code, at.effectiveOn, readModel.touched(names, at.position), readModel.generation].join();
  const known = kept.get(key) ?? findStreams(scene, code);
  kept.set(key, known, { size: known.size + 1 });
  return known;
}

/** Streams of a division, of those below it and of the villages below it. */
function findStreams(scene: Scene, code: string): ReadonlySet<string> {
  const found = scene.divisionByCode(code);
  if (!found) return new Set();
  const { sql: where, params } = villagesBelow(scene, found.id, found.row.level);
  const below = scene.select(villages, { where, params, limit: subjectsMax });
  return new Set([
    ...divisionsBelow(scene, found.id, found.row.level).map((id) => streamOf('division', id)),
    ...below.map(({ id }) => streamOf('village', id)),
  ]);
}

/** Ids of a division and of all that lie below it. */
function divisionsBelow(scene: Scene, id: string, level: DivisionRow['level']): string[] {
  if (level === 'TOWNSHIP') return [id];
  const children = scene.select(divisions, { where: 'v.parent = ?', params: [id], limit: subjectsMax });
  return [id, ...children.flatMap((child) => divisionsBelow(scene, child.id, child.row.level))];
}
