import { describe, expect, it } from 'vitest';
import { type Command, VOID_COMMAND } from '../../src/es/command.ts';
import type { NewEvent, RecordedEvent } from '../../src/es/event.ts';
import { execute } from '../../src/es/execute.ts';
import type { EventStore, ExpectedRevision } from '../../src/es/store.ts';
import { MemoryStore } from '../../src/store/memory.ts';
import { counter } from '../support/counter.ts';

const stream = 'counter-c';
const memory = () => new MemoryStore({ now: () => 1, identity: { id: 'test', kind: 'simulated' } });
const ledger = (store: EventStore) => ({ store, today: () => '2021-05-06', world: undefined });

const step = (by: number, commandId: string, parts: Partial<Command> = {}): Command => ({
  name: 'step',
  stream,
  data: { by },
  commandId,
  effectiveOn: '2020-06-30',
  basis: [],
  recordedBy: 'local',
  ...parts,
});
const voiding = (eventId: string, commandId: string) =>
  step(0, commandId, { name: VOID_COMMAND, data: { eventId, reason: 'a slip' }, corrects: eventId });

const send = (store: EventStore, command: Command) => execute(ledger(store), counter, command);

/** A store in which another writer comes first: before each append, as often as there are commands. */
function raced(rivals: Command[]): EventStore & { appends: number } {
  const store = memory();
  const race = Object.create(store, {
    append: {
      async value(to: string, events: readonly NewEvent[], expected: ExpectedRevision) {
        race.appends += 1;
        const rival = rivals.shift();
        if (rival) await send(store, rival);
        return store.append(to, events, expected);
      },
    },
    readSubject: { value: (of: string) => store.readSubject(of) },
    readStream: { value: (of: string) => store.readStream(of) },
    appends: { value: 0, writable: true },
  }) as EventStore & { appends: number };
  return race;
}

const total = (events: readonly RecordedEvent[]) => events.map(({ data }) => (data as { by: number }).by);

describe('a repeated command', () => {
  it('gives the same answer and no event, whoever sends it and whatever revision he expects', async () => {
    const store = memory();
    const first = await send(store, step(1, 'c-1'));
    await send(store, step(2, 'c-2'));
    expect(await send(store, step(1, 'c-1', { recordedBy: 'other', expectedRevision: 7 }))).toEqual(first);
    expect(await store.readStream(stream)).toHaveLength(2);
  });

  it.each<[string, Partial<Command>]>([
    ['data', { data: { by: 2 } }],
    ['day', { effectiveOn: '2020-07-01' }],
    ['note', { note: 'as decided' }],
    ['basis', { basis: [{ title: '决定' }] }],
    ['decidedBy', { decidedBy: { level: 'COUNTY', organ: '民政局' } }],
    ['corrects', { corrects: `${stream}.0` }],
  ])('is another command with another %s', async (_, parts) => {
    const store = memory();
    await send(store, step(1, 'c-1'));
    const other = send(store, step(1, 'c-1', parts));
    await expect(other).rejects.toMatchObject({ code: 'E_DUPLICATE_COMMAND', details: { eventId: `${stream}.0` } });
  });

  it('is found when its twin wins the race, though a revision was expected', async () => {
    const twin = step(1, 'c-1', { expectedRevision: -1 });
    const store = raced([twin]);
    const { events } = await send(store, twin);
    expect(events.map(({ id }) => id)).toEqual([`${stream}.0`]);
    expect(await store.readStream(stream)).toHaveLength(1);
  });
});

describe('an expected revision', () => {
  it('that is not the stream’s is refused with the one that is', async () => {
    const store = memory();
    await send(store, step(1, 'c-1'));
    const stale = send(store, step(1, 'c-2', { expectedRevision: 4 }));
    await expect(stale).rejects.toMatchObject({ code: 'E_STALE_REVISION', details: { actualRevision: 0 } });
  });

  it('is never decided anew', async () => {
    const store = raced([step(5, 'rival')]);
    const conflict = send(store, step(1, 'c-1', { expectedRevision: -1 }));
    await expect(conflict).rejects.toMatchObject({ code: 'E_STALE_REVISION', details: { actualRevision: 0 } });
    expect(store.appends).toBe(1);
  });
});

describe('a conflict', () => {
  it('is decided anew on what came between', async () => {
    const store = raced([step(5, 'rival')]);
    await send(store, step(1, 'c-1'));
    expect(total(await store.readStream(stream))).toEqual([5, 1]);
    expect(store.appends).toBe(2);
  });

  it('is retried once and no more', async () => {
    const store = raced([step(2, 'rival-1'), step(3, 'rival-2'), step(4, 'rival-3')]);
    await expect(send(store, step(1, 'c-1'))).rejects.toMatchObject({ code: 'E_STALE_REVISION' });
    expect(total(await store.readStream(stream))).toEqual([2, 3]);
  });

  it('may turn an act into a refusal', async () => {
    const store = raced([step(9, 'rival')]);
    await expect(send(store, step(2, 'c-1'))).rejects.toMatchObject({ code: 'E_FIGURE_INVALID' });
  });
});

describe('a decision', () => {
  it('that states nothing leaves the log as it is', async () => {
    const store = memory();
    await send(store, step(1, 'c-1'));
    expect(await send(store, step(0, 'c-2'))).toEqual({ events: [], position: 1, revision: 0 });
    expect(await send(memory(), step(0, 'c-1'))).toEqual({ events: [], position: 0, revision: -1 });
  });

  it('sees the state on its own day, and all that is known beside', async () => {
    const store = memory();
    await send(store, step(9, 'c-1', { effectiveOn: '2021-01-01' }));
    await expect(send(store, step(2, 'c-2', { effectiveOn: '2021-01-02' }))).rejects.toThrow();
    await expect(send(store, step(2, 'c-3', { effectiveOn: '2020-12-31' }))).resolves.toMatchObject({ revision: 1 });
  });

  it('may not state more events than one append is to hold', async () => {
    const many = send(memory(), step(1, 'c-1', { name: 'stepOften', data: { times: 1_001 } }));
    await expect(many).rejects.toMatchObject({ code: 'E_TOO_MANY_EVENTS' });
  });

  it('is not made over an event of its own stream that this program does not know', async () => {
    const store = memory();
    const { events } = await send(store, step(1, 'c-1'));
    await store.append(stream, [{ ...(events[0] as RecordedEvent), type: 'Leapt', commandId: 'newer' }], 'any');
    await expect(send(store, step(1, 'c-2'))).rejects.toMatchObject({ code: 'E_EVENT_UNKNOWN' });
  });

  it('passes over events of others that name its entity', async () => {
    const store = memory();
    const { events } = await send(store, step(1, 'c-1', { stream: 'counter-d' }));
    const foreign = { ...(events[0] as RecordedEvent), type: 'Leapt', subjects: ['frog-f', stream], voids: undefined };
    await store.append('frog-f', [foreign], 'any');
    await expect(send(store, step(1, 'c-2'))).resolves.toMatchObject({ revision: 0 });
  });
});

describe('a correction', () => {
  it('replaces the event and names all that it named', async () => {
    const store = memory();
    await send(store, step(3, 'c-1', { data: { by: 3, beside: 'counter-d' } }));
    const { events } = await send(store, step(9, 'c-2', { corrects: `${stream}.0` }));
    expect(events[0]).toMatchObject({ type: 'Stepped', voids: `${stream}.0`, subjects: [stream, 'counter-d'] });
    await expect(send(store, step(2, 'c-3'))).rejects.toThrow();
  });

  it('replaces by its first event only', async () => {
    const store = memory();
    await send(store, step(1, 'c-1'));
    const often = step(0, 'c-2', { name: 'stepOften', data: { times: 2 }, corrects: `${stream}.0` });
    const { events } = await send(store, often);
    expect(events.map(({ voids }) => voids)).toEqual([`${stream}.0`, undefined]);
  });

  it.each<[string, Partial<Command>]>([
    ['of another stream', { corrects: 'counter-d.0' }],
    ['that is not there', { corrects: `${stream}.7` }],
    ['whose id is none', { corrects: `${stream}.00` }],
    ['of another type', { name: 'rest', data: {}, corrects: `${stream}.0` }],
    ['by nothing', { data: { by: 0 }, corrects: `${stream}.0` }],
    ['that is replaced', { corrects: `${stream}.1` }],
    ['that is voided', { corrects: `${stream}.3` }],
  ])('refuses an event %s', async (_, parts) => {
    const store = memory();
    for (const name of ['c-0', 'd-0']) await send(store, step(1, name, { stream: `counter-${name[0]}` }));
    await send(store, step(1, 'c-1'));
    await send(store, step(2, 'c-2', { corrects: `${stream}.1` }));
    await send(store, step(1, 'c-3'));
    await send(store, voiding(`${stream}.3`, 'c-4'));
    await expect(send(store, step(1, 'c-5', parts))).rejects.toMatchObject({ code: 'E_CORRECTION_TARGET' });
  });
});

describe('a void', () => {
  it('takes effect on its target’s day, names its subjects, and can be voided itself', async () => {
    const store = memory();
    await send(store, step(9, 'c-1', { data: { by: 9, beside: 'counter-d' } }));
    const { events } = await send(store, voiding(`${stream}.0`, 'c-2'));
    expect(events[0]).toMatchObject({
      type: 'EventVoided',
      effectiveOn: '2020-06-30',
      subjects: [stream, 'counter-d'],
    });
    await expect(send(store, step(2, 'c-3'))).resolves.toBeDefined();
    await send(store, voiding(`${stream}.1`, 'c-4'));
    await expect(send(store, step(2, 'c-5'))).rejects.toMatchObject({ code: 'E_FIGURE_INVALID' });
  });

  it('is refused twice over', async () => {
    const store = memory();
    await send(store, step(1, 'c-1'));
    await send(store, voiding(`${stream}.0`, 'c-2'));
    await expect(send(store, voiding(`${stream}.0`, 'c-3'))).rejects.toMatchObject({ code: 'E_CORRECTION_TARGET' });
  });
});
