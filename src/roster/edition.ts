/** An edition of the roster as its file states it: every row, in order, raw. */
import type { LocalDate } from '../es/event.ts';

export interface RosterRow {
  /** 2, 4, 6, 9 or 12 digits: province, prefecture, county, township, village. */
  readonly code: string;
  /** Name as published, dirt and all. */
  readonly name: string;
}

export interface Edition {
  /** Sorted by code; every code but the province's has its parent among them. */
  readonly rows: readonly RosterRow[];
  /** How many rows are of village level. */
  readonly villages: number;
  /** Hash (hex) of the unpacked text: the same whether the file came packed or not. */
  readonly sha256: string;
}

/** What a file does not say of itself. */
export interface EditionMeta {
  /** The day on which the edition's picture held: effectiveOn of all that the import states. */
  readonly editionOn: LocalDate;
  readonly publishedOn: LocalDate;
  /** Who published it, under which title. */
  readonly source: string;
}

/** The text that `rows` were parsed from. */
export const editionText = (rows: readonly RosterRow[]): string =>
  `code,name\n${rows.map(({ code, name }) => `${code},${name}\n`).join('')}`;
