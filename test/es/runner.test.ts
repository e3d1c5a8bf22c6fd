import { describe, expect, it } from 'vitest';
import type { NewEvent, RecordedEvent } from '../../src/es/event.ts';
import { type ProjectionSink, Runner } from '../../src/es/runner.ts';
import { MemoryStore } from '../../src/store/memory.ts';

const newStore = () => {
  let now = 0;
  return new MemoryStore({ now: () => ++now, identity: { id: 'test', kind: 'simulated' } });
};

const note = (n: number): NewEvent => ({
  type: 'Noted',
  schemaVersion: 1,
  effectiveOn: '2020-06-30',
  subjects: ['note-1'],
  data: { n },
  recordedBy: 'test',
  basis: [],
  commandId: `c${n}`,
  commandHash: '',
  correlationId: `c${n}`,
});

class ListSink implements ProjectionSink {
  readonly batches: number[] = [];
  readonly events: RecordedEvent[] = [];
  failures: unknown[] = [];
  get position() {
    return this.events.at(-1)?.position ?? 0;
  }
  async apply(events: readonly RecordedEvent[]) {
    const failure = this.failures.shift();
    if (failure) throw failure;
    this.batches.push(events.length);
    this.events.push(...events);
  }
}

const never = () => new AbortController().signal;
const noFailure = async (error: unknown) => {
  throw error;
};

describe('Runner', () => {
  it('hands on what the log holds, in batches, then what is appended', async () => {
    const [store, sink] = [newStore(), new ListSink()];
    for (let n = 0; n < 5; n++) await store.append('note-1', [note(n)], 'any');
    const runner = Runner.start({ store, sink, batchEventsMax: 2, onFailure: noFailure });
    await runner.waitFor(5, never());
    await store.append('note-1', [note(5), note(6)], 'any');
    await runner.waitFor(7, never());
    await runner.stop();
    expect(sink.batches).toEqual([2, 2, 1, 2]);
    expect(sink.events.map(({ position }) => position)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it('goes on from the position where the sink stands', async () => {
    const [store, sink] = [newStore(), new ListSink()];
    await store.append('note-1', [note(0), note(1)], 'any');
    sink.events.push(...(await store.readLog({ limit: 1 })));
    const runner = Runner.start({ store, sink, onFailure: noFailure });
    await runner.waitFor(2, never());
    await runner.stop();
    expect(sink.batches).toEqual([1]);
  });

  it('reports a failure and takes the same batch again', async () => {
    const [store, sink] = [newStore(), new ListSink()];
    sink.failures = [new Error('disk full')];
    const reported: unknown[] = [];
    await store.append('note-1', [note(0)], 'any');
    const onFailure = async (error: unknown) => void reported.push(error);
    const runner = Runner.start({ store, sink, onFailure });
    await runner.waitFor(1, never());
    await runner.stop();
    expect(reported).toEqual([new Error('disk full')]);
    expect(sink.events).toHaveLength(1);
  });

  it('lets the sink settle first, and tells those who wait for what that brought', async () => {
    const [store, sink] = [newStore(), new ListSink()];
    await store.append('note-1', [note(0)], 'any');
    const settled = async () => {
      if (sink.events.length === 0) sink.events.push(...(await store.readLog({ limit: 1 })));
    };
    const runner = Runner.start({ store, sink: Object.assign(sink, { settled }), onFailure: noFailure });
    await runner.waitFor(1, never());
    await runner.stop();
    expect(sink.batches).toEqual([]);
  });

  it('rings after each batch', async () => {
    const [store, sink] = [newStore(), new ListSink()];
    const runner = Runner.start({ store, sink, onFailure: noFailure });
    const rung = new Promise<number>((resolve) => runner.onApplied(() => resolve(sink.position)));
    await store.append('note-1', [note(0)], 'any');
    expect(await rung).toBe(1);
    await runner.stop();
  });
});

describe('waitFor()', () => {
  it('is refused when its deadline comes first', async () => {
    const runner = Runner.start({ store: newStore(), sink: new ListSink(), onFailure: noFailure });
    const deadline = new AbortController();
    const waiting = runner.waitFor(3, deadline.signal);
    deadline.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'E_BEHIND', details: { position: 3, reached: 0 } });
    await expect(runner.waitFor(3, deadline.signal)).rejects.toMatchObject({ code: 'E_BEHIND' });
    await runner.stop();
  });

  it('is refused when the runner stops', async () => {
    const runner = Runner.start({ store: newStore(), sink: new ListSink(), onFailure: noFailure });
    const waiting = runner.waitFor(1, never());
    const refused = expect(waiting).rejects.toMatchObject({ code: 'E_UNAVAILABLE' });
    await runner.stop();
    await refused;
  });
});
