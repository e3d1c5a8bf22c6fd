/** One writer for a data folder. */
import { join } from 'node:path';
import { CodedError } from '../../es/errors.ts';
import { openLockFile } from './database.ts';
import { isBusy } from './faults.ts';

/** Takes the folder for this process and returns the way to give it back. Errors: `E_DATA_DIR_IN_USE`; else the driver's.
 *
 *  An exclusive transaction that never ends, on a file of its own: the lock is the operating system's, so it goes with
 *  the process however that ends, and there is no stale pid to judge. The log itself stays free for readers. */
export function lockFolder(dir: string): () => void {
  const database = openLockFile(join(dir, 'writer.lock'));
  try {
    // The journal in memory: nothing is written, and nothing is left behind to roll back.
    database.exec('pragma journal_mode = memory; begin exclusive');
  } catch (error) {
    database.close();
    if (!isBusy(error)) throw error;
    throw new CodedError('E_DATA_DIR_IN_USE', 'Another process writes into this data folder.', {}, { cause: error });
  }
  return () => database.close();
}
