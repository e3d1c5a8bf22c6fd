/** The SQLite store beside the memory store: the same requests, the same answers. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CodedError } from '../../../src/es/errors.ts';
import type { NewEvent } from '../../../src/es/event.ts';
import type { EventStore, ExpectedRevision } from '../../../src/es/store.ts';
import { MemoryStore } from '../../../src/store/memory.ts';
import { fact } from '../../support/facts.ts';
import { openLog } from '../../support/open-log.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const names = ['village-a', 'village-b', 'division-c', 'charter-d'];
const types = ['Listed', 'Renamed', 'Merged'];

interface Request {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: readonly { readonly type: string; readonly others: readonly string[]; readonly data: unknown }[];
}

const request: fc.Arbitrary<Request> = fc.record({
  stream: fc.constantFrom(...names),
  expected: fc.oneof(fc.constantFrom<ExpectedRevision>('any', 'any', 'none'), fc.nat(4)),
  events: fc.array(
    fc.record({
      type: fc.constantFrom(...types),
      others: fc.subarray(names),
      data: fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue(), { maxKeys: 4 }),
    }),
    { minLength: 1, maxLength: 3 },
  ),
});

const filter = fc.record(
  { types: fc.subarray(types), streams: fc.subarray(names), subjects: fc.subarray(names) },
  { requiredKeys: [] },
);

const page = fc.record(
  {
    filter,
    from: fc.nat(30),
    until: fc.nat(30),
    backwards: fc.boolean(),
    limit: fc.integer({ min: 1, max: 8 }),
  },
  { requiredKeys: ['limit'] },
);

const eventsOf = ({ stream, events }: Request): NewEvent[] =>
  events.map(({ type, others, data }) => fact(stream, { type, data, subjects: [...new Set([stream, ...others])] }));

/** Every append's outcome: what was recorded, or where the stream stands instead. */
async function outcomes(store: EventStore, groups: readonly (readonly Request[])[]): Promise<unknown[]> {
  const all: unknown[] = [];
  for (const group of groups) {
    const asked = group.map((request) => store.append(request.stream, eventsOf(request), request.expected));
    for (const outcome of await Promise.allSettled(asked)) all.push(told(outcome));
  }
  return all;
}

function told(outcome: PromiseSettledResult<unknown>): unknown {
  if (outcome.status === 'fulfilled') return outcome.value;
  if (outcome.reason instanceof CodedError) return outcome.reason.details;
  throw outcome.reason;
}

async function collected<T>(batches: AsyncIterable<readonly T[]>): Promise<T[]> {
  const all: T[] = [];
  for await (const batch of batches) all.push(...batch);
  return all;
}

describe('SqliteStore and MemoryStore', () => {
  it('answer alike, whatever is appended in whatever groups', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(request, { maxLength: 5 }), { maxLength: 6 }),
        fc.array(page),
        async (groups, pages) => {
          const memory = new MemoryStore({ now: () => 1_000, identity: { id: 'log-1', kind: 'real' } });
          const sqlite = openLog(tempFolder());
          expect(await outcomes(sqlite, groups)).toEqual(await outcomes(memory, groups));
          for (const name of names) {
            expect(await sqlite.readStream(name)).toEqual(await memory.readStream(name));
            expect(await sqlite.readSubject(name)).toEqual(await memory.readSubject(name));
          }
          for (const asked of pages) expect(await sqlite.readLog(asked)).toEqual(await memory.readLog(asked));
          const until = 12;
          const except = ['Renamed'];
          expect(await collected(sqlite.readStreams({ until }))).toEqual(
            await collected(memory.readStreams({ until })),
          );
          for (const range of [{ until }, { until, except, from: names[0], before: names[1] }]) {
            expect(await collected(sqlite.readShared(range))).toEqual(await collected(memory.readShared(range)));
          }
          await sqlite.close();
        },
      ),
      { numRuns: 60 },
    );
  });
});
