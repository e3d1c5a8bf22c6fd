/** What can be exported, and what a row of an export is. */
import type { Moment, ReadModel } from '../../es/projection.ts';
import type { EventStore } from '../../es/store.ts';

export interface ExportSource {
  readonly readModel: ReadModel;
  readonly store: EventStore;
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
