/** A log of hamlets, written a fact at a time. */
import type { EventStore } from '../../src/es/store.ts';
import { MemoryStore } from '../../src/store/memory.ts';

export interface Fact {
  readonly type: string;
  readonly hamlet: string;
  readonly on: string;
  readonly data?: unknown;
  /** Other hamlets that the event names. */
  readonly others?: readonly string[];
  readonly voids?: string;
}

export function memoryStore(): EventStore {
  let now = 0;
  return new MemoryStore({ now: () => ++now, identity: { id: 'test', kind: 'simulated' } });
}

let commands = 0;

export async function record(store: EventStore, fact: Fact): Promise<void> {
  const stream = `hamlet-${fact.hamlet}`;
  const commandId = `c${++commands}`;
  const event = {
    type: fact.type,
    schemaVersion: 1,
    effectiveOn: fact.on,
    subjects: [stream, ...(fact.others ?? []).map((id) => `hamlet-${id}`)],
    data: fact.data ?? {},
    recordedBy: 'test',
    basis: [],
    commandId,
    commandHash: '',
    correlationId: commandId,
    voids: fact.voids,
  };
  await store.append(stream, [event], 'any');
}

export const listed = (hamlet: string, on: string, name: string, county = 'k1', code: string | null = null): Fact => ({
  type: 'HamletListed',
  hamlet,
  on,
  data: { code, name, county, households: 10 },
});
