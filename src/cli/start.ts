/** `xiangyue start`: serve a data folder; an empty one gets the roster and the facts first. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { CodedError } from '../es/errors.ts';
import { startServer } from '../main.ts';
import { packageRoot } from '../package-root.ts';
import { openForReading } from './data-folder.ts';
import { type Console, print, progressOn } from './output.ts';

export interface StartOptions {
  /** Serve an empty folder as it is. */
  readonly isEmptyAllowed: boolean;
  /** Aborted when the process is asked to stop. */
  readonly stop: AbortSignal;
}

/** Stands in a data folder from before its first import until the last one is complete. */
const pendingName = 'first-import.pending';
const closeMsMax = 10_000;

/** Serves until it is asked to stop, then finishes what runs within 10 s. Errors: those of the imports and the server. */
export async function runStart(
  console: Console,
  config: Config,
  { isEmptyAllowed, stop }: StartOptions,
): Promise<void> {
  if (!isEmptyAllowed && (await needsFirstImport(config.dataDir))) await firstImport(console, config.dataDir, stop);
  if (stop.aborted) return;
  const progress = progressOn(console);
  const server = await startServer(config, {
    onBuild: (events, total) => progress.update('building the read model', events, total),
  }).finally(progress.stop);
  print(console, { url: server.url, readOnlyBecause: server.readOnlyBecause, dataDir: config.dataDir }, [
    `Xiangyue serves ${server.url}/graphql`,
    ...(server.readOnlyBecause ? [`Read-only: ${server.readOnlyBecause}`] : []),
  ]);
  if (!stop.aborted) await once(stop, 'abort');
  const overdue = setTimeout(() => process.exit(1), closeMsMax);
  await server.close();
  clearTimeout(overdue);
}

async function needsFirstImport(dataDir: string): Promise<boolean> {
  if (existsSync(join(dataDir, pendingName))) return true;
  try {
    const store = openForReading(dataDir);
    try {
      return (await store.head()).position === 0 && (await store.identity()).kind === 'real';
    } finally {
      await store.close();
    }
  } catch (error) {
    if (error instanceof CodedError && error.code === 'E_NOT_FOUND') return true;
    throw error;
  }
}

/** Imports the editions and facts that come with the project, in processes of their own: what an import needs of memory is
 *  given back before the server begins. Cut short, it goes on at the next start. */
async function firstImport(console: Console, dataDir: string, stop: AbortSignal): Promise<void> {
  await mkdir(dataDir, { recursive: true });
  await writeFile(
    join(dataDir, pendingName),
    'The first import of this folder is not complete; start goes on with it.\n',
  );
  await importing(console, dataDir, 'roster', await filesIn('data', /^nbs-guangdong-\d{4}\.csv\.gz$/), stop);
  await importing(console, dataDir, 'facts', await filesIn(join('data', 'facts'), /\.yaml$/), stop);
  if (!stop.aborted) await rm(join(dataDir, pendingName));
}

async function filesIn(folder: string, pattern: RegExp): Promise<string[]> {
  const path = join(packageRoot, folder);
  const names = (await readdir(path)).filter((name) => pattern.test(name)).sort();
  return names.map((name) => join(path, name));
}

async function importing(
  console: Console,
  dataDir: string,
  what: 'roster' | 'facts',
  files: string[],
  stop: AbortSignal,
): Promise<void> {
  if (stop.aborted) return;
  const command = [process.argv[1] as string, '--data-dir', dataDir, 'import', what, ...files];
  // Results of the import are notes of the start: they go where progress goes.
  // Over the channel the import hears of this process's end: see endWithParent().
  const child = spawn(process.execPath, [...process.execArgv, ...command], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const end = () => child.kill('SIGTERM');
  stop.addEventListener('abort', end, { once: true });
  child.stdout?.pipe(console.err, { end: false });
  const [code] = (await once(child, 'exit')) as [number | null];
  stop.removeEventListener('abort', end);
  if (code !== 0 && !stop.aborted)
    throw new CodedError('E_IMPORT_FAILED', `The first import (${what}) did not complete.`);
}
