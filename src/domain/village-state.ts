/** A village's state and its fold: as much as the decisions need. */
import type { Aggregate, AnyAggregate } from '../es/aggregate.ts';
import { idOf, type LocalDate, type RecordedEvent } from '../es/event.ts';
import { evolve } from '../es/evolve.ts';
import { type VillageRecord, villageEvents } from './village-catalogue.ts';
import type { villageCommands } from './village-commands.ts';

export type VillageState =
  | { readonly status: 'NONE' }
  | { readonly status: 'LISTED' | 'ENDED'; readonly record: VillageRecord; readonly class?: string };

/** Merges a change into a known record; a void may have taken the listing away that it rested on. */
const patch = (state: VillageState, change: Partial<VillageRecord>): VillageState =>
  state.status === 'NONE' ? state : { ...state, record: { ...state.record, ...change } };

const end = (state: VillageState): VillageState => (state.status === 'NONE' ? state : { ...state, status: 'ENDED' });

/** A village that stands with this record; the class that was assigned to it stays. */
const list = (
  { code, name, shortName, kind, isVirtual, township, county, prefecture }: VillageRecord,
  before: VillageState = { status: 'NONE' },
): VillageState => ({
  status: 'LISTED',
  record: { code, name, shortName, kind, isVirtual, township, county, prefecture },
  class: before.status === 'NONE' ? undefined : before.class,
});

/** True where the entity is the one in whose stream the event stands. An event may also name entities that it says
 *  nothing of: those of the event that it replaces. */
const owns = (self: string, event: RecordedEvent): boolean => idOf(event.stream) === self;

type VillageAggregate = Aggregate<typeof villageEvents, VillageState, typeof villageCommands>;

export const villageEvolve: VillageAggregate['evolve'] = {
  EventVoided: (state) => state,
  VillageListed: (state, data) => list(data, state),
  VillageEstablished: (_, data) => list(data),
  VillageRenamed: (state, { newName, newShortName }) => patch(state, { name: newName, shortName: newShortName }),
  VillageCodeChanged: (state, { newCode }) => patch(state, { code: newCode }),
  VillageKindChanged: (state, { newKind, isVirtual }) =>
    patch(state, { kind: newKind, ...(isVirtual === undefined ? {} : { isVirtual }) }),
  VillageSubordinationTransferred: (state, { township, county, prefecture }) =>
    patch(state, { township, county, prefecture }),
  VillageDelisted: (state) => end(state),
  VillageAbolished: (state, _, { self, event }) => (owns(self, event) ? end(state) : state),
  VillagesMerged: (state, { merged }, { self }) => (merged.includes(self) ? end(state) : state),
  VillageSplit: (state, { parts, continues, kind, township, county, prefecture }, { self, event }) => {
    const part = parts.find((each) => each.village === self);
    if (part) return list({ ...part, kind, isVirtual: false, township, county, prefecture });
    return continues || !owns(self, event) ? state : end(state);
  },
  VillageBoundaryAdjusted: (state) => state,
  UrbanRuralClassAssigned: (state, data) => (state.status === 'NONE' ? state : { ...state, class: data.class }),
  VillagesLinked: (state, { other, record }, { self, event }) => {
    if (self === other) return { status: 'NONE' };
    if (!owns(self, event)) return state;
    return record ? list(record, state) : end(state);
  },
  VillageUnlinked: (state, { other, record, lastRecord }, { self, event }) => {
    if (self === other) return record ? list(record, state) : end(state);
    if (!owns(self, event)) return state;
    return lastRecord ? end(list(lastRecord, state)) : { status: 'NONE' };
  },
  DivisionTransferred: (state, { villages, county, prefecture }, { self, event }) => {
    // A late event may have moved the village to another township before.
    const lies = state.status !== 'NONE' && state.record.township === idOf(event.stream);
    return lies && villages.includes(self) ? patch(state, { county, ...(prefecture ? { prefecture } : {}) }) : state;
  },
};

// The kernel hands payloads through unseen.
const folding = { name: 'village', events: villageEvents, evolve: villageEvolve } as unknown as Pick<
  AnyAggregate,
  'name' | 'events' | 'evolve'
>;

/** A village's record from a day on; null where it is not listed. */
export interface DatedRecord {
  readonly effectiveOn: LocalDate;
  readonly record: VillageRecord | null;
  /** Id of the village from which a link moved the record here. */
  readonly from?: string;
}

const wholeRecord = new Set([
  'VillageListed',
  'VillageEstablished',
  'VillageSplit',
  'VillagesLinked',
  'VillageUnlinked',
]);

/** Every day on which a village's record changed or was stated anew, from its first record on. `history` in fold order. */
export function datedRecords(self: string, history: readonly RecordedEvent[]): readonly DatedRecord[] {
  const dated: DatedRecord[] = [];
  let state: VillageState = { status: 'NONE' };
  let from: string | undefined;
  for (const event of history) {
    const before: VillageState = state;
    state = evolve(folding, state, event, self) as VillageState;
    const stated = wholeRecord.has(event.type);
    if (state === before && !stated) continue;
    const linked = event.type === 'VillagesLinked' && owns(self, event);
    if (stated && state !== before) from = linked ? (event.data as { other: string }).other : undefined;
    const record = state.status === 'LISTED' ? state.record : null;
    if (dated.at(-1)?.effectiveOn === event.effectiveOn) dated.pop();
    dated.push({ effectiveOn: event.effectiveOn, record, from: record ? from : undefined });
  }
  const first = dated.findIndex(({ record }) => record !== null);
  return first < 0 ? [] : dated.slice(first);
}

/** The record on a day; null where it is not listed. */
export const recordOn = (dated: readonly DatedRecord[], day: LocalDate): VillageRecord | null =>
  dated.findLast(({ effectiveOn }) => effectiveOn <= day)?.record ?? null;
