/** Cited figures and acts from a reviewed file into the log. The file's shape and commands are checked before anything is
 *  appended; the same file again appends nothing. */
import { createHash } from 'node:crypto';
import { reportedFigure } from '../domain/reported-figure.ts';
import { streamOf } from '../es/event.ts';
import { execute } from '../es/execute.ts';
import { type FactsFile, readFacts } from './facts-file.ts';
import { type ActLedger, checkActs, importAct } from './import-acts.ts';

export interface FactsReport {
  readonly figures: number;
  readonly acts: number;
  /** Events written; 0 where the file was imported before. */
  readonly eventsAppended: number;
}

const digest = (text: string) => createHash('sha256').update(text).digest('hex');

/** Imports one facts file (YAML). Errors: `E_FACTS_INVALID` with the place of what is wrong; acts before one that the
 *  aggregates refuse stay, and are skipped when the mended file is imported. */
export async function importFacts(ledger: ActLedger, yaml: string, recordedBy: string): Promise<FactsReport> {
  const file = readFacts(yaml);
  checkActs(file.acts);
  let eventsAppended = await importFigures(ledger, file, yaml, recordedBy);
  for (const [at, act] of file.acts.entries()) eventsAppended += await importAct(ledger, act, at, recordedBy);
  return { figures: file.figures.length, acts: file.acts.length, eventsAppended };
}

async function importFigures(
  ledger: ActLedger,
  { source, scope = '', figures }: FactsFile,
  yaml: string,
  recordedBy: string,
): Promise<number> {
  const before = (await ledger.store.head()).position;
  let eventsAppended = 0;
  for (const { quote, ...figure } of figures) {
    const key = `${figure.metric}:${scope}:${source.publishedOn}:${source.title}`;
    const receipt = await execute(ledger, reportedFigure, {
      name: 'recordFigure',
      stream: streamOf('figure', `f_${digest(key).slice(0, 20)}`),
      data: { ...figure, scope, source: { ...source, quote } },
      // One id a figure and file: an edited file is another command, which the aggregate then judges.
      commandId: `facts-${digest(`${key}:${yaml}`).slice(0, 32)}`,
      effectiveOn: source.publishedOn,
      basis: [{ title: source.title, issuer: source.publisher }],
      recordedBy,
      correlationId: `facts-${digest(yaml).slice(0, 32)}`,
    });
    eventsAppended += receipt.events.filter((event) => event.position > before).length;
  }
  return eventsAppended;
}
