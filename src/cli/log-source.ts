/** How a rebuild's worker threads open the log of a data folder: this module is named to them, and they call `openSource`. */
import { projections } from '../../projections/index.ts';
import type { OpenSource, RebuildSource } from '../readmodel/source.ts';
import { openForReading } from './data-folder.ts';

/** The source of a rebuild from the log in `dir`. */
export const rebuildSource = (dir: string): RebuildSource => ({ module: import.meta.url, options: { dir } });

/** Called in the worker. */
export async function openSource(options: unknown): Promise<OpenSource> {
  const { dir } = options as { dir: string };
  return { store: openForReading(dir), projections };
}
