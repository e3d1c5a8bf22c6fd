/** A writer that appends as fast as it can until it is killed, and prints what was acknowledged. */
import { writeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openSqliteStore } from '../../src/store/sqlite/store.ts';
import { Child } from './child.ts';
import { fact } from './facts.ts';

const self = fileURLToPath(import.meta.url);
const inFlight = 16;
const streams = 24;

/** What the child prints of each acknowledged append. */
export interface Acknowledged {
  readonly stream: string;
  readonly revision: number;
  readonly position: number;
  readonly commandId: string;
  readonly events: number;
}

/** Starts a burst on a folder. `round` makes its commands' ids. */
export const startBurst = (dir: string, round: number): Child => new Child(self, dir, String(round));

async function burst(dir: string, round: number): Promise<void> {
  const store = openSqliteStore({ dir, mode: 'write', now: () => 1_000 + round, newId: () => 'log-1' });
  let asked = 0;
  const worker = async () => {
    for (;;) {
      asked += 1;
      const [stream, commandId, events] = [`village-v${asked % streams}`, `c-${round}-${asked}`, 1 + (asked % 3)];
      const facts = Array(events).fill(fact(stream, { commandId, subjects: [stream, 'division-d'], data: { events } }));
      const { revision, position } = await store.append(stream, facts, 'any');
      const acknowledged: Acknowledged = { stream, revision, position, commandId, events };
      writeSync(1, `${JSON.stringify(acknowledged)}\n`);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
}

if (process.argv[1] === self) await burst(process.argv[2] as string, Number(process.argv[3]));
