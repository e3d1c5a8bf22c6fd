/** Events a second at which all read models are built from a simulated log, beside the reading and parsing of the same log alone:
 *  `tsx bench/rebuild.ts [events] [folder]`. A folder that holds a log is used as it is. Prints one JSON line. */
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projections } from '../projections/index.ts';
import { rebuildSource } from '../src/cli/log-source.ts';
import { rebuild } from '../src/readmodel/rebuild.ts';
import { provinceOf, simulate } from '../src/simulation/simulate.ts';
import { openSqliteStore } from '../src/store/sqlite/store.ts';
import { inTurns } from './turns.ts';

const events = Number(process.argv[2] ?? 100_000);
const own = process.argv[3] === undefined;
const dir = process.argv[3] ?? mkdtempSync(join(tmpdir(), 'xiangyue-bench-'));
const rounds = 3;

const fresh = !existsSync(join(dir, 'log.sqlite'));
const store = openSqliteStore({
  dir,
  mode: fresh ? 'write' : 'read',
  kind: 'simulated',
  now: Date.now,
  newId: () => 'bench',
});
if (fresh) await simulate({ store, ...provinceOf(events), seed: 7, today: () => '2026-11-24' });
const { position: until } = await store.head();
const path = join(dir, 'bench.sqlite');

const rate = (start: number): number => (until / (performance.now() - start)) * 1_000;

async function read(): Promise<number> {
  const start = performance.now();
  let seen = 0;
  for await (const batch of store.readStreams({ until })) seen += batch.length;
  if (seen !== until) throw new Error(`Read ${seen} of ${until} events`);
  return rate(start);
}

async function build(workers: number | undefined): Promise<number> {
  const start = performance.now();
  await rebuild({ path, projections, store, source: rebuildSource(dir), workers });
  const reached = rate(start);
  rmSync(path);
  return reached;
}

const { readOnly, oneThread, workers } = await inTurns(
  { readOnly: read, oneThread: () => build(0), workers: () => build(undefined) },
  rounds,
);
await rebuild({ path, projections, store });
const fileMegabytes = Math.round(statSync(path).size / 1e6);
const unit = 'events/s';
process.stdout.write(
  `${JSON.stringify({ bench: 'rebuild', events: until, unit, readOnly, oneThread, workers, fileMegabytes })}\n`,
);
rmSync(path);
await store.close();
if (own) rmSync(dir, { recursive: true });
