/** By which record each id of the log is known: what keeps ids where they are while editions arrive. */
import { village } from '../domain/village.ts';
import type { VillageRecord } from '../domain/village-catalogue.ts';
import type { Position, RecordedEvent } from '../es/event.ts';
import { voidedIds } from '../es/fold.ts';
import { recordsOn } from './dated-states.ts';
import { editionAt, type RecordSet } from './edition-set.ts';
import { baseNameKey } from './name-key.ts';
import type { PlaceIndex } from './place-index.ts';
import { isImported } from './roster-log.ts';

export interface Anchor {
  readonly id: string;
  /** Number of the record. */
  readonly record: number;
  /** Where the log first names the id: the earlier of two keeps its id when both prove to be one. */
  readonly position: Position;
  /** Its record was moved to another id. */
  readonly isAbsorbed: boolean;
}

/** The anchors of ids, those that keep their id against others first. `listedAs`: the event type of a first record. */
export function anchorsOf(
  known: ReadonlyMap<string, readonly RecordedEvent[]>,
  listedAs: 'VillageListed' | 'DivisionListed',
  records: RecordSet,
  editions: readonly PlaceIndex[],
): Anchor[] {
  const anchors: Anchor[] = [];
  for (const [id, events] of known) {
    const record =
      firstListing(events, listedAs, records, editions) ?? firstSeen(id, events, listedAs, records, editions);
    const position = events[0]?.position ?? 0;
    if (record !== undefined) anchors.push({ id, record, position, isAbsorbed: isAbsorbed(id, events) });
  }
  return anchors.sort((a, b) => Number(a.isAbsorbed) - Number(b.isAbsorbed) || a.position - b.position);
}

/** The record with which an import first listed the id. */
function firstListing(
  events: readonly RecordedEvent[],
  listedAs: string,
  { numberOf }: RecordSet,
  editions: readonly PlaceIndex[],
): number | undefined {
  const first = events[0];
  if (first?.type !== listedAs || !isImported(first)) return undefined;
  return numberOf(editionAt(editions, first.effectiveOn), (first.data as { readonly code: string }).code);
}

/** The first record of an edition that a village which a clerk made stands under, by code and base name. */
function firstSeen(
  id: string,
  events: readonly RecordedEvent[],
  listedAs: string,
  { numberOf }: RecordSet,
  editions: readonly PlaceIndex[],
): number | undefined {
  if (listedAs !== 'VillageListed') return undefined;
  const days = editions.map(({ on }) => on);
  const stated = recordsOn<VillageRecord>(village, id, events, days);
  for (const [edition, record] of stated.entries()) {
    if (record?.code === undefined) continue;
    const unit = editions[edition]?.villageByCode.get(record.code);
    if (unit && unit.key === baseNameKey(record.shortName)) return numberOf(edition, record.code);
  }
  return undefined;
}

function isAbsorbed(id: string, events: readonly RecordedEvent[]): boolean {
  if (events.length === 1) return false;
  const voided = voidedIds(events);
  let absorbed = false;
  for (const event of events) {
    if (voided.has(event.id)) continue;
    const isOther = (event.data as { readonly other?: string }).other === id;
    if (event.type === 'VillagesLinked') absorbed ||= isOther;
    else if (event.type === 'VillageListed' || (event.type === 'VillageUnlinked' && isOther)) absorbed = false;
  }
  return absorbed;
}
