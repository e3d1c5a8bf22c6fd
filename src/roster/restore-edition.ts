/** An edition's rows from the log itself: what held on its day when its import was complete. No file is needed again. */
import { division } from '../domain/division.ts';
import { village } from '../domain/village.ts';
import type { AnyAggregate } from '../es/aggregate.ts';
import { CodedError } from '../es/errors.ts';
import type { Position, RecordedEvent } from '../es/event.ts';
import { DatedStates } from './dated-states.ts';
import { sha256Of } from './digest.ts';
import { editionText, type RosterRow } from './edition.ts';
import { isImported, type KnownImport, type RosterLog } from './roster-log.ts';

interface NamedRecord {
  readonly code: string;
  readonly name: string;
}

/** The rows that a complete import brought, checked against its file's hash. Errors: `E_LOG_DAMAGED`. */
export function restoreEdition(log: RosterLog, { editionOn, fileSha256, completed, stream }: KnownImport): RosterRow[] {
  const until = completed?.position ?? 0;
  const rows = [
    ...rowsOf(log.divisions, division, editionOn, until),
    ...rowsOf(log.villages, village, editionOn, until),
  ];
  const all = [...rows, ...repeatedPrefectures(rows)].sort((a, b) => (a.code < b.code ? -1 : 1));
  if (sha256Of(editionText(all)) !== fileSha256) {
    throw new CodedError('E_LOG_DAMAGED', `The log no longer gives the rows of the edition of ${editionOn}.`, {
      stream,
    });
  }
  return all;
}

function rowsOf(
  known: ReadonlyMap<string, readonly RecordedEvent[]>,
  aggregate: AnyAggregate,
  on: string,
  until: Position,
): RosterRow[] {
  const rows: RosterRow[] = [];
  for (const [id, events] of known) {
    const then = events.filter(({ position }) => position <= until);
    // What no edition has listed stands in no edition's rows.
    if (!then.some((event) => isImported(event) && event.effectiveOn <= on)) continue;
    const record = new DatedStates<NamedRecord>(aggregate, id, then).on(on);
    if (record) rows.push({ code: record.code, name: record.name });
  }
  return rows;
}

/** Prefectures without counties stand once more at county level (441900 东莞市), which is no division of its own. */
function repeatedPrefectures(rows: readonly RosterRow[]): RosterRow[] {
  const names = new Map(rows.map(({ code, name }) => [code, name]));
  const repeated = new Map<string, RosterRow>();
  for (const { code } of rows) {
    const county = code.slice(0, 6);
    if (code.length !== 9 || names.has(county) || repeated.has(county)) continue;
    repeated.set(county, { code: county, name: names.get(code.slice(0, 4)) as string });
  }
  return [...repeated.values()];
}
