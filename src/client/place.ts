/** Where a watcher stands in a log, and where that is kept. */

export interface Place {
  /** Everything up to and with this position is done. A decimal number as text. */
  readonly position: string;
  /** Id of the log that the position is of; null where it is not known yet. */
  readonly log: string | null;
}

/** Keeps a place between runs. Where the effect of an event and its place must never part, keep both in one file or transaction. */
export interface Checkpoint {
  /** The place to go on from; null where there is none yet. */
  load(): Promise<Place | null>;
  /** Told after each event that the consumer is done with, and when the head was reached. */
  save(place: Place): Promise<void>;
}

/** Whether a position lies after another. */
export const isAfter = (position: string, other: string): boolean => BigInt(position) > BigInt(other);
