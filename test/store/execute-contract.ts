/** Commands over every store: idempotent for ever, and one winner of a race. */
import { describe, expect, it } from 'vitest';
import type { Aggregate, Payload } from '../../src/es/aggregate.ts';
import type { Command } from '../../src/es/command.ts';
import { execute } from '../../src/es/execute.ts';
import type { EventStore } from '../../src/es/store.ts';
import type { Opened } from './opened.ts';

interface Step {
  readonly by: number;
}

const step: Payload<Step> = {
  _output: undefined as never,
  version: 1,
  encode: (data) => data,
  decode: (stored) => stored as Step,
};

/** The smallest aggregate: it counts. */
const counter: Aggregate<{ Stepped: Payload<Step> }, number, { step: Payload<Step> }> = {
  name: 'counter',
  events: { Stepped: step },
  commands: { step },
  initial: 0,
  evolve: { Stepped: (count, { by }) => count + by },
  decide: { step: ({ by }) => (by === 0 ? [] : [{ type: 'Stepped', data: { by } }]) },
};

const stepBy = (by: number, commandId: string): Command => ({
  name: 'step',
  stream: 'counter-c',
  data: { by },
  commandId,
  effectiveOn: '2020-06-30',
  basis: [],
  recordedBy: 'local',
});

const ledger = (store: EventStore) => ({ store, today: () => '2021-05-06', world: undefined });

export function executeContract(opened: Opened): void {
  describe('execute()', () => {
    it('answers a repeated command as it first did, and appends nothing', async () => {
      const store = await opened();
      const first = await execute(ledger(store), counter, stepBy(1, 'c-1'));
      await execute(ledger(store), counter, stepBy(2, 'c-2'));
      expect(await execute(ledger(store), counter, stepBy(1, 'c-1'))).toEqual(first);
      expect(await store.readLog({ limit: 10 })).toHaveLength(2);
    });

    it('refuses the commandId of another command', async () => {
      const store = await opened();
      await execute(ledger(store), counter, stepBy(1, 'c-1'));
      const other = execute(ledger(store), counter, stepBy(2, 'c-1'));
      await expect(other).rejects.toMatchObject({ code: 'E_DUPLICATE_COMMAND' });
    });

    it('decides a race anew, so that both stand', async () => {
      const store = await opened();
      await Promise.all(['c-1', 'c-2'].map((commandId) => execute(ledger(store), counter, stepBy(1, commandId))));
      const log = await store.readStream('counter-c');
      expect(log.map(({ revision, commandId }) => [revision, commandId])).toEqual([
        [0, 'c-1'],
        [1, 'c-2'],
      ]);
    });
  });
}
