/** `xiangyue import facts`: cited figures into the log. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { EventStore } from '../es/store.ts';
import { type FactsReport, importFacts } from '../facts/import-facts.ts';
import { today } from './clock.ts';
import { openForWriting } from './data-folder.ts';
import { type Console, print } from './output.ts';

export interface ImportFactsOptions {
  readonly dataDir: string;
  readonly files: readonly string[];
}

/** Imports into a folder that no server holds. Errors: `E_FACTS_INVALID`; files before the failing one stay. */
export async function runImportFacts(console: Console, { dataDir, files }: ImportFactsOptions): Promise<void> {
  const store = openForWriting(dataDir, 'real');
  try {
    const reports = await importFactsFiles(store, files);
    print(
      console,
      { imports: reports },
      reports.map(({ file, figures, eventsAppended }) => `${file}  ${figures} figures, ${eventsAppended} new`),
    );
  } finally {
    await store.close();
  }
}

/** The import itself. */
async function importFactsFiles(
  store: EventStore,
  files: readonly string[],
): Promise<(FactsReport & { readonly file: string })[]> {
  const reports = [];
  for (const file of files) {
    const report = await importFacts({ store, today, world: null }, await readFile(file, 'utf8'), 'local');
    reports.push({ file: basename(file), ...report });
  }
  return reports;
}
