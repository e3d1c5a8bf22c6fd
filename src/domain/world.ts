/** What a decision may know of the rest of the world: the read models' picture of the newest position. It may lag by
 *  moments; rules that rest on it (a name taken, a code in use) are checked again by `verify`. */
import type { LocalDate } from '../es/event.ts';
import type { AuthorityRow } from './authority.ts';
import type { CertificateListView } from './certificate-rule.ts';
import type { Region } from './region-tier-cover.ts';
import type { RuleSet } from './rule-set.ts';
import type { Per, StandardTerms, SubsidyKind } from './standard-terms.ts';
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

/** A document as far as the acts that rest on it need to know. */
export interface DocumentView {
  readonly id: string;
  readonly issuedOn: LocalDate;
  /** True where it says that it also holds for days before its own. */
  readonly retroactive: boolean;
}

/** A standard that stands, as far as others are compared with it. */
export interface StandardView extends Region, Pick<StandardTerms, 'amountFen' | 'tiers' | 'limit'> {
  readonly id: string;
  readonly kind: SubsidyKind;
  readonly beneficiary: string;
  readonly level: AuthorityRow['levels'][number];
  readonly per?: Per;
}

export interface World {
  /** Day of the oldest edition of the roster: before it nothing is known of any village or division. Null where there is none. */
  readonly rosterFrom: LocalDate | null;
  /** The law's numbers, dated. */
  readonly rules: RuleSet;
  /** Who may decide what, dated. */
  readonly authority: readonly AuthorityRow[];
  /** The document of a number, or of a title where it has none; null where the log holds none. `issuer`: only of this
   *  one. */
  document(named: string, issuer?: string): DocumentView | null;
  /** Whether a prefecture has counties on the day: 东莞 and 中山 have none. */
  hasCounties(prefecture: string, on: LocalDate): boolean;
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
  /** References of the people in office in a village on a day; null where the log does not know them. */
  officeHolders(village: string, on: LocalDate): readonly string[] | null;
  /** What must be settled before a village ends, as far as the log knows: sentences, none where nothing is open. */
  openObligations(village: string, on: LocalDate): readonly string[];
  /** Lists of certificates in force for a division, by its id: its own and those of all levels above; those of the whole country
   *  alone where it is null. */
  certificateLists(division: string | null, on: LocalDate): readonly CertificateListView[];
  /** The standards of a kind that stand on the day. */
  standards(kind: SubsidyKind, on: LocalDate): readonly StandardView[];
  /** Months that were paid by a standard and for which no arrears by it were posted, each as `<divisionId> <month>`. */
  unsettledRuns?(standard: string): readonly string[];
  /** What an import, which has looked at every edition, states of the record that moves with a link, day by day. Elsewhere
   *  left out: the log's own events decide. */
  restated?(village: string): readonly { readonly effectiveOn: LocalDate; readonly record: VillageRecord | null }[];
}
