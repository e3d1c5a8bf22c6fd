/** Reading the log with conditions that the store does not know, in slices and with an end. */
import { type DivisionRow, divisions } from '../../projections/divisions.ts';
import { villages } from '../../projections/villages.ts';
import { type Position, type RecordedEvent, streamOf } from '../es/event.ts';
import type { LogFilter } from '../es/store.ts';
import type { EventFilter } from './event-filter.ts';
import type { Scene } from './scene.ts';
import { villagesBelow } from './villages.ts';

/** Events that one page, and one count, looks at. */
const scannedMax = 200_000;
const sliceEventsMax = 5_000;
const subjectsMax = 1_000_000;

export interface LogPage {
  readonly after: Position | undefined;
  readonly before: Position | undefined;
  readonly backwards: boolean;
  readonly limit: number;
}

export class LogSearch {
  readonly #scene: Scene;
  readonly #filter: EventFilter;
  readonly #stored: LogFilter | undefined;
  /** Streams below a division; null where none is asked. */
  readonly #within: ReadonlySet<string> | null;

  constructor(scene: Scene, filter: EventFilter) {
    this.#scene = scene;
    this.#filter = filter;
    scene.context.reads.add('log');
    const { types, streams, village } = filter;
    const subjects = village == null ? undefined : [streamOf('village', scene.village(village)?.id ?? village)];
    const stored: LogFilter = { types: types ?? undefined, streams: streams ?? undefined, subjects };
    this.#stored = types || streams || subjects ? stored : undefined;
    this.#within = filter.within == null ? null : streamsBelow(scene, filter.within);
  }

  /** Matching events in the order of reading. `more`: the search ended before the log did. */
  async read({ after, before, backwards, limit }: LogPage): Promise<{ found: RecordedEvent[]; more: boolean }> {
    const head = this.#scene.at.position;
    const found: RecordedEvent[] = [];
    let from = backwards ? Math.min(before ?? head + 1, head + 1) : (after ?? 0);
    const until = backwards ? (after ?? 0) + 1 : Math.min((before ?? head + 1) - 1, head);
    for (let scanned = 0; scanned < scannedMax && (backwards ? from > until : from < until); ) {
      const slice = Math.min(sliceEventsMax, this.#filters ? sliceEventsMax : limit - found.length);
      const read = await this.#store.readLog({ from, until, backwards, limit: slice, filter: this.#stored });
      for (const event of read) {
        if (this.#matches(event)) found.push(event);
        if (found.length === limit) return { found, more: false };
      }
      if (read.length < slice) return { found, more: false };
      scanned += read.length;
      from = (read.at(-1) as RecordedEvent).position;
    }
    return { found, more: backwards ? from > until : from < until };
  }

  /** Matching events of the whole log up to the picture's position; null where that is too long a walk. */
  async count(): Promise<number | null> {
    const until = this.#scene.at.position;
    let count = 0;
    let from = 0;
    for (let scanned = 0; scanned < scannedMax; scanned += sliceEventsMax) {
      const read = await this.#store.readLog({ from, until, limit: sliceEventsMax, filter: this.#stored });
      for (const event of read) if (this.#matches(event)) count += 1;
      if (read.length < sliceEventsMax) return count;
      from = (read.at(-1) as RecordedEvent).position;
    }
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
    return document == null || event.basis.some(({ documentNumber }) => documentNumber === document);
  }
}

function inRange<T extends string | number>(value: T, { from, to }: { from?: T | null; to?: T | null }): boolean {
  return (from == null || value >= from) && (to == null || value <= to);
}

/** Streams of a division, of those below it and of the villages below it. */
function streamsBelow(scene: Scene, code: string): ReadonlySet<string> {
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
