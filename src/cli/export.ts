/** `xiangyue export`: villages, divisions or events as they stood at any moment, into a file or onto stdout. */
import { createWriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { projections } from '../../projections/index.ts';
import { DivisionCode, LocalDate } from '../domain/scalars.ts';
import { CodedError } from '../es/errors.ts';
import type { EventStore } from '../es/store.ts';
import { type ExportFormat, type ExportTable, exportTable } from '../graphql/exports/export-table.ts';
import { openReadModelBeside } from '../readmodel/beside.ts';
import { now, today } from './clock.ts';
import { openForReading } from './data-folder.ts';
import { rebuildSource } from './log-source.ts';
import type { Console } from './output.ts';

export interface ExportOptions {
  readonly dataDir: string;
  readonly what: ExportTable;
  readonly format: ExportFormat;
  /** File to write; it stands there once it is whole. */
  readonly out?: string;
  readonly effectiveOn?: string;
  /** RFC 3339. */
  readonly knownAt?: string;
  readonly within?: string;
}

/** Writes the table. Errors: `BAD_USER_INPUT`, `E_FUTURE_MOMENT`, `E_DIVISION_UNKNOWN`, and those of the log. */
export async function runExport(console: Console, options: ExportOptions): Promise<void> {
  const { dataDir, what, format, out } = options;
  const effectiveOn = checked(LocalDate, options.effectiveOn ?? today(), '--effective-on');
  const within = options.within === undefined ? undefined : checked(DivisionCode, options.within, '--within');
  const store = openForReading(dataDir);
  try {
    const known = options.knownAt === undefined ? undefined : await positionKnownAt(store, options.knownAt);
    const { readModel, close } = await openReadModelBeside(dataDir, {
      projections,
      store,
      source: rebuildSource(dataDir),
    });
    try {
      const at = { effectiveOn, position: known ?? readModel.position };
      const pieces = Readable.from(exportTable({ readModel, store }, what, format, { at, within }), {
        objectMode: false,
      });
      if (out === undefined) {
        await pipeline(pieces, console.out, { end: false });
      } else {
        const draft = `${out}.draft`;
        await pipeline(pieces, createWriteStream(draft));
        await rename(draft, out);
      }
    } finally {
      await close();
    }
  } finally {
    await store.close();
  }
}

function checked(schema: { safeParse(value: string): { success: boolean } }, value: string, flag: string): string {
  if (!schema.safeParse(value).success)
    throw new CodedError('BAD_USER_INPUT', `${flag} does not take ${value}.`, { path: [flag] });
  return value;
}

async function positionKnownAt(store: EventStore, knownAt: string): Promise<number> {
  const instant = Date.parse(knownAt);
  if (Number.isNaN(instant))
    throw new CodedError('BAD_USER_INPUT', `--known-at does not take ${knownAt}.`, { path: ['--known-at'] });
  if (instant > now()) throw new CodedError('E_FUTURE_MOMENT', '--known-at lies ahead of now.');
  return store.positionAt(instant);
}
