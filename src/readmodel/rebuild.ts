/** Builds a read-model file from the log: in this thread where the log is small, else in worker threads, a range of entities each. */
import { open, rename, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { invariant } from '../es/errors.ts';
import { aggregateOf, type Position } from '../es/event.ts';
import type { Projection } from '../es/projection.ts';
import type { EventStore } from '../es/store.ts';
import { openDraft } from './database.ts';
import { finishDraft } from './finish.ts';
import { foldShard, type Shard } from './shard.ts';
import { ShardWorker } from './shard-worker.ts';
import type { FinishTask, Progress, RebuildSource, ShardTask } from './source.ts';

/** Below this one thread is done before others have started. */
const workerEventsMin = 60_000;
const workersMax = 4;
const samples = 16;
const sampleEvents = 200;

export interface RebuildOptions {
  /** The file to make; it stands there once it is whole. */
  readonly path: string;
  readonly projections: readonly Projection[];
  readonly store: EventStore;
  /** How worker threads open the same log; without it this thread does all the work. */
  readonly source?: RebuildSource;
  /** Threads; 0 is this thread alone. Default: by the size of the log and the number of cores. */
  readonly workers?: number;
  /** Build as of this position. Default: the head of the log. */
  readonly until?: Position;
  readonly onProgress?: (progress: Progress) => void;
  /** Ends the rebuild: it throws the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Builds the file and returns the position it stands at. */
export async function rebuild(options: RebuildOptions): Promise<Position> {
  const { path, store, source, projections, onProgress } = options;
  const until = options.until ?? (await store.head()).position;
  const workers = source ? (options.workers ?? workersFor(until)) : 0;
  const { id: logId } = await store.identity();
  let events = 0;
  const onFolded = (folded: number) => {
    options.signal?.throwIfAborted();
    // An event that names two entities may be read for both.
    events = Math.min(until, events + folded);
    onProgress?.({ phase: 'fold', events });
  };
  const onFinish = () => onProgress?.({ phase: 'finish', events: until });
  const draft = `${path}.draft`;
  await rm(draft, { force: true });
  if (source && workers > 0) {
    const shards = await shardsOf(options, until, workers);
    await inWorkers({ draft, source, shards, logId, onFolded, onFinish });
  } else {
    const db = openDraft(draft);
    try {
      await foldShard(db, projections, store, { range: { until }, number: 0 }, onFolded);
      onFinish();
      finishDraft(db, projections, [], { position: until, logId });
    } finally {
      db.close();
    }
  }
  await publish(draft, path);
  return until;
}

interface InWorkers {
  readonly draft: string;
  readonly source: RebuildSource;
  readonly shards: readonly Shard[];
  readonly logId: string;
  readonly onFolded: (events: number) => void;
  readonly onFinish: () => void;
}

async function inWorkers({ draft, source, shards, logId, onFolded, onFinish }: InWorkers): Promise<void> {
  const paths = shards.map(({ number }) => (number === 0 ? draft : `${draft}.${number}`));
  const started = shards.map(
    (shard, i) => new ShardWorker({ source, shard, path: paths[i] as string } satisfies ShardTask, onFolded),
  );
  try {
    await Promise.all(started.map((worker) => worker.folded()));
    const [first, ...others] = started;
    invariant(first, 'a rebuild has a worker');
    // The others close their files first.
    await Promise.all(others.map((worker) => worker.finish(null)));
    onFinish();
    await first.finish({ shards: paths.slice(1), logId } satisfies FinishTask);
  } finally {
    await Promise.all(started.map((worker) => worker.stop()));
    await Promise.all(paths.slice(1).map((path) => rm(path, { force: true })));
  }
}

/** What was written without a sync is on the disk before the file has its name. */
async function publish(draft: string, path: string): Promise<void> {
  const file = await open(draft, 'r+');
  await file.sync();
  await file.close();
  for (const suffix of ['', '-wal', '-shm']) await rm(path + suffix, { force: true });
  await rename(draft, path);
}

/** Positions are at least as many as the events. */
const workersFor = (until: Position): number =>
  until < workerEventsMin ? 0 : Math.min(availableParallelism(), workersMax);

/** Shards of about as much work each: samples along the log say which entities its events name. */
async function shardsOf({ store, projections }: RebuildOptions, until: Position, workers: number): Promise<Shard[]> {
  const entities = new Set(projections.map(({ entity }) => entity));
  const named: string[] = [];
  for (let i = 0; i < samples; i++) {
    const page = await store.readLog({ from: Math.floor((until * i) / samples), until, limit: sampleEvents });
    for (const { subjects } of page) named.push(...subjects.filter((subject) => entities.has(aggregateOf(subject))));
  }
  named.sort();
  const cuts = new Set<string>();
  for (let i = 1; i < workers; i++) {
    const cut = named[Math.floor((named.length * i) / workers)];
    if (cut !== undefined && cut !== named[0]) cuts.add(cut);
  }
  const edges = [undefined, ...cuts, undefined];
  return edges.slice(1).map((before, number) => ({ range: { from: edges[number], before, until }, number }));
}
