/** Imports into a log, and what the log then says of a day: by folding, without a read model. */
import { village } from '../../src/domain/village.ts';
import type { VillageRecord } from '../../src/domain/village-catalogue.ts';
import type { EventStore } from '../../src/es/store.ts';
import { recordsOn } from '../../src/roster/dated-states.ts';
import type { EditionMeta, RosterRow } from '../../src/roster/edition.ts';
import { editionText } from '../../src/roster/edition.ts';
import { type ImportReport, type ImportSession, importEdition } from '../../src/roster/import-edition.ts';
import { RosterLog } from '../../src/roster/roster-log.ts';
import { MemoryStore } from '../../src/store/memory.ts';

export interface EditionFile {
  readonly meta: EditionMeta;
  readonly rows: readonly RosterRow[];
}

export const today = () => '2026-01-01';

/** A store whose clock ticks a millisecond an append. */
export function memoryLog(): EventStore {
  let now = Date.UTC(2026, 0, 1);
  return new MemoryStore({ now: () => ++now, identity: { id: 'test', kind: 'real' } });
}

/** Rows as the edition of a day. */
export const fileOf = (editionOn: string, rows: readonly RosterRow[]): EditionFile => ({
  meta: { editionOn, publishedOn: editionOn, source: 'made for a test' },
  rows,
});

export const importFile = (
  store: EventStore,
  { meta, rows }: EditionFile,
  session?: ImportSession,
): Promise<ImportReport> =>
  importEdition({
    ledger: { store, today },
    bytes: Buffer.from(editionText(rows)),
    meta,
    recordedBy: 'test',
    ...(session && { session }),
  });

export async function readRoster(store: EventStore): Promise<RosterLog> {
  const log = new RosterLog();
  await log.readUpTo(store, (await store.head()).position);
  return log;
}

/** The villages that are listed on each of the days, by id. */
export function villagesOn(log: RosterLog, days: readonly string[]): Map<string, VillageRecord>[] {
  const listed = days.map(() => new Map<string, VillageRecord>());
  for (const [id, events] of log.villages) {
    recordsOn<VillageRecord>(village, id, events, days).forEach((record, at) => {
      if (record) listed[at]?.set(id, record);
    });
  }
  return listed;
}

/** Which records are one village: for each of them the code on each of the days, `-` where there is none; sorted. */
export function identities(log: RosterLog, days: readonly string[]): string[] {
  const listed = villagesOn(log, days);
  const ids = new Set(listed.flatMap((each) => [...each.keys()]));
  return [...ids].map((id) => listed.map((each) => each.get(id)?.code ?? '-').join(' ')).sort();
}
