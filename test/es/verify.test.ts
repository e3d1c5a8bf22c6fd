import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { event } from '../../src/domain/vocabulary.ts';
import type { RecordedEvent } from '../../src/es/event.ts';
import type { EventStore } from '../../src/es/store.ts';
import { verifyLog } from '../../src/es/verify.ts';

const Noted = event('A note was taken.', { text: z.string() }, { zh: '记录' });
const noted = (position: number, change: Partial<RecordedEvent> = {}): RecordedEvent => ({
  id: `note-a.${position - 1}`,
  stream: 'note-a',
  revision: position - 1,
  position,
  recordedAt: 1_000 + position,
  type: 'Noted',
  schemaVersion: 1,
  effectiveOn: '2020-01-01',
  subjects: ['note-a'],
  data: { text: 'x' },
  recordedBy: 'test',
  basis: [],
  commandId: `c${position}`,
  commandHash: `h${position}`,
  correlationId: `c${position}`,
  ...change,
});

/** A log as a damaged store would give it: no real store can be made to hold these. */
const logOf = (events: readonly RecordedEvent[]) =>
  ({
    head: async () => ({ position: events.at(-1)?.position ?? 0, recordedAt: 0 }),
    readLog: async ({ from = 0 }) => events.filter((each) => each.position > from),
  }) as unknown as EventStore;

const messages = async (...events: RecordedEvent[]) =>
  (await verifyLog(logOf(events), (type) => (type === 'Noted' ? Noted : undefined))).findings.map(
    ({ message }) => message,
  );

describe('verifyLog()', () => {
  it('finds nothing in a sound log', async () => {
    expect(await messages(noted(1), noted(2), noted(3, { voids: 'note-a.0' }))).toEqual([]);
  });

  it.each([
    ['a gap in a stream', [noted(1), noted(3)], 'revision is 2 where 1 follows'],
    ['a clock that runs backwards', [noted(1), noted(2, { recordedAt: 1 })], 'runs backwards'],
    ['an unknown type', [noted(1, { type: 'Other' })], 'Other is not known'],
    ['a payload of another shape', [noted(1, { data: { text: 1 } })], 'shape'],
    ['a payload of a later version', [noted(1, { schemaVersion: 2 })], 'version 2'],
    ['a void of what is not there', [noted(1, { voids: 'note-b.0' })], 'takes back note-b.0'],
    ['a void of itself', [noted(1, { voids: 'note-a.0' })], 'takes back note-a.0'],
    ['one command id for two commands', [noted(1), noted(2, { commandId: 'c1' })], 'stands for two'],
    ['a stream that is not its first subject', [noted(1, { subjects: ['note-b'] })], 'first subject'],
  ])('finds %s', async (_, events, message) => {
    const found = await messages(...events);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(message);
  });
});
