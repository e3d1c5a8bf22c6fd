/** `xiangyue replay`: the read model built anew and compared, row by row. */
import { projections } from '../../projections/index.ts';
import type { EventStore } from '../es/store.ts';
import { type Replayed, replay } from '../readmodel/replay.ts';
import { openForReading } from './data-folder.ts';
import { rebuildSource } from './log-source.ts';
import { type Console, print, progressOn } from './output.ts';

/** Compares, also beside a running server. Sets exit code 1 where rows differ. Errors: `E_NOT_FOUND`, and those of the log. */
export async function runReplay(console: Console, { dataDir }: { readonly dataDir: string }): Promise<void> {
  const store = openForReading(dataDir);
  try {
    const replayed = await replayFolder(console, dataDir, store);
    print(console, replayed, replayLines(replayed));
    if (replayed.differences.length > 0) process.exitCode = 1;
  } finally {
    await store.close();
  }
}

/** The comparison itself, for commands that have the log open. */
export async function replayFolder(console: Console, dataDir: string, store: EventStore): Promise<Replayed> {
  const progress = progressOn(console);
  const total = (await store.head()).position;
  try {
    return await replay(dataDir, {
      projections,
      store,
      source: rebuildSource(dataDir),
      onProgress: ({ phase, events }) => progress.update(phase === 'fold' ? 'replaying' : 'finishing', events, total),
    });
  } finally {
    progress.stop();
  }
}

/** What was found, for people. */
export function replayLines({ position, differences }: Replayed): string[] {
  if (differences.length === 0) return [`read model equal to its replay at position ${position}, row by row`];
  return [
    `read model differs from its replay at position ${position}:`,
    ...differences.map(({ projection, what, id, a, b }) => `  ${projection} ${what} ${id}: live ${a}, replayed ${b}`),
  ];
}
