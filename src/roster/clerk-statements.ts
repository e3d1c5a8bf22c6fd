/** What clerks have said on identity, in terms of records: a link ties two records, an unlink keeps two apart. */
import { village } from '../domain/village.ts';
import type { VillageRecord } from '../domain/village-catalogue.ts';
import type { RecordedEvent } from '../es/event.ts';
import { voidedIds } from '../es/fold.ts';
import { recordsOn } from './dated-states.ts';
import type { RecordSet } from './edition-set.ts';
import type { Edge } from './partition.ts';
import { isImported, type RosterLog } from './roster-log.ts';

export interface ClerkStatements {
  readonly together: readonly Edge[];
  readonly apart: readonly (readonly [number, number])[];
}

/** Later statements of the same two records beat earlier ones. `anchors`: by village id, the record it is known by. */
export function clerkStatements(
  log: RosterLog,
  anchors: ReadonlyMap<string, number>,
  records: RecordSet,
  days: readonly string[],
): ClerkStatements {
  const said = new Map<string, { readonly pair: readonly [number, number]; readonly together: boolean }>();
  const say = (a: number | undefined, b: number | undefined, together: boolean) => {
    if (a === undefined || b === undefined || a === b) return;
    const pair = a < b ? ([a, b] as const) : ([b, a] as const);
    said.delete(`${pair}`);
    said.set(`${pair}`, { pair, together });
  };
  for (const { event, self, other } of identityEvents(log)) {
    if (event.type === 'VillagesLinked') say(anchors.get(self), anchors.get(other), true);
    else say(recordBefore(self, event, log, records, days), anchors.get(other), false);
  }
  const all = [...said.values()];
  return {
    together: all.filter(({ together }) => together).map(({ pair: [a, b] }) => ({ a, b, rule: 'CLERK' as const })),
    apart: all.filter(({ together }) => !together).map(({ pair }) => pair),
  };
}

interface IdentityEvent {
  readonly event: RecordedEvent;
  readonly self: string;
  readonly other: string;
}

/** Links and unlinks by clerks that still hold, by position. */
function identityEvents(log: RosterLog): IdentityEvent[] {
  const found: IdentityEvent[] = [];
  for (const self of log.touchedByClerks) {
    const events = log.villages.get(self) ?? [];
    const voided = voidedIds(events);
    for (const event of events) {
      const isOwn = event.stream === `village-${self}`;
      const isIdentity = event.type === 'VillagesLinked' || event.type === 'VillageUnlinked';
      if (!isOwn || !isIdentity || isImported(event) || voided.has(event.id)) continue;
      found.push({ event, self, other: (event.data as { readonly other: string }).other });
    }
  }
  return found.sort((a, b) => a.event.position - b.event.position);
}

/** The newest record that the village still had before the day of the event. */
function recordBefore(
  self: string,
  { effectiveOn }: RecordedEvent,
  log: RosterLog,
  { numberOf }: RecordSet,
  days: readonly string[],
): number | undefined {
  const earlier = days.filter((day) => day < effectiveOn);
  const states = recordsOn<VillageRecord>(village, self, log.villages.get(self) ?? [], earlier);
  const edition = states.findLastIndex((record) => record !== null);
  const code = states[edition]?.code;
  return code === undefined ? undefined : numberOf(edition, code);
}
