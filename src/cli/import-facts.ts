/** `xiangyue import facts`: cited figures and acts into the log. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { projections } from '../../projections/index.ts';
import { Runner } from '../es/runner.ts';
import type { EventStore } from '../es/store.ts';
import { type FactsReport, importFacts } from '../facts/import-facts.ts';
import { madeBy } from '../graphql/derive/things.ts';
import { worldOf } from '../graphql/world.ts';
import { openReadModel } from '../readmodel/open.ts';
import { today } from './clock.ts';
import { openForWriting } from './data-folder.ts';
import { rebuildSource } from './log-source.ts';
import { type Console, print } from './output.ts';

export interface ImportFactsOptions {
  readonly dataDir: string;
  readonly files: readonly string[];
}

const catchUpMsMax = 60_000;

/** Imports into a folder that no server holds. Errors: `E_FACTS_INVALID`; what stands before the failing act stays. */
export async function runImportFacts(console: Console, { dataDir, files }: ImportFactsOptions): Promise<void> {
  const store = openForWriting(dataDir, 'real');
  try {
    const reports = await importFactsFiles(dataDir, store, files);
    print(
      console,
      { imports: reports },
      reports.map(
        ({ file, figures, acts, eventsAppended }) => `${file}  ${figures} figures, ${acts} acts, ${eventsAppended} new`,
      ),
    );
  } finally {
    await store.close();
  }
}

/** The import itself, over the folder's own read model: acts are held to the villages and documents that it knows. */
async function importFactsFiles(
  dataDir: string,
  store: EventStore,
  files: readonly string[],
): Promise<(FactsReport & { readonly file: string })[]> {
  const readModel = await openReadModel({
    dir: dataDir,
    projections,
    store,
    source: rebuildSource(dataDir),
    onNotice: () => {},
  });
  const runner = Runner.start({ store, sink: readModel, onFailure: (error) => Promise.reject(error) });
  const waitFor = (position: number) => runner.waitFor(position, AbortSignal.timeout(catchUpMsMax));
  try {
    await waitFor((await store.head()).position);
    const ledger = { store, today, world: worldOf(readModel), waitFor, madeId: madeBy };
    const reports = [];
    for (const file of files) {
      reports.push({ file: basename(file), ...(await importFacts(ledger, await readFile(file, 'utf8'), 'local')) });
    }
    return reports;
  } finally {
    await runner.stop();
    await readModel.close();
  }
}
