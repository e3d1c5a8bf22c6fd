/** The shape of a facts file: where it is from, what was published, and what was done. */
import { parse } from 'yaml';
import { z } from 'zod';
import { FigureSource, Metric, Qualifier } from '../domain/reported-figure.ts';
import { DivisionCode, LocalDate } from '../domain/scalars.ts';
import { CodedError } from '../es/errors.ts';

const Basis = z.strictObject({
  documentNumber: z.string().optional(),
  title: z.string().optional(),
  issuer: z.string().optional(),
  article: z.string().optional(),
  unknownBecause: z.string().optional(),
  retroactive: z.boolean().optional(),
});

/** One command as a clerk would send it. Texts of the form `village:<code>[@<day>]`, `division:<code>[@<day>]` and
 *  `made:<aggregate>:<key>` in `on`, `decidedBy` and `data` stand for ids. */
const ActSpec = z.strictObject({
  command: z.string(),
  /** Names what a creating command makes, for `made:<aggregate>:<key>`; unique over all facts files. */
  key: z
    .string()
    .regex(/^[a-z0-9-]{1,60}$/)
    .optional(),
  /** What is acted on; none for a creating command. */
  on: z.string().optional(),
  effectiveOn: LocalDate,
  decidedBy: z
    .strictObject({
      level: z.string(),
      division: z.string().optional(),
      village: z.string().optional(),
      organ: z.string(),
    })
    .optional(),
  basis: z.array(Basis).min(1),
  note: z.string().optional(),
  data: z.record(z.string(), z.unknown()).default({}),
});
export type ActSpec = z.output<typeof ActSpec>;

const FactsFile = z.strictObject({
  source: z.strictObject(FigureSource.shape).omit({ quote: true }),
  scope: DivisionCode.optional(),
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
    .default([]),
  acts: z.array(ActSpec).default([]),
});
export type FactsFile = z.output<typeof FactsFile>;

/** Reads a facts file (YAML). Errors: `E_FACTS_INVALID` with the path of what is wrong. */
export function readFacts(yaml: string): FactsFile {
  let value: unknown;
  try {
    // The core schema leaves days as text.
    value = parse(yaml, { schema: 'core' });
  } catch (cause) {
    throw new CodedError('E_FACTS_INVALID', 'The facts file is not YAML.', {}, { cause });
  }
  const parsed = FactsFile.safeParse(value);
  if (!parsed.success) {
    throw new CodedError('E_FACTS_INVALID', `The facts file does not have its shape: ${z.prettifyError(parsed.error)}`);
  }
  if (parsed.data.figures.length > 0 && parsed.data.scope === undefined) {
    throw new CodedError('E_FACTS_INVALID', 'The facts file has figures and no scope.');
  }
  return parsed.data;
}
