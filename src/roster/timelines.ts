/** What an import's decisions on links look up: the records that move with a link. */
import { authorityMatrix } from '../domain/authority.ts';
import { ruleSet } from '../domain/rule-set.ts';
import type { VillageRecord } from '../domain/village-catalogue.ts';
import type { VillageView, World } from '../domain/world.ts';
import type { LocalDate } from '../es/event.ts';

/** By id of the record that is absorbed: on each day, the record that its new owner has from then on. */
export type Timelines = ReadonlyMap<
  string,
  readonly { readonly effectiveOn: LocalDate; readonly record: VillageRecord | null }[]
>;

/** The world as an import sees it: its plan has looked at all else before. */
export function worldOf(timelines: Timelines): World {
  return {
    rosterFrom: null,
    rules: ruleSet,
    authority: authorityMatrix,
    document: () => null,
    hasCounties: () => true,
    division: () => null,
    divisionByCode: () => null,
    village: (): VillageView | null => null,
    villageByCode: () => null,
    isCodeRetired: () => false,
    villagesNamed: () => [],
    villagesBelow: () => [],
    officeHolders: () => null,
    openObligations: () => [],
    standards: () => [],
    certificateLists: () => [],
    restated: (id) => timelines.get(id) ?? [],
  };
}
