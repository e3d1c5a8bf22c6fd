import { randomUUID } from 'node:crypto';
import { describe, expect, it, onTestFinished } from 'vitest';
import { projections } from '../../projections/index.ts';
import { person } from '../../src/domain/person.ts';
import { execute } from '../../src/es/execute.ts';
import { Runner } from '../../src/es/runner.ts';
import type { Services } from '../../src/graphql/context.ts';
import { Executor } from '../../src/graphql/executor.ts';
import { buildXiangyueSchema } from '../../src/graphql/schema.ts';
import { createTelemetry } from '../../src/graphql/telemetry.ts';
import { worldOf } from '../../src/graphql/world.ts';
import { openLive } from '../../src/live/open-live.ts';
import { openDatabase } from '../../src/readmodel/database.ts';
import { SqliteReadModel } from '../../src/readmodel/sqlite-read-model.ts';
import { Sink, subscribe } from '../support/live-sink.ts';
import { openLog } from '../support/open-log.ts';
import { tempFolder } from '../support/temp-folder.ts';

const today = '2024-06-01';
const count = 30;

/** A server's cursors over a log on disk, as far as they need one. */
function start(dir: string) {
  const store = openLog(dir, { now: Date.now, newId: () => 'log-1' });
  const readModel = SqliteReadModel.create(openDatabase(':memory:'), projections, 'log-1');
  const runner = Runner.start({ store, sink: readModel, onFailure: (error) => Promise.reject(error) });
  const services: Services = {
    store,
    readModel,
    ledger: { store, today: () => today, world: worldOf(readModel) },
    now: Date.now,
    today: () => today,
    waitFor: (position) => runner.waitFor(position, AbortSignal.timeout(60_000)),
    onApplied: (ring) => runner.onApplied(ring),
    recordLook: async () => undefined,
    readOnlyBecause: null,
  };
  const schema = buildXiangyueSchema();
  const telemetry = createTelemetry({ level: 'silent' });
  const live = openLive({ services, schema, executor: new Executor(schema, 60_000), telemetry });
  let closed: Promise<void> | undefined;
  const end = async () => {
    await live.close();
    await runner.stop();
    readModel.close();
    await store.close();
  };
  const close = () => {
    closed ??= end();
    return closed;
  };
  onTestFinished(close);
  return { live, services, close };
}

const register = ({ ledger }: Services, at: number) => {
  const stream = `person-p_${String(at).padStart(24, '0')}`;
  const header = { commandId: randomUUID(), basis: [], recordedBy: 'test', effectiveOn: '2020-01-01' };
  return execute(ledger, person, { name: 'registerPerson', stream, data: {}, ...header });
};

describe('a log on disk', () => {
  it('is followed through a restart while it is written, each event once', { timeout: 120_000 }, async () => {
    const dir = tempFolder();
    const first = start(dir);
    const slow = new Sink();
    slow.stallAfter(3);
    const variables = { after: '0' };
    const readers = [subscribe(first.live, { variables }), subscribe(first.live, { variables }, slow)];
    await Promise.all(Array.from({ length: count }, (_, at) => register(first.services, at)));
    await readers[0]?.has(5);
    await first.close();

    const second = start(dir);
    const again = readers.map(({ messages, subscription }) =>
      subscribe(second.live, { after: messages.at(-1)?.position ?? subscription.position }),
    );
    await Promise.all(Array.from({ length: count }, (_, at) => register(second.services, count + at)));
    const log = (await second.services.store.readLog({ limit: 1_000 })).map(({ position }) => position);
    expect(log.length).toBe(2 * count);
    for (const [at, reader] of again.entries()) {
      const before = readers[at]?.positions ?? [];
      await reader.until(() => before.length + reader.positions.length >= log.length);
      expect([...before, ...reader.positions]).toEqual(log);
    }
  });
});
