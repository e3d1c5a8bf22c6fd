/** `xiangyue import roster`: editions into the log, in the order they are given. */
import { readFile } from 'node:fs/promises';
import type { EventStore } from '../es/store.ts';
import type { EditionMeta } from '../roster/edition.ts';
import { type ImportReport, ImportSession, importEdition } from '../roster/import-edition.ts';
import { today } from './clock.ts';
import { openForWriting } from './data-folder.ts';
import { type Console, type Progress, print, progressOn } from './output.ts';

export interface ImportRosterOptions {
  readonly dataDir: string;
  readonly files: readonly string[];
  /** For one file that is not known by its hash. */
  readonly meta?: EditionMeta;
}

/** Imports into a folder that no server holds. Errors: those of `importEdition`; editions before the failing one stay. */
export async function runImportRoster(console: Console, { dataDir, files, meta }: ImportRosterOptions): Promise<void> {
  const store = openForWriting(dataDir, 'real');
  const progress = progressOn(console);
  try {
    const reports = await importRoster(store, files, progress, meta);
    progress.stop();
    print(console, { imports: reports }, reports.map(line));
  } finally {
    progress.stop();
    await store.close();
  }
}

/** The import itself. */
async function importRoster(
  store: EventStore,
  files: readonly string[],
  progress: Progress,
  meta?: EditionMeta,
): Promise<ImportReport[]> {
  const session = new ImportSession();
  const reports: ImportReport[] = [];
  for (const [at, file] of files.entries()) {
    const label = `edition ${at + 1} of ${files.length}`;
    const report = await importEdition({
      ledger: { store, today },
      bytes: await readFile(file),
      meta,
      recordedBy: 'local',
      session,
      onProgress: ({ phase, done, total }) => progress.update(`${label}, ${phase}`, done, total),
    });
    reports.push(report);
  }
  return reports;
}

function line(report: ImportReport): string {
  const { editionOn, villages, written, reviews, isRepeat } = report;
  if (isRepeat) return `${editionOn}  ${villages} villages, imported before: nothing to do`;
  const events = Object.values(written).reduce((sum, count) => sum + count, 0);
  return `${editionOn}  ${villages} villages, ${events} events, ${reviews} cases left for review`;
}
