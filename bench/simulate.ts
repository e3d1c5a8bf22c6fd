/** Events a second at which a simulated province is decided and written, each group synced: `tsx bench/simulate.ts [villages] [rounds]`.
 *  Prints one JSON line, with the processor's time an event beside the clock's. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { yearsMax } from '../src/simulation/calendar.ts';
import { simulate } from '../src/simulation/simulate.ts';
import { openSqliteStore } from '../src/store/sqlite/store.ts';

const villages = Number(process.argv[2] ?? 1_000);
const rounds = Number(process.argv[3] ?? 3);

async function round() {
  const dir = mkdtempSync(join(tmpdir(), 'xiangyue-bench-'));
  const options = { kind: 'simulated', now: Date.now, newId: () => 'bench', groupEventsMax: 5_000 } as const;
  const store = openSqliteStore({ dir, mode: 'write', ...options });
  const [start, cpuStart] = [performance.now(), process.cpuUsage()];
  const { events } = await simulate({ store, villages, years: yearsMax, seed: 1, today: () => '2026-11-24' });
  const [spentMs, cpu] = [performance.now() - start, process.cpuUsage(cpuStart)];
  await store.close();
  const megabytes = Math.round(statSync(join(dir, 'log.sqlite')).size / 1e6);
  rmSync(dir, { recursive: true });
  return {
    events,
    eventsPerSecond: Math.round((events / spentMs) * 1_000),
    cpuMicroseconds: Math.round((cpu.user + cpu.system) / events),
    megabytes,
  };
}

const laps = [];
for (let at = 0; at < rounds; at += 1) laps.push(await round());
const best = laps.reduce((a, b) => (a.eventsPerSecond >= b.eventsPerSecond ? a : b));
process.stdout.write(`${JSON.stringify({ bench: 'simulate', villages, rounds, best, laps })}\n`);
