/** Builds the read model anew beside the live one and compares them: for `xiangyue replay` and `verify`. */
import { join } from 'node:path';
import { CodedError } from '../es/errors.ts';
import type { Position } from '../es/event.ts';
import { compare, type Difference } from './compare.ts';
import { openBeside } from './database.ts';
import { currentFile, removeReadModel } from './files.ts';
import { readMeta } from './meta.ts';
import { type RebuildOptions, rebuild } from './rebuild.ts';

export interface Replayed {
  /** The position that both were compared at: the live one's. */
  readonly position: Position;
  readonly events: number;
  /** The first differences; none where both are equal row by row. */
  readonly differences: readonly Difference[];
}

/** Compares the live read model of a data folder, also while a server runs, with one built anew from the log. Errors:
 *  `E_NOT_FOUND` where there is no live one, and those of the log. */
export async function replay(dir: string, options: Omit<RebuildOptions, 'path' | 'until'>): Promise<Replayed> {
  const livePath = await currentFile(dir, options.projections);
  if (!livePath) throw new CodedError('E_NOT_FOUND', 'There is no read model in this data folder to compare with.');
  const path = join(dir, `replay-${process.pid}.sqlite`);
  const live = openBeside(livePath);
  try {
    // One transaction: the server may go on, what is compared stands still.
    live.exec('begin');
    const position = Number(readMeta(live, 'position'));
    let events = 0;
    const until = await rebuild({
      ...options,
      path,
      until: position,
      onProgress: (progress) => {
        events = progress.events;
        options.onProgress?.(progress);
      },
    });
    const anew = openBeside(path);
    try {
      return { position: until, events, differences: compare(live, anew, options.projections) };
    } finally {
      anew.close();
    }
  } finally {
    live.close();
    await removeReadModel(path);
  }
}
