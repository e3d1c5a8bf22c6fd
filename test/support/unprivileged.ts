/** A user who may read a folder but not write into it: opens its log both ways and prints what came of it. */
import { fileURLToPath } from 'node:url';
import type { CodedError } from '../../src/es/errors.ts';
import { openSqliteStore } from '../../src/store/sqlite/store.ts';
import { Child } from './child.ts';

const self = fileURLToPath(import.meta.url);
const nobody = 65_534;

/** Starts it; it prints one line for writing and one for reading: an error's code, or how many events it read. */
export const startUnprivileged = (dir: string): Child => new Child(self, dir);

async function attempt(dir: string, mode: 'write' | 'read'): Promise<string> {
  try {
    const store = openSqliteStore({ dir, mode, now: () => 1_000, newId: () => 'log-1' });
    const events = await store.readLog({ limit: 100 });
    await store.close();
    return String(events.length);
  } catch (error) {
    return (error as CodedError).code ?? String(error);
  }
}

if (process.argv[1] === self) {
  // Permissions do not bind the machine's owner.
  if (process.getuid?.() === 0) {
    process.setgroups?.([]);
    process.setgid?.(nobody);
    process.setuid?.(nobody);
  }
  for (const mode of ['write', 'read'] as const) console.log(await attempt(process.argv[2] as string, mode));
}
