/** What a decision may know of the rest of the world: the read models' picture of the newest position. It may lag by
 *  moments; rules that rest on it (a name taken, a code in use) are checked again by `verify`. */
import type { LocalDate } from '../es/event.ts';
import type { VillageRecord } from './village-catalogue.ts';

export interface DivisionView {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly level: 'PROVINCE' | 'PREFECTURE' | 'COUNTY' | 'TOWNSHIP';
  /** Id of the division above; null for the province. */
  readonly parent: string | null;
}

export interface VillageView extends VillageRecord {
  readonly id: string;
  readonly status: 'LISTED' | 'DELISTED' | 'ABOLISHED';
}

export interface World {
  division(id: string, on: LocalDate): DivisionView | null;
  divisionByCode(code: string, on: LocalDate): DivisionView | null;
  village(id: string, on: LocalDate): VillageView | null;
  /** The listed village that carries the code on the day. */
  villageByCode(code: string, on: LocalDate): VillageView | null;
  /** Whether any village carried the code before the day and no longer does. */
  isCodeRetired(code: string, on: LocalDate): boolean;
  /** Listed villages of one kind and base name in a township. */
  villagesNamed(township: string, kind: string, shortName: string, on: LocalDate): readonly VillageView[];
  /** Ids of the listed villages below a division. */
  villagesBelow(division: string, on: LocalDate): readonly string[];
  /** What an import, which has looked at every edition, states of the record that moves with a link, day by day. Elsewhere
   *  left out: the log's own events decide. */
  restated?(village: string): readonly { readonly effectiveOn: LocalDate; readonly record: VillageRecord | null }[];
}
