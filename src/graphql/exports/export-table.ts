/** Whole tables as text, page by page: what `/export/…` streams and the command line writes. */
import { stringify } from 'csv-stringify/sync';
import type { Moment, ReadModel } from '../../es/projection.ts';
import type { EventStore } from '../../es/store.ts';
import { divisionColumns, divisionPages } from './division-pages.ts';
import { eventColumns, eventPages } from './event-pages.ts';
import { villageColumns, villagePages } from './village-pages.ts';

export const exportTables = ['villages', 'divisions', 'events'] as const;
export const exportFormats = ['csv', 'ndjson'] as const;
export type ExportTable = (typeof exportTables)[number];
export type ExportFormat = (typeof exportFormats)[number];

export interface ExportSource {
  readonly readModel: ReadModel;
  readonly store: EventStore;
}

/** What to export. Everything that is given must hold. */
export interface ExportQuestion {
  readonly at: Moment;
  /** Code of a division: villages and divisions below it, and itself. */
  readonly within?: string;
  /** Kinds of villages. */
  readonly kind?: readonly string[];
  /** Statuses of villages and divisions; LISTED where left out. */
  readonly status?: readonly string[];
  /** Levels of divisions. */
  readonly level?: readonly string[];
  /** Types of events. */
  readonly types?: readonly string[];
  /** Id of a village that events name. */
  readonly village?: string;
}

/** One row, by the names of its columns. Nested values are lists and objects; CSV shows them as JSON. */
export type ExportRecord = Readonly<Record<string, unknown>>;

const tables = {
  villages: { columns: villageColumns, pages: villagePages },
  divisions: { columns: divisionColumns, pages: divisionPages },
  events: { columns: eventColumns, pages: eventPages },
} as const;

/** The table's text in pieces, from one picture however long it takes to write. CSV begins with a byte order mark and its
 *  header, its lines end in CR LF, and no cell is a formula. Errors: `E_DIVISION_UNKNOWN`, and those of the store. */
export async function* exportTable(
  source: ExportSource,
  table: ExportTable,
  format: ExportFormat,
  question: ExportQuestion,
): AsyncGenerator<string> {
  const { columns, pages } = tables[table];
  if (format === 'csv') yield `\uFEFF${csv([columns])}`;
  for await (const page of pages(source, question)) {
    if (format === 'csv') yield csv(page.map((record) => columns.map((column) => cell(record[column]))));
    else yield page.map((record) => `${JSON.stringify(record)}\n`).join('');
  }
}

const csv = (rows: readonly (readonly unknown[])[]): string =>
  stringify(rows as unknown[][], { record_delimiter: 'windows', escape_formulas: true });

function cell(value: unknown): unknown {
  if (typeof value === 'boolean') return String(value);
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}
