/** How much memory the export of the whole log takes: the server's resident bytes while one reader takes all of it at full speed and another
 *  takes 50 kB a second beside. `npx tsx bench/exports.ts DATA_DIR`, DATA_DIR one that `xiangyue start` has filled and no server holds.
 *  One line of JSON on standard output. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { packageRoot } from '../src/package-root.ts';

const sampleMs = 50;
const slowBytesPerSecond = 50_000;
const paths = ['events.ndjson', 'events.csv', 'villages.ndjson', 'villages.csv', 'divisions.csv'];
const mebibyte = 1_048_576;

/** Resident bytes of a process, by Linux. */
const rssOf = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1_024;

async function readAll(url: string, signal?: AbortSignal): Promise<number> {
  let bytes = 0;
  const { body } = await fetch(url, { signal });
  for await (const piece of body as unknown as AsyncIterable<Uint8Array>) bytes += piece.length;
  return bytes;
}

/** Takes so many bytes a second until it is told to leave. */
async function readSlowly(url: string, signal: AbortSignal): Promise<number> {
  let bytes = 0;
  try {
    const { body } = await fetch(url, { signal });
    for await (const piece of body as unknown as AsyncIterable<Uint8Array>) {
      bytes += piece.length;
      await pause((piece.length / slowBytesPerSecond) * 1_000, undefined, { signal });
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  return bytes;
}

async function measure(url: string, pid: number) {
  // Once before: what is compiled and cached by the first export is no growth.
  for (const path of paths) await readAll(`${url}/export/${path}?position=1`);
  const before = rssOf(pid);
  let most = before;
  const sampling = setInterval(() => {
    most = Math.max(most, rssOf(pid));
  }, sampleMs);
  const leaving = new AbortController();
  const slow = readSlowly(`${url}/export/events.ndjson`, leaving.signal);
  const exports: Record<string, { readonly bytes: number; readonly seconds: number; readonly rssMiB: number }> = {};
  for (const path of paths) {
    const started = performance.now();
    const bytes = await readAll(`${url}/export/${path}`);
    exports[path] = {
      bytes,
      seconds: rounded((performance.now() - started) / 1_000),
      rssMiB: rounded(rssOf(pid) / mebibyte),
    };
  }
  leaving.abort();
  const slowBytes = await slow;
  clearInterval(sampling);
  return { beforeMiB: rounded(before / mebibyte), growthMiB: rounded((most - before) / mebibyte), slowBytes, exports };
}

const rounded = (value: number): number => Number(value.toPrecision(4));

const [dataDir] = process.argv.slice(2);
if (!dataDir) throw new Error('Give a data folder that `xiangyue start` has filled.');
const command = ['--import', 'tsx', join(packageRoot, 'src', 'cli.ts'), '--data-dir', dataDir, '--json', 'start'];
const server = spawn(process.execPath, command, {
  env: { ...process.env, PORT: '0', LOG_LEVEL: 'fatal', REQUESTS_PER_SECOND_MAX: '0' },
  stdio: ['ignore', 'pipe', 'inherit'],
});
try {
  const [line] = (await once(createInterface(server.stdout), 'line')) as [string];
  const { url } = JSON.parse(line) as { url: string };
  process.stdout.write(`${JSON.stringify(await measure(url, server.pid as number))}\n`);
} finally {
  server.kill('SIGTERM');
}
