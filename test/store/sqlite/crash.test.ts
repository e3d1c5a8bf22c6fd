import { describe, expect, it } from 'vitest';
import type { RecordedEvent } from '../../../src/es/event.ts';
import type { EventStore } from '../../../src/es/store.ts';
import { type Acknowledged, startBurst } from '../../support/burst.ts';
import { openLog } from '../../support/open-log.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const rounds = 20;
/** Room for twenty processes on a loaded machine. */
const room = { timeout: 600_000 };

async function wholeLog(store: EventStore): Promise<RecordedEvent[]> {
  const log: RecordedEvent[] = [];
  for (;;) {
    const page = await store.readLog({ from: log.at(-1)?.position, limit: 10_000 });
    if (page.length === 0) return log;
    log.push(...page);
  }
}

describe('a writer killed in a burst of appends', () => {
  it('has lost nothing that it acknowledged, and left whole appends, gapless', room, async () => {
    const dir = tempFolder();
    const acknowledged: Acknowledged[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const child = startBurst(dir, round);
      await child.printed(1 + ((round * 37) % 150));
      await child.kill();
      acknowledged.push(...child.lines.map((line) => JSON.parse(line) as Acknowledged));
      // Opening to write also shows that the lock went with its holder.
      const store = openLog(dir);
      const log = await wholeLog(store);
      expectAll(acknowledged, log);
      expectWhole(log);
      expect((await store.readSubject('division-d')).length).toBe(log.length);
      await store.close();
    }
    expect(acknowledged.length).toBeGreaterThan(rounds);
  });
});

function expectAll(acknowledged: readonly Acknowledged[], log: readonly RecordedEvent[]): void {
  const missing = acknowledged.filter(({ stream, revision, position, commandId }) => {
    const event = log[position - 1];
    return event?.id !== `${stream}.${revision}` || event.commandId !== commandId;
  });
  expect(missing).toEqual([]);
}

function expectWhole(log: readonly RecordedEvent[]): void {
  const [next, parts] = [new Map<string, number>(), new Map<string, number>()];
  for (const [index, { position, stream, revision, commandId }] of log.entries()) {
    expect([position, stream, revision]).toEqual([index + 1, stream, next.get(stream) ?? 0]);
    next.set(stream, revision + 1);
    parts.set(commandId, (parts.get(commandId) ?? 0) + 1);
  }
  const torn = log.filter(({ commandId, data }) => parts.get(commandId) !== (data as { events: number }).events);
  expect(torn).toEqual([]);
}
