/** Many subscribers on one machine: `node --expose-gc dist/bench/crowd.js DATA_DIR [seconds] [subscribers]`. DATA_DIR holds a log (it is copied).
 *  Half of the subscribers come by WebSocket, half by Server-Sent Events, all of one operation; ten events a second are recorded
 *  by mutations; then fifty more ask for the whole log and read nothing. Server and readers are processes of their own. Prints one
 *  JSON line: gaps and doubles, milliseconds from record to receipt, bytes of the server's memory a subscriber, milliseconds of an
 *  ordinary query alone and beside the crowd, and what the stalled cost. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { issueToken } from '../src/access/own-issuer.ts';
import { readConfigWith } from '../src/config.ts';
import { startServer } from '../src/main.ts';
import { type Heard, openReaders } from './crowd-readers.ts';

const eventsPerSecond = 10;
const stalledReaders = 50;
const stalledSeconds = 40;
/** Bytes after a collection: of the process, and of what is in use. */
interface Memory {
  readonly rss: number;
  readonly used: number;
}

const [role = '', first = '', second = ''] = process.argv.slice(2);

if (role === 'server') await serve(first);
else if (role === 'readers') await openReaders(first, Number(second));
else await measure(role, Number(first || 60), Number(second || 5_000));

/** A server as operators run it, but for limits that let one address be a crowd. */
async function serve(dir: string): Promise<void> {
  const many = '1000000';
  const limits = { REQUESTS_PER_SECOND_MAX: '0', SOCKETS_MAX: many, SUBSCRIPTIONS_MAX: many };
  const server = await startServer(readConfigWith({ DATA_DIR: dir, PORT: '0', LOG_LEVEL: 'error', ...limits }));
  process.on('message', (asked) => {
    if (asked !== 'memory') return;
    (globalThis as { gc?: () => void }).gc?.();
    const { rss, heapUsed, external } = process.memoryUsage();
    process.send?.({ rss, used: heapUsed + external } satisfies Memory);
  });
  process.on('disconnect', () => process.exit());
  process.send?.(server.url);
}

async function measure(from: string, seconds: number, subscribers: number): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'crowd-'));
  cpSync(from, dir, { recursive: true });
  const grants = [{ role: 'clerk' as const, within: null }];
  const { token } = await issueToken({ dir, name: 'bench', grants, ttlMs: 3_600_000, now: Date.now() });
  const server = child(['server', dir]);
  const url = String(await told(server));
  try {
    const alone = await queriesFor(url, 5);
    const before = (await asked(server, 'memory')) as Memory;
    const readers = child(['readers', url, String(subscribers)]);
    await told(readers);
    const full = (await asked(server, 'memory')) as Memory;
    const [beside, written] = await Promise.all([queriesFor(url, seconds), write(url, token, seconds)]);
    await pause(2_000);
    const heard = (await asked(readers, 'report')) as Heard;
    const stalled = child(['readers', url, String(-stalledReaders)]);
    await told(stalled);
    const during = await Promise.all([highest(server, stalledSeconds), write(url, token, stalledSeconds)]).then(
      ([memory]) => memory,
    );
    const after = (await asked(server, 'memory')) as Memory;
    const others = (await asked(readers, 'report')) as Heard;
    const report = {
      subscribers,
      seconds,
      events: written,
      deliveries: heard.deliveries,
      short: heard.counts.filter((count) => count !== written).length,
      outOfOrder: heard.outOfOrder,
      deliveryMs: heard.delayMs,
      bytesPerSubscriber: {
        rss: Math.round((full.rss - before.rss) / subscribers),
        used: Math.round((full.used - before.used) / subscribers),
      },
      queryMs: { alone, beside },
      stalled: {
        readers: stalledReaders,
        mebibytes: { before: mebibytes(full), while: mebibytes(during), after: mebibytes(after) },
        othersOutOfOrder: others.outOfOrder,
        othersDeliveryMs: others.delayMs,
      },
    };
    process.stdout.write(`${JSON.stringify(report)}\n`);
    for (const each of [stalled, readers]) each.kill();
  } finally {
    server.kill();
    rmSync(dir, { recursive: true, force: true });
  }
}

function child(args: readonly string[]): ChildProcess {
  return fork(fileURLToPath(import.meta.url), args, { execArgv: [...process.execArgv, '--expose-gc'] });
}

async function told(process: ChildProcess): Promise<unknown> {
  const [answer] = (await once(process, 'message')) as [unknown];
  return answer;
}

function asked(process: ChildProcess, what: string): Promise<unknown> {
  const answer = told(process);
  process.send(what);
  return answer;
}

function mebibytes({ rss, used }: Memory): Memory {
  return { rss: Math.round(rss / 2 ** 20), used: Math.round(used / 2 ** 20) };
}

/** The most memory that the server has had, looked at every two seconds. */
async function highest(server: ChildProcess, seconds: number): Promise<Memory> {
  let most: Memory = { rss: 0, used: 0 };
  for (const end = performance.now() + seconds * 1_000; performance.now() < end; await pause(2_000)) {
    const { rss, used } = (await asked(server, 'memory')) as Memory;
    most = { rss: Math.max(most.rss, rss), used: Math.max(most.used, used) };
  }
  return most;
}

/** Renames villages, ten times a second; resolves with how often. */
async function write(url: string, token: string, seconds: number): Promise<number> {
  const { villages } = (await post(url, '{ villages(first: 100) { nodes { id } } }')) as {
    villages: { nodes: { id: string }[] };
  };
  const started = performance.now();
  const run = Math.random().toString(36).slice(2);
  let written = 0;
  for (; written < seconds * eventsPerSecond; written += 1) {
    await pause(Math.max(0, started + (written * 1_000) / eventsPerSecond - performance.now()));
    const input = {
      commandId: `crowd-${run}-${written}`,
      village: villages.nodes[written % villages.nodes.length]?.id,
      name: `第${run}之${written}村民委员会`,
      effectiveOn: '2024-01-01',
    };
    await post(url, 'mutation($i: RenameVillageInput!) { renameVillage(input: $i) { position } }', { i: input }, token);
  }
  return written;
}

/** Milliseconds of an ordinary query that no cache answers, asked ten times a second. */
async function queriesFor(url: string, seconds: number): Promise<{ readonly p50: number; readonly p99: number }> {
  const took: number[] = [];
  const end = performance.now() + seconds * 1_000;
  while (performance.now() < end) {
    const from = performance.now();
    const within = `44${String(1 + (took.length % 21)).padStart(2, '0')}`;
    await post(
      url,
      `{ villages(first: 20, within: "${within}") { nodes { id name } } log { position } n${took.length}: __typename }`,
    );
    took.push(performance.now() - from);
    await pause(100);
  }
  const sorted = took.sort((a, b) => a - b);
  const at = (share: number) => Number((sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1));
  return { p50: at(0.5), p99: at(0.99) };
}

async function post(url: string, query: string, variables: object = {}, token?: string): Promise<unknown> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token !== undefined && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data?: unknown; errors?: unknown };
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}
