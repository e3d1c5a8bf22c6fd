/** `villages(first: 100)` over HTTP at 32 connections: ours with and without the exact cache, beside Apollo Server with default
 *  settings and Mercurius with its compiler, over the same read model. To be run as compiled: what tsx makes of private fields is
 *  several times slower than what is installed.
 *  `npx tsc -p bench/tsconfig.json && node dist/bench/villages.js DATA_DIR [rounds] [seconds]`, DATA_DIR one that `xiangyue start`
 *  has filled. A line of JSON for each query on standard output. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import { inTurns } from './turns.ts';

const queries = {
  flat: '{ villages(first: 100) { nodes { id code name shortName kind status } } }',
  places:
    '{ villages(first: 100) { nodes { id code name shortName kind status township { code name } county { code name } prefecture { code name } } } }',
};
const kinds = ['ours', 'ours, exact cache', 'Apollo, default settings', 'Mercurius, jit'] as const;
const baseline = 'Apollo, default settings';
const connections = 32;

class Server {
  private constructor(
    private readonly child: ChildProcess,
    private readonly lines: AsyncIterator<string>,
    private readonly url: string,
  ) {}

  static async start(kind: string, dir: string): Promise<Server> {
    const script = fileURLToPath(import.meta.url).replace(/(\.[jt]s)$/, '-server$1');
    const child = spawn(process.execPath, [...process.execArgv, script, kind, dir], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, NODE_ENV: 'production' },
    });
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
    return new Server(child, lines, String((await lines.next()).value));
  }

  /** Requests answered in a second, and microseconds of the server's CPU for each: the second holds on a busy machine too. */
  async load(query: string, seconds: number): Promise<{ readonly rate: number; readonly cpuUs: number }> {
    const before = await this.cpuUs();
    const { requests, duration, errors, non2xx } = await autocannon({
      url: this.url,
      connections,
      duration: seconds,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    if (errors > 0 || non2xx > 0) throw new Error(`${this.url}: ${errors} errors, ${non2xx} refusals`);
    return { rate: requests.total / duration, cpuUs: ((await this.cpuUs()) - before) / requests.total };
  }

  stop(): void {
    this.child.kill();
  }

  private async cpuUs(): Promise<number> {
    this.child.stdin?.write('\n');
    return Number((await this.lines.next()).value);
  }
}

async function compare(servers: ReadonlyMap<string, Server>, query: string, rounds: number, seconds: number) {
  const cpu = new Map<string, number[]>();
  const candidate = (kind: string) => async () => {
    const { rate, cpuUs } = await (servers.get(kind) as Server).load(query, seconds);
    cpu.set(kind, [...(cpu.get(kind) ?? []), cpuUs]);
    return rate;
  };
  const rates = await inTurns(Object.fromEntries(kinds.map((kind) => [kind, candidate(kind)])), rounds);
  const base = rates[baseline]?.median ?? Number.NaN;
  // The first round of all warms up.
  const cpuUs = Object.fromEntries(kinds.map((kind) => [kind, Math.round(median(cpu.get(kind)?.slice(1) ?? []))]));
  return kinds.map((kind) => ({
    server: kind,
    requestsPerSecond: rates[kind],
    ratio: Number(((rates[kind]?.median ?? 0) / base).toFixed(2)),
    cpuUsPerRequest: cpuUs[kind],
    cpuRatio: Number(((cpuUs[baseline] ?? 0) / (cpuUs[kind] ?? 0)).toFixed(2)),
  }));
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

async function main(): Promise<void> {
  const [dir, rounds = '3', seconds = '3'] = process.argv.slice(2);
  if (!dir) throw new Error('DATA_DIR is missing');
  const servers = new Map<string, Server>();
  try {
    for (const kind of kinds) servers.set(kind, await Server.start(kind, dir));
    for (const [name, query] of Object.entries(queries)) {
      const results = await compare(servers, query, Number(rounds), Number(seconds));
      process.stdout.write(`${JSON.stringify({ bench: 'villages', query: name, connections, results })}\n`);
    }
  } finally {
    for (const server of servers.values()) server.stop();
  }
}

await main();
