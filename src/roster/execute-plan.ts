/** Carrying out a plan: many streams at once, so that their appends share syncs; each stream's commands in their order. */
import type { Command, Ledger } from '../es/command.ts';
import { execute } from '../es/execute.ts';
import { sha256Of } from './digest.ts';
import type { PlannedCommand } from './import-plan.ts';

/** What all commands of an import share. */
export interface ImportHeader {
  /** Stream of the import: correlationId of all that it writes. */
  readonly stream: string;
  readonly fileSha256: string;
  readonly recordedBy: string;
}

export interface Written {
  readonly events: number;
  /** By event type. */
  readonly types: ReadonlyMap<string, number>;
}

const streamsInFlightMax = 512;

/** Executes the plan. Resolves when all of it is durable; rejects with the first failure, after what was in flight has ended.
 *  Commands that were carried out before answer as they did then, and count again. */
export async function executePlan(
  ledger: Ledger,
  commands: readonly PlannedCommand[],
  header: ImportHeader,
  onDone: (done: number) => void,
): Promise<Written> {
  const queues = queuesOf(commands);
  const types = new Map<string, number>();
  let next = 0;
  let done = 0;
  let failed = false;
  const work = async () => {
    for (let queue = queues[next++]; queue && !failed; queue = queues[next++]) {
      for (const planned of queue) {
        const receipt = await execute(ledger, planned.aggregate, toCommand(planned, header));
        for (const { type } of receipt.events) types.set(type, (types.get(type) ?? 0) + 1);
        done += 1;
        onDone(done);
      }
    }
  };
  const workers = Array.from({ length: Math.min(streamsInFlightMax, queues.length) }, () =>
    work().catch((error: unknown) => {
      failed = true;
      throw error;
    }),
  );
  for (const result of await Promise.allSettled(workers)) if (result.status === 'rejected') throw result.reason;
  return { events: [...types.values()].reduce((sum, count) => sum + count, 0), types };
}

/** The commands of each stream, in the order in which the plan first names the streams. */
function queuesOf(commands: readonly PlannedCommand[]): PlannedCommand[][] {
  const queues = new Map<string, PlannedCommand[]>();
  for (const command of commands) {
    const queue = queues.get(command.stream);
    if (queue) queue.push(command);
    else queues.set(command.stream, [command]);
  }
  return [...queues.values()];
}

function toCommand({ name, stream, data, effectiveOn }: PlannedCommand, header: ImportHeader): Command {
  const key = `${header.fileSha256}:${stream}:${effectiveOn}:${name}:${String(data.other ?? '')}`;
  return {
    name,
    stream,
    data,
    effectiveOn,
    commandId: `${name}-${sha256Of(key).slice(0, 32)}`,
    basis: [],
    recordedBy: header.recordedBy,
    correlationId: header.stream,
  };
}
