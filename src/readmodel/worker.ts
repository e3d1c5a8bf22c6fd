/** The thread of a rebuild: folds its shard; the one with the first shard then finishes the file. Told `null`, it stops. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { CodedError, invariant } from '../es/errors.ts';
import { openDraft } from './database.ts';
import { finishDraft } from './finish.ts';
import { foldShard } from './shard.ts';
import type { FinishTask, OpenSource, ShardTask, WorkerReport } from './source.ts';

async function work(port: MessagePort, { source, shard, path }: ShardTask): Promise<void> {
  const report = (said: WorkerReport) => port.postMessage(said);
  let stopped = false;
  const told = new Promise<FinishTask | null>((resolve) =>
    port.once('message', (task: FinishTask | null) => {
      stopped = task === null;
      resolve(task);
    }),
  );
  const { openSource } = (await import(source.module)) as { openSource(options: unknown): Promise<OpenSource> };
  const { store, projections } = await openSource(source.options);
  const db = openDraft(path);
  try {
    await foldShard(db, projections, store, shard, (folded) => {
      if (stopped) throw new Error('Another part of the rebuild failed');
      report({ folded });
    });
    report({ done: true });
    const task = await told;
    if (task) finishDraft(db, projections, task.shards, { position: shard.range.until, logId: task.logId });
  } finally {
    db.close();
    await store.close();
  }
  report({ done: true });
}

const port = parentPort;
invariant(port, 'a worker has a parent');
try {
  await work(port, workerData as ShardTask);
} catch (error) {
  // Said and not thrown: a thread that dies of an error may take the process with it while the driver is in use.
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof CodedError ? error.code : undefined;
  port.postMessage({ failed: { message, code } } satisfies WorkerReport);
}
port.close();
