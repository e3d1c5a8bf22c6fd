import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { corrections } from '../../src/domain/corrections.ts';
import { eventCatalogue } from '../../src/domain/index.ts';
import { command, event } from '../../src/domain/vocabulary.ts';
import type { Aggregate } from '../../src/es/aggregate.ts';
import { execute } from '../../src/es/execute.ts';
import { MemoryStore } from '../../src/store/memory.ts';
import { fact } from '../support/facts.ts';

/** Version 1 counted families; version 2 said `households`; version 3 says whether they were counted or estimated. */
const HouseholdsCounted = event(
  'Households were counted.',
  { households: z.int().min(0), estimated: z.boolean() },
  {
    zh: '户数',
    upcasts: [
      ({ families, ...rest }) => ({ ...rest, households: families }),
      (stored) => ({ ...stored, estimated: false }),
    ],
  },
);

const events = { ...corrections, HouseholdsCounted };
const commands = { count: command('Count.', { more: z.int() }, { zh: '计数' }) };
const census: Aggregate<typeof events, number, typeof commands> = {
  name: 'census',
  events,
  commands,
  initial: 0,
  evolve: { EventVoided: (state) => state, HouseholdsCounted: (_, { households }) => households },
  decide: {
    count: ({ more }, households) => [
      { type: 'HouseholdsCounted', data: { households: households + more, estimated: true } },
    ],
  },
};

const stream = 'census-c';
const stored = (schemaVersion: number, data: unknown) =>
  fact(stream, { type: 'HouseholdsCounted', schemaVersion, data, effectiveOn: '2017-01-01' });

const count = async (schemaVersion: number, data: unknown) => {
  const store = new MemoryStore({ now: () => 1, identity: { id: 'test', kind: 'real' } });
  await store.append(stream, [stored(schemaVersion, data)], 'none');
  const ledger = { store, today: () => '2021-05-06', world: undefined };
  const header = { commandId: 'c-2', effectiveOn: '2018-01-01', basis: [], recordedBy: 'test' };
  return execute(ledger, census, { name: 'count', stream, data: { more: 5 }, ...header });
};

describe('an event as an old version stored it', () => {
  it.each([
    [1, { families: 320 }],
    [2, { households: 320 }],
    [3, { households: 320, estimated: false }],
  ])('of version %i reads as one of today', (version, data) => {
    expect(HouseholdsCounted.decode(Object.freeze(data), version)).toEqual({ households: 320, estimated: false });
  });

  it('is folded from the log, and what follows it is written in today’s version', async () => {
    const { events: written } = await count(1, { families: 320 });
    expect(written[0]).toMatchObject({ schemaVersion: 3, data: { households: 325, estimated: true } });
  });

  it('is checked once it is rebuilt', () => {
    expect(() => HouseholdsCounted.decode({ families: -1 }, 1)).toThrow(
      expect.objectContaining({ code: 'E_EVENT_INVALID' }),
    );
  });
});

describe('an event of a version that this program does not know', () => {
  it.each([4, 0, -1, 1.5, Number.NaN])('is refused: %d', (version) => {
    const decode = () => HouseholdsCounted.decode({ households: 1, estimated: false }, version);
    expect(decode).toThrow(expect.objectContaining({ code: 'E_EVENT_UNKNOWN' }));
  });

  it('is not decided upon', async () => {
    await expect(count(4, { homes: 320 })).rejects.toMatchObject({ code: 'E_EVENT_UNKNOWN' });
  });
});

describe('the catalogue', () => {
  it.each([...eventCatalogue])('%s refuses what its shape does not name', (_, definition) => {
    expect(() => definition.encode({ unheardOf: 1 })).toThrow(expect.objectContaining({ code: 'E_EVENT_INVALID' }));
  });
});
