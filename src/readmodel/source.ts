/** Where a rebuild reads from: what a worker thread needs to open the log by itself. */
import type { ErrorCode } from '../es/errors.ts';
import type { Projection } from '../es/projection.ts';
import type { EventStore } from '../es/store.ts';
import type { Shard } from './shard.ts';

/** A module that exports `openSource(options): Promise<OpenSource>`. `options` are copied to the worker. */
export interface RebuildSource {
  readonly module: string;
  readonly options: unknown;
}

export interface OpenSource {
  readonly store: EventStore;
  readonly projections: readonly Projection[];
}

/** A worker's part of a rebuild: a shard into a file of its own. */
export interface ShardTask {
  readonly source: RebuildSource;
  readonly shard: Shard;
  readonly path: string;
}

/** What follows in the worker that has the first part: the others are taken in, and the file is finished. */
export interface FinishTask {
  readonly shards: readonly string[];
  readonly logId: string;
}

export type WorkerReport = { readonly folded: number } | { readonly done: true } | { readonly failed: WorkerFailure };

/** What of an error comes through to another thread. */
export interface WorkerFailure {
  readonly message: string;
  /** Of a `CodedError`. */
  readonly code?: ErrorCode;
}

/** Progress of a rebuild: events read so far, as far as they are the log's own number, then the finishing of the file. */
export interface Progress {
  readonly phase: 'fold' | 'finish';
  readonly events: number;
}
