/** Which village an id speaks of where a clerk or an import found that two records are one: ids given out stay good. */

import { idOf } from '../src/es/event.ts';
import type { Projection } from '../src/es/projection.ts';
import { handlers } from './handlers.ts';
import { otherSystems } from './placed.ts';

export type VillageAliasRow = {
  /** Id of the village that took over the record. */
  readonly village: string;
};

export const villageAliases: Projection<VillageAliasRow> = {
  name: 'village_aliases',
  version: 1,
  entity: 'village',
  columns: { village: 'text' },
  indexes: [['village']],
  handlers: handlers<'village', VillageAliasRow>({
    ...otherSystems,
    village: {
      VillagesLinked: (row, { other }, self, event) => (self === other ? { village: idOf(event.stream) } : row),
      // Records that return to a village of their own end the alias.
      VillageUnlinked: (row, { other }, self) => (self === other ? null : row),
      VillageListed: 'ignore',
      VillageEstablished: 'ignore',
      VillageRenamed: 'ignore',
      VillageCodeChanged: 'ignore',
      VillageKindChanged: 'ignore',
      VillageSubordinationTransferred: 'ignore',
      VillageDelisted: 'ignore',
      VillageAbolished: 'ignore',
      VillagesMerged: 'ignore',
      VillageSplit: 'ignore',
      VillageBoundaryAdjusted: 'ignore',
      UrbanRuralClassAssigned: 'ignore',
      DivisionTransferred: 'ignore',
    },
  }),
};
