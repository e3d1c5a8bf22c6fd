/** Tallies of 21 groups and one entity by code, now and as of the past, below GraphQL: `tsx bench/tally.ts [events] [folder]`.
 *  A folder that holds a log is used as it is; else one is simulated. Times in µs; prints one JSON line. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { divisions } from '../projections/divisions.ts';
import { projections } from '../projections/index.ts';
import { villages } from '../projections/villages.ts';
import type { Moment } from '../src/es/projection.ts';
import { openDatabase } from '../src/readmodel/database.ts';
import { rebuild } from '../src/readmodel/rebuild.ts';
import { SqliteReadModel } from '../src/readmodel/sqlite-read-model.ts';
import { provinceOf, simulate } from '../src/simulation/simulate.ts';
import { openSqliteStore } from '../src/store/sqlite/store.ts';
import { inTurns } from './turns.ts';

const events = Number(process.argv[2] ?? 50_000);
const given = process.argv[3];
const dir = mkdtempSync(join(tmpdir(), 'xiangyue-bench-'));
const logDir = given ?? dir;
const mode = existsSync(join(logDir, 'log.sqlite')) ? 'read' : 'write';
const store = openSqliteStore({
  dir: logDir,
  mode,
  kind: mode === 'write' ? 'simulated' : undefined,
  now: Date.now,
  newId: () => 'bench',
});
if (mode === 'write') await simulate({ store, ...provinceOf(events), seed: 7, today: () => '2026-11-24' });
const path = join(dir, 'bench.sqlite');
const position = await rebuild({ path, projections, store });
const model = SqliteReadModel.over(openDatabase(path), projections);

const now: Moment = { effectiveOn: '2026-01-01', position };
/** Half of the log known, and some years back. */
const past: Moment = { effectiveOn: '2020-06-30', position: Math.floor(position * 0.75) };
const groups = model.select(divisions, { where: "v.level = 'PREFECTURE'", limit: 21 }, now).map(({ id }) => id);
const listed = model.select(villages, { where: 'v.code is not null', limit: 2_000 }, now);
const codes = listed.map(({ row }) => row.code);
const ids = listed.map(({ id }) => id);

function perCall(times: number, call: (i: number) => unknown): number {
  const start = performance.now();
  for (let i = 0; i < times; i++) call(i);
  return ((performance.now() - start) / times) * 1_000;
}

const byCode = (at: Moment) =>
  perCall(4_000, (i) =>
    model.select(villages, { where: 'v.code = ?', params: [codes[i % codes.length] ?? null], limit: 2 }, at),
  );
const tally = (at: Moment) => perCall(200, () => model.tally(villages, groups, at));
const one = (at: Moment) => perCall(4_000, (i) => model.one(villages, ids[i % ids.length] as string, at));
const many = (at: Moment) =>
  perCall(100, (i) => model.many(villages, ids.slice((i * 100) % 1_900, ((i * 100) % 1_900) + 100), at));
const county = listed[0]?.row.county ?? null;
const list = (at: Moment) =>
  perCall(100, () =>
    model.select(villages, { where: 'v.county = ?', params: [county], orderBy: [{ column: 'code' }], limit: 100 }, at),
  );

const measured = await inTurns(
  {
    tallyNow: () => tally(now),
    tallyPast: () => tally(past),
    byCodeNow: () => byCode(now),
    byCodePast: () => byCode(past),
    oneNow: () => one(now),
    onePast: () => one(past),
    many100Now: () => many(now),
    first100Now: () => list(now),
    first100Past: () => list(past),
    search: () => perCall(50, () => model.select(villages, { search: '下围', limit: 100 }, now)),
  },
  7,
);
const ratio = Number((measured.tallyPast.median / measured.tallyNow.median).toPrecision(3));
process.stdout.write(
  `${JSON.stringify({ bench: 'tally', events: position, groups: groups.length, unit: 'µs', ...measured, tallyRatio: ratio })}\n`,
);
model.close();
await store.close();
rmSync(dir, { recursive: true });
