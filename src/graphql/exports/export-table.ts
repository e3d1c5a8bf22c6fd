/** Whole tables as text, page by page: what `/export/…` streams and the command line writes. */
import { stringify } from 'csv-stringify/sync';
import { divisionColumns, divisionPages } from './division-pages.ts';
import { eventColumns, eventPages } from './event-pages.ts';
import type { ExportQuestion, ExportRecord, ExportSource } from './question.ts';
import { safeCell } from './safe-cell.ts';
import { villageColumns, villagePages } from './village-pages.ts';

export const exportTables = ['villages', 'divisions', 'events'] as const;
export const exportFormats = ['csv', 'ndjson'] as const;
export type ExportTable = (typeof exportTables)[number];
export type ExportFormat = (typeof exportFormats)[number];

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
  // With the first page, so that nothing is written before the question has proved answerable.
  let header = format === 'csv' ? `\uFEFF${csv([columns])}` : '';
  for await (const page of pages(source, question)) {
    yield header + (format === 'csv' ? csv(page.map((record) => cellsOf(record, columns))) : lines(page));
    header = '';
  }
  if (header) yield header;
}

const cellsOf = (record: ExportRecord, columns: readonly string[]) => columns.map((column) => safeCell(record[column]));
const lines = (page: readonly ExportRecord[]) => page.map((record) => `${JSON.stringify(record)}\n`).join('');

const csv = (rows: readonly (readonly unknown[])[]): string =>
  stringify(rows as unknown[][], { record_delimiter: 'windows' });
