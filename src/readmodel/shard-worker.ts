/** A rebuild's worker thread, seen from the thread that started it. */
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { CodedError } from '../es/errors.ts';
import type { FinishTask, ShardTask, WorkerFailure, WorkerReport } from './source.ts';

export class ShardWorker {
  private readonly worker: Worker;
  private readonly ended: Promise<unknown>;

  constructor(
    task: ShardTask,
    private readonly onFolded: (events: number) => void,
  ) {
    this.worker = startWorker(task);
    this.ended = new Promise((resolve) => this.worker.once('exit', resolve));
  }

  /** Resolves when the shard is folded. Throws what failed in the worker. */
  folded(): Promise<void> {
    return this.done();
  }

  /** Lets the worker finish the file, or only close its own where there is no task. Throws what failed in the worker. */
  async finish(task: FinishTask | null): Promise<void> {
    const done = this.done();
    this.worker.postMessage(task);
    await done;
  }

  /** Resolves when the thread has ended. It is told to, never ended by force: that would end the process with it while the
   *  driver is in use. */
  async stop(): Promise<void> {
    this.worker.postMessage(null);
    await this.ended;
  }

  private done(): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (end: () => void) => {
        this.worker.off('message', hear).off('error', fail).off('exit', exit);
        end();
      };
      const fail = (error: unknown) => settle(() => reject(error));
      const exit = (code: number) => fail(new Error(`A rebuild's worker ended with ${code}`));
      const hear = (report: WorkerReport) => {
        if ('folded' in report) {
          try {
            this.onFolded(report.folded);
          } catch (error) {
            fail(error);
          }
        } else if ('failed' in report) fail(errorOf(report.failed));
        else settle(resolve);
      };
      this.worker.on('message', hear).on('error', fail).on('exit', exit);
    });
  }
}

const errorOf = ({ code, message }: WorkerFailure): Error =>
  code ? new CodedError(code, message) : new Error(message);

/** Runs the worker's file as it stands beside this one: compiled, or as source in development and tests. */
function startWorker(workerData: ShardTask): Worker {
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL('./worker.js', import.meta.url), { workerData });
  // A worker of Node 20 takes no loader from its arguments: it registers one before it imports the source.
  const packed = pathToFileURL(createRequire(import.meta.url).resolve('tsx/package.json'));
  const loader = JSON.stringify(new URL('dist/esm/api/index.mjs', packed).href);
  const file = JSON.stringify(new URL('./worker.ts', import.meta.url).href);
  const code = `import(${loader}).then(({ register }) => { register(); return import(${file}); })`;
  return new Worker(code, { eval: true, workerData, execArgv: [] });
}
