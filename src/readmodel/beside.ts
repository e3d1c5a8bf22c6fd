/** A read model to read from beside a running server, or without one: for command-line readers. Nothing of the data folder
 *  is changed. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ReadModel } from '../es/projection.ts';
import { openBeside } from './database.ts';
import { currentFile } from './files.ts';
import { type RebuildOptions, rebuild } from './rebuild.ts';
import { SqliteReadModel } from './sqlite-read-model.ts';

export interface ReadModelBeside {
  readonly readModel: ReadModel;
  readonly close: () => Promise<void>;
}

/** The live file where it stands at the log's head; else one built for this use, outside the folder. Errors: the log's. */
export async function openReadModelBeside(
  dir: string,
  options: Omit<RebuildOptions, 'path' | 'until'>,
): Promise<ReadModelBeside> {
  const { projections, store } = options;
  const path = await currentFile(dir, projections);
  const { position } = await store.head();
  if (path) {
    const db = openBeside(path);
    const live = SqliteReadModel.over(db, projections);
    if (live.position >= position) return { readModel: live, close: async () => db.close() };
    db.close();
  }
  const folder = await mkdtemp(join(tmpdir(), 'xiangyue-'));
  const own = join(folder, 'readmodel.sqlite');
  await rebuild({ ...options, path: own });
  const db = openBeside(own);
  return {
    readModel: SqliteReadModel.over(db, projections),
    close: async () => {
      db.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
