/** Durable appends a second, 64 in flight and one alone, beside raw SQLite inserts of the same bytes in groups of the same
 *  size with the same syncs: `tsx bench/append.ts [rounds]`. Prints one JSON line. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NewEvent } from '../src/es/event.ts';
import { encodeAppend } from '../src/store/envelope.ts';
import { openForWriting } from '../src/store/sqlite/database.ts';
import { migrate } from '../src/store/sqlite/schema.ts';
import { insertEvent } from '../src/store/sqlite/sql.ts';
import { openSqliteStore } from '../src/store/sqlite/store.ts';
import { inTurns } from './turns.ts';

const rounds = Number(process.argv[2] ?? 15);
const turnMs = 200;

/** As the import of an edition writes them; each to a stream of its own, in no order. */
function villageListed(n: number): NewEvent {
  const stream = `village-v_${((n * 2_654_435_761) >>> 0).toString(36).padStart(8, '0')}${'0'.repeat(16)}`;
  const code = String(440_118_102_243 + n);
  const data = {
    code,
    name: '下围村民委员会',
    baseName: '下围',
    kind: 'VILLAGERS_COMMITTEE',
    township: 'division-d_9f8e7d6c5b4a39281706',
    urbanRural: '220',
    rule: 'SAME_CODE_SAME_NAME',
    isVirtual: false,
  };
  return {
    type: 'VillageListed',
    schemaVersion: 1,
    effectiveOn: '2023-06-30',
    subjects: [stream],
    data,
    recordedBy: 'import',
    basis: [{ title: '统计用区划代码和城乡划分代码（2023年）', issuer: '国家统计局' }],
    commandId: `edition-2023-${code}`,
    commandHash: n.toString(16).padStart(64, '0'),
    correlationId: `edition-2023`,
  };
}

const dir = mkdtempSync(join(tmpdir(), 'xiangyue-bench-'));
const store = openSqliteStore({ dir: join(dir, 'ours'), mode: 'write', now: Date.now, newId: () => 'bench' });
/** Groups that are made at a time, while the clock stands. */
const groupsPerLap = 32;
let asked = 0;

/** Each writer appends again when it is answered. */
async function ours(inFlight: number): Promise<number> {
  let [spentMs, events] = [0, 0];
  while (spentMs < turnMs) {
    const lap = Array.from({ length: groupsPerLap * inFlight }, () => villageListed(++asked));
    const writer = async () => {
      for (let event = lap.pop(); event; event = lap.pop()) {
        await store.append(event.subjects[0] as string, [event], 'none');
      }
    };
    const start = performance.now();
    await Promise.all(Array.from({ length: inFlight }, writer));
    spentMs += performance.now() - start;
    events += groupsPerLap * inFlight;
  }
  return (events / spentMs) * 1_000;
}

const raw = openForWriting(join(dir, 'raw.sqlite'));
migrate(raw, () => {});
for (const trigger of raw.prepare("select name from sqlite_schema where type = 'trigger'").all() as {
  name: string;
}[]) {
  raw.exec(`drop trigger ${trigger.name}`);
}
const insert = raw.prepare(insertEvent);
let inserted = 0;

/** The same rows without anything of ours: no check, no promise, no encoding. */
function rawInserts(inFlight: number): number {
  let [spentMs, rows] = [0, 0];
  while (spentMs < turnMs) {
    const groups = Array.from({ length: groupsPerLap }, () => Array.from({ length: inFlight }, nextRow));
    const start = performance.now();
    for (const group of groups) {
      raw.exec('begin immediate');
      for (const row of group) insert.run(...row);
      raw.exec('commit');
    }
    spentMs += performance.now() - start;
    rows += groupsPerLap * inFlight;
  }
  return (rows / spentMs) * 1_000;
}

function nextRow(): (string | number)[] {
  inserted += 1;
  const event = villageListed(inserted);
  const stream = event.subjects[0] as string;
  const [encoded] = encodeAppend(stream, [event]);
  const { type, schemaVersion, effectiveOn } = event;
  const [payload, meta] = [encoded?.payload as string, encoded?.meta as string];
  return [inserted, stream, 0, type, schemaVersion, effectiveOn, Date.now(), 0, payload, meta];
}

const perSecond = await inTurns(
  {
    ours64: () => ours(64),
    raw64: () => rawInserts(64),
    ours1: () => ours(1),
    raw1: () => rawInserts(1),
  },
  rounds,
);
const ratio = (of: number, to: number) => Number((of / to).toFixed(3));
console.log(
  JSON.stringify({
    bench: 'append',
    unit: 'durable events a second',
    rounds,
    inFlight64: {
      ours: perSecond.ours64,
      raw: perSecond.raw64,
      ratio: ratio(perSecond.ours64.median, perSecond.raw64.median),
    },
    inFlight1: {
      ours: perSecond.ours1,
      raw: perSecond.raw1,
      ratio: ratio(perSecond.ours1.median, perSecond.raw1.median),
    },
  }),
);
await store.close();
raw.close();
rmSync(dir, { recursive: true });
