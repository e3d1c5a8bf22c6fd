/** What can be exported, and what a row of an export is. */
import type { RecordedEvent } from '../../es/event.ts';
import type { Moment, ReadModel } from '../../es/projection.ts';
import type { EventStore } from '../../es/store.ts';

export interface ExportSource {
  readonly readModel: ReadModel;
  readonly store: EventStore;
  /** What of a page of events may go out; resolves once the look at what is not public is recorded. Left out: everything, for
   *  the operator of the log's own machine. */
  readonly show?: (page: readonly RecordedEvent[]) => Promise<readonly RecordedEvent[]>;
}

/** What to export. Everything that is given must hold. */
export interface ExportQuestion {
  readonly at: Moment;
  /** Code of a division: villages and divisions below it, and itself. */
  readonly within?: string;
  /** Kinds of villages. */
  readonly kind?: readonly string[];
  /** Statuses of villages and divisions; LISTED where left out. */
  readonly status?: readonly string[];
  /** Levels of divisions. */
  readonly level?: readonly string[];
  /** Types of events. */
  readonly types?: readonly string[];
  /** Id of a village that events name. */
  readonly village?: string;
}

/** One row, by the names of its columns. Nested values are lists and objects; CSV shows them as JSON. */
export type ExportRecord = Readonly<Record<string, unknown>>;
