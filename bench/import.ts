/** The eight editions into an empty folder, the first start after it, a later one, and the server's memory; beside it the same
 *  files parsed and inserted raw, row by row, an edition a transaction. To be run as compiled:
 *  `npx tsc -p bench/tsconfig.json && node dist/bench/import.js [rounds]`. One line of JSON on standard output. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { gunzipSync } from 'node:zlib';
import { DatabaseSync } from '@photostructure/sqlite';
import { packageRoot } from '../src/package-root.ts';
import { inTurns } from './turns.ts';

const cli = join(packageRoot, 'dist', 'src', 'cli.js');
const rounds = Number(process.argv[2] ?? 3);
const data = join(packageRoot, 'data');
const files = (await readdir(data)).filter((name) => name.endsWith('.csv.gz')).map((name) => join(data, name));
const folders: string[] = [];
const startsMs: number[] = [];
const laterStartsMs: number[] = [];
const memoryMb: number[] = [];

const folder = async () => {
  const path = await mkdtemp(join(tmpdir(), 'xiangyue-bench-'));
  folders.push(path);
  return path;
};

const run = (dir: string, ...args: string[]): ChildProcess =>
  spawn(process.execPath, [cli, '--json', '--data-dir', dir, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, PORT: '0', LOG_LEVEL: 'silent' },
  });

/** Milliseconds from the command to the served URL; memory is read once it has answered a query. */
async function startMs(dir: string): Promise<number> {
  const began = performance.now();
  const child = run(dir, 'start');
  const lines = createInterface(child.stdout as NodeJS.ReadableStream)[Symbol.asyncIterator]();
  const { url } = JSON.parse(String((await lines.next()).value)) as { url: string };
  const took = performance.now() - began;
  const body = JSON.stringify({ query: '{ divisions(level: PREFECTURE) { code tally { villages { total } } } }' });
  const headers = { 'content-type': 'application/json' };
  await (await fetch(`${url}/graphql`, { method: 'POST', headers, body })).text();
  const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
  memoryMb.push(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024);
  child.kill('SIGTERM');
  await once(child, 'exit');
  return took;
}

async function importMs(): Promise<number> {
  const dir = await folder();
  const began = performance.now();
  const child = run(dir, 'import', 'roster', ...files);
  child.stdout?.resume();
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`the import ended with ${code}`);
  const took = performance.now() - began;
  startsMs.push(await startMs(dir));
  laterStartsMs.push(await startMs(dir));
  return took;
}

async function rawMs(): Promise<number> {
  const dir = await folder();
  const began = performance.now();
  const db = new DatabaseSync(join(dir, 'raw.sqlite'));
  db.exec('pragma journal_mode = wal; pragma synchronous = full; create table row (edition, code, name)');
  const insert = db.prepare('insert into row values (?, ?, ?)');
  for (const file of files) {
    db.exec('begin');
    for (const line of gunzipSync(await readFile(file))
      .toString('utf8')
      .trimEnd()
      .split('\n')) {
      const comma = line.indexOf(',');
      insert.run(file, line.slice(0, comma), line.slice(comma + 1));
    }
    db.exec('commit');
  }
  db.close();
  return performance.now() - began;
}

const median = (values: readonly number[]) =>
  Math.round([...values].sort((a, b) => a - b)[values.length >> 1] as number);
const ms = await inTurns({ ours: importMs, 'raw rows': rawMs }, rounds);
const line = {
  bench: 'import',
  unit: 'ms',
  editions: files.length,
  ms,
  firstStartMs: median(startsMs),
  laterStartMs: median(laterStartsMs),
  serverMemoryMb: median(memoryMb),
};
process.stdout.write(`${JSON.stringify(line)}\n`);
await Promise.all(folders.map((path) => rm(path, { recursive: true, force: true })));
