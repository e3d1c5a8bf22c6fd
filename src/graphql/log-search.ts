/** Reading the log with conditions that the store does not know, in slices and with an end. */
import { LRUCache } from 'lru-cache';
import type { Position, RecordedEvent } from '../es/event.ts';
import type { EventStore } from '../es/store.ts';
import { passing } from './context.ts';
import { EventConditions, type LogQuestion } from './event-conditions.ts';
import { Rights } from './rights.ts';
import type { Scene } from './scene.ts';
import { turn } from './turn.ts';

/** Events that one page, and one count, looks at. */
const scannedMax = 200_000;
const sliceEventsMax = 5_000;
const firstSliceEvents = 250;
const countsMax = 200;

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

/** Looks for events that the one who asks may see. */
export class LogSearch {
  readonly #scene: Scene;
  readonly #filter: LogQuestion;
  readonly #conditions: EventConditions;

  constructor(scene: Scene, filter: LogQuestion) {
    this.#scene = scene;
    this.#filter = filter;
    this.#conditions = new EventConditions(scene, filter);
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
    let slice = this.#conditions.hasMore ? Math.max(limit, firstSliceEvents) : limit;
    for (let scanned = 0; backwards ? from > until : from < until; scanned += slice) {
      if (scanned >= scannedMax) return { found, resume: from };
      // What matches little is looked for in ever larger slices.
      if (scanned > 0) {
        slice = Math.min(sliceEventsMax, slice * 4);
        await turn(this.#scene.context);
      }
      const read = await this.#store.readLog({ from, until, backwards, limit: slice, filter: this.#conditions.stored });
      for (const event of read) {
        if (this.#conditions.matches(event)) found.push(event);
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
    const { stored, within } = this.#conditions;
    const picture = within && this.#scene.at;
    const seen = Rights.of(this.#scene.context).lasting;
    const key = JSON.stringify([stored, this.#filter, picture, seen]);
    const counts = seen === null ? new Map<string, Counted>() : countsOf(this.#store);
    const known = counts.get(key);
    let { position, count } = known && known.position <= until ? known : { position: 0, count: 0 };
    for (let scanned = 0; scanned < scannedMax; scanned += sliceEventsMax) {
      if (scanned > 0) await turn(this.#scene.context);
      const read = await this.#store.readLog({
        from: position,
        until,
        limit: sliceEventsMax,
        filter: this.#conditions.stored,
      });
      for (const event of read) if (this.#conditions.matches(event)) count += 1;
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
}
