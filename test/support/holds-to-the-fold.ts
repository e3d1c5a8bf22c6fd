/** Holds a projection, and the engine under it, to the brute-force fold. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect } from 'vitest';
import { idOf, type RecordedEvent } from '../../src/es/event.ts';
import type { Moment, Projection, ReadModel, Row } from '../../src/es/projection.ts';
import type { EventStore } from '../../src/es/store.ts';
import { compare } from '../../src/readmodel/compare.ts';
import { type Database, openDatabase, openDraft } from '../../src/readmodel/database.ts';
import { finishDraft } from '../../src/readmodel/finish.ts';
import { rebuild } from '../../src/readmodel/rebuild.ts';
import { foldShard } from '../../src/readmodel/shard.ts';
import { SqliteReadModel } from '../../src/readmodel/sqlite-read-model.ts';
import { MemoryStore } from '../../src/store/memory.ts';
import { type Append, arbitraryHistory, days, type Occurrence } from './arbitrary-history.ts';
import { BruteForce } from './brute-force.ts';
import { arbitraryListCase, compareLists } from './compare-lists.ts';

/** For random histories of `occurrences`, in random batches, every read at random moments equals the fold. */
export async function holdsToTheFold<R extends Row>(
  projection: Projection<R>,
  occurrences: fc.Arbitrary<Occurrence>,
  { runs = 100, eventsMax = 24 }: { runs?: number; eventsMax?: number } = {},
): Promise<void> {
  const arbitrary = fc.record({
    appends: arbitraryHistory(occurrences, eventsMax),
    cuts: fc.array(fc.integer({ min: 1, max: eventsMax }), { maxLength: 6 }),
    lists: arbitraryListCase(projection),
    moments: fc.array(fc.tuple(fc.constantFrom(...days), fc.nat(eventsMax)), { minLength: 2, maxLength: 4 }),
  });
  await fc.assert(
    fc.asyncProperty(arbitrary, async ({ appends, cuts, lists, moments }) => {
      const store = await storeOf(appends);
      const log = await store.readLog({ limit: 10_000 });
      const truth = new BruteForce(projection, log);
      const at = moments.map(([effectiveOn, position]) => ({ effectiveOn, position }));
      await withFolder(async (dir) => {
        const live = await appliedInBatches(join(dir, 'live.sqlite'), projection, store, log, cuts);
        compareReads(projection, live, truth, at);
        for (const moment of at) compareLists(projection, live, truth, moment, lists);
        live.close();
        const rebuilt = await rebuiltFiles(dir, projection, store);
        for (const path of rebuilt) {
          expectEqualFiles(join(dir, 'live.sqlite'), path, projection);
          const model = SqliteReadModel.over(openDatabase(path), [projection as unknown as Projection]);
          compareReads(projection, model, truth, at.slice(0, 1));
          compareLists(projection, model, truth, at[0] as Moment, lists);
          model.close();
        }
      });
    }),
    { numRuns: runs },
  );
}

export async function storeOf(appends: readonly Append[]): Promise<EventStore> {
  let now = 0;
  const store = new MemoryStore({ now: () => ++now, identity: { id: 'test', kind: 'simulated' } });
  for (const { stream, event } of appends) await store.append(stream, [event], 'any');
  return store;
}

/** A read model that took the log in batches that end at `cuts`. */
export async function appliedInBatches<R extends Row>(
  path: string,
  projection: Projection<R>,
  store: EventStore,
  log: readonly RecordedEvent[],
  cuts: readonly number[],
): Promise<SqliteReadModel> {
  const model = SqliteReadModel.create(openDatabase(path), [projection as unknown as Projection], 'test');
  const ends = [...new Set([...cuts, log.length])].sort((a, b) => a - b);
  const ids = [...new Set(log.flatMap(({ subjects }) => subjects.map(idOf)))];
  for (const [i, end] of ends.entries()) {
    await model.apply(log.slice(ends[i - 1] ?? 0, end), (stream) => store.readSubject(stream));
    // What is read between the batches is remembered, and must not be what is answered after the next.
    for (const effectiveOn of days) model.many(projection, ids, { effectiveOn, position: end });
  }
  return model;
}

/** Files built from the log: at one go, and in two shards that are then joined. */
async function rebuiltFiles<R extends Row>(
  dir: string,
  projection: Projection<R>,
  store: EventStore,
): Promise<string[]> {
  const { position: until } = await store.head();
  const projections = [projection as unknown as Projection];
  const whole = join(dir, 'whole.sqlite');
  await rebuild({ path: whole, projections, store });
  const streams = (await store.readLog({ limit: 10_000 })).map(({ stream }) => stream).sort();
  const cut = streams[Math.floor(streams.length / 2)];
  const paths = [join(dir, 'joined.sqlite'), join(dir, 'shard.sqlite')] as const;
  const [first, second] = paths.map(openDraft) as [Database, Database];
  await foldShard(first, projections, store, { range: { before: cut, until }, number: 0 }, () => {});
  await foldShard(second, projections, store, { range: { from: cut, until }, number: 1 }, () => {});
  second.close();
  finishDraft(first, projections, [paths[1]], { position: until, logId: 'test' });
  first.close();
  return [whole, paths[0]];
}

/** Two files hold the same rows, tallies, positions and marks. */
export function expectEqualFiles<R extends Row>(a: string, b: string, projection: Projection<R>): void {
  const [left, right] = [a, b].map(openDatabase) as [Database, Database];
  expect(compare(left, right, [projection as unknown as Projection])).toEqual([]);
  left.close();
  right.close();
}

/** Every kind of read, at every moment, against the truth. */
export function compareReads<R extends Row>(
  projection: Projection<R>,
  model: ReadModel,
  truth: BruteForce<R>,
  moments: readonly Moment[],
): void {
  expect(model.stuck()).toEqual([]);
  const groups = truth.groups();
  for (const at of moments) {
    const all = truth.all(at);
    for (const id of truth.ids) expect(model.one(projection, id, at)).toEqual(truth.one(id, at));
    expect(model.many(projection, [...truth.ids, 'nobody'], at)).toEqual([
      ...truth.ids.map((id) => truth.one(id, at)),
      null,
    ]);
    expect(model.select(projection, { limit: 1_000 }, at)).toEqual(all);
    expect(model.count(projection, {}, at)).toBe(all.length);
    if (projection.cube) expect(model.tally(projection, groups, at)).toEqual(truth.tally(groups, at));
    for (const id of truth.ids)
      expect(model.timeline(projection, id, at.position)).toEqual(truth.timeline(id, at.position));
    const other = moments[0] as Moment;
    expect(model.changed(projection, other, at, '', 1_000)).toEqual(truth.changed(other, at));
    comparePicture(projection, model, truth, at);
  }
}

/** `touched` never hides a change: the picture at a moment is that of the last position it names. */
function comparePicture<R extends Row>(
  projection: Projection<R>,
  model: ReadModel,
  truth: BruteForce<R>,
  at: Moment,
): void {
  const position = model.touched([projection.name], at.position);
  expect(position).toBeLessThanOrEqual(at.position);
  expect(truth.all({ ...at, position })).toEqual(truth.all(at));
}

export async function withFolder(work: (dir: string) => Promise<void>): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'xiangyue-'));
  try {
    await work(dir);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
