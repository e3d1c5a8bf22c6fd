/** Cited figures from a reviewed file into the log. The whole file is checked before anything is appended; the same file
 *  again appends nothing. */
import { createHash } from 'node:crypto';
import { parse } from 'yaml';
import { z } from 'zod';
import { FigureSource, Metric, Qualifier, reportedFigure } from '../domain/reported-figure.ts';
import { DivisionCode } from '../domain/scalars.ts';
import type { Ledger } from '../es/command.ts';
import { CodedError } from '../es/errors.ts';
import { streamOf } from '../es/event.ts';
import { execute } from '../es/execute.ts';

const FactsFile = z.strictObject({
  source: z.strictObject(FigureSource.shape).omit({ quote: true }),
  scope: DivisionCode,
  figures: z
    .array(
      z.strictObject({
        metric: Metric,
        value: z.int().min(0).transform(String),
        unit: z.string().min(1).max(40),
        qualifier: Qualifier,
        quote: z.string().max(300).optional(),
      }),
    )
    .min(1),
});

export interface FactsReport {
  readonly figures: number;
  /** Events written; 0 where the file was imported before. */
  readonly eventsAppended: number;
}

const digest = (text: string) => createHash('sha256').update(text).digest('hex');

/** Imports one facts file (YAML). Errors: `E_FACTS_INVALID` with the path of what is wrong; nothing is appended then. */
export async function importFacts(ledger: Ledger, yaml: string, recordedBy: string): Promise<FactsReport> {
  const { source, scope, figures } = readFacts(yaml);
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
  return { figures: figures.length, eventsAppended };
}

function readFacts(yaml: string): z.output<typeof FactsFile> {
  let value: unknown;
  try {
    // The core schema leaves days as text.
    value = parse(yaml, { schema: 'core' });
  } catch (cause) {
    throw new CodedError('E_FACTS_INVALID', 'The facts file is not YAML.', {}, { cause });
  }
  const parsed = FactsFile.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new CodedError('E_FACTS_INVALID', `The facts file does not have its shape: ${z.prettifyError(parsed.error)}`);
}
