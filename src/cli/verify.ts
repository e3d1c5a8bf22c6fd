/** `xiangyue verify`: is the log what a log must be, and is the read model what the log says? */
import { eventCatalogue } from '../domain/index.ts';
import { CodedError } from '../es/errors.ts';
import { verifyLog } from '../es/verify.ts';
import { openForReading } from './data-folder.ts';
import { type Console, print, progressOn } from './output.ts';
import { replayFolder, replayLines } from './replay.ts';

/** Checks, also beside a running server. Sets exit code 1 where something is found. Errors: `E_NOT_FOUND`, `E_LOG_DAMAGED`. */
export async function runVerify(console: Console, { dataDir }: { readonly dataDir: string }): Promise<void> {
  const store = openForReading(dataDir);
  const progress = progressOn(console);
  try {
    const log = await verifyLog(
      store,
      (type) => eventCatalogue.get(type),
      (done, total) => progress.update('verifying', done, total),
    );
    progress.stop();
    const readModel = await replayFolder(console, dataDir, store).catch((error: unknown) => {
      // A folder that was never served has no read model yet: nothing to hold against the log.
      if (error instanceof CodedError && error.code === 'E_NOT_FOUND') return null;
      throw error;
    });
    print(console, { log, readModel }, [
      `${log.events} events in ${log.streams} streams up to position ${log.position}: ${log.findingsTotal === 0 ? 'sound' : `${log.findingsTotal} findings`}`,
      ...log.findings.map(({ position, eventId, message }) => `  ${position} ${eventId}: ${message}`),
      ...(readModel ? replayLines(readModel) : ['no read model in this folder']),
    ]);
    if (log.findingsTotal > 0 || (readModel && readModel.differences.length > 0)) process.exitCode = 1;
  } finally {
    progress.stop();
    await store.close();
  }
}
