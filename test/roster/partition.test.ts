import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Edge, type Edges, partition } from '../../src/roster/partition.ts';

const edgesOf =
  (edges: readonly Edge[]): Edges =>
  (visit) => {
    for (const { a, b, rule } of edges) visit(a, b, rule);
  };
const edge = (a: number, b: number, rule: Edge['rule'] = 'SAME_CODE_SAME_NAME'): Edge => ({ a, b, rule });
/** Three editions of two records each: 0 1, 2 3, 4 5. */
const editionOf = Uint8Array.from([0, 0, 1, 1, 2, 2]);

describe('partition()', () => {
  it('joins records along chains, and says what ties each to an earlier one', () => {
    const { things, thingOf, tiedBy } = partition(
      editionOf,
      edgesOf([edge(0, 3, 'SAME_CODE_OTHER_NAME'), edge(3, 4), edge(1, 2)]),
      [],
    );
    expect(things).toEqual([[0, 3, 4], [1, 2], [5]]);
    expect([...thingOf]).toEqual([0, 1, 1, 0, 0, 2]);
    expect(tiedBy[3]).toBe('SAME_CODE_OTHER_NAME');
    expect(tiedBy[5]).toBeUndefined();
  });

  it('never puts two records of one edition into one thing, and names the edge that would', () => {
    const late = edge(1, 4);
    const { things, overlaps } = partition(editionOf, edgesOf([edge(0, 2), edge(2, 4), late]), []);
    expect(things).toEqual([[0, 2, 4], [1], [3], [5]]);
    expect(overlaps).toEqual([late]);
  });

  it('keeps apart what a clerk has parted, over any detour', () => {
    const { things } = partition(editionOf, edgesOf([edge(0, 2), edge(2, 4)]), [[0, 4]]);
    expect(things).toEqual([[0, 2], [1], [3], [4], [5]]);
  });

  it('parts all records into things of one record an edition at most, whatever the edges', () => {
    const records = fc.integer({ min: 0, max: 29 });
    const anyEdges = fc.array(fc.tuple(records, records).map(([a, b]) => edge(a, b)));
    fc.assert(
      fc.property(anyEdges, (edges) => {
        const editions = Uint8Array.from({ length: 30 }, (_, record) => Math.floor(record / 6));
        const { things, thingOf } = partition(editions, edgesOf(edges), []);
        expect(things.flat().sort((a, b) => a - b)).toEqual(Array.from(thingOf.keys()));
        for (const [at, thing] of things.entries()) {
          expect(new Set(thing.map((record) => editions[record])).size).toBe(thing.length);
          expect(thing.every((record) => thingOf[record] === at)).toBe(true);
        }
      }),
    );
  });
});
