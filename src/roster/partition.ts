/** Records of several editions, put together into the things they are records of. */
import type { IdentityRule } from '../domain/scalars.ts';
import { invariant } from '../es/errors.ts';

/** Two records that are one thing, and the rule that says so. Records are numbered through the editions, oldest first. */
export interface Edge {
  readonly a: number;
  readonly b: number;
  readonly rule: IdentityRule;
}

export interface Partition {
  /** The records of each thing, in the order of their editions; things in the order of their first records. */
  readonly things: readonly (readonly number[])[];
  /** By record: which of `things` it belongs to. */
  readonly thingOf: Int32Array;
  /** By record: the rule that tied it to an earlier record; undefined for the first. */
  readonly tiedBy: readonly (IdentityRule | undefined)[];
  /** Edges that were left out because both sides have a record in one edition. */
  readonly overlaps: readonly Edge[];
}

/** Names edges one after the other. */
export type Edges = (visit: (a: number, b: number, rule: IdentityRule) => void) => void;

/** Joins records along the edges, in their order. An edge that would put two records of one edition, or two of `apart`, into
 *  one thing is left out. Pure: the same records and edges give the same things.
 *  @param editionOf by record, the number of its edition, 0 to 30. */
export function partition(
  editionOf: Uint8Array,
  edges: Edges,
  apart: readonly (readonly [number, number])[],
): Partition {
  const root = Int32Array.from(editionOf, (_, record) => record);
  const editions = Int32Array.from(editionOf, (edition) => {
    invariant(edition < 31, 'at most 31 editions fit into a mask');
    return 1 << edition;
  });
  const tiedBy: (IdentityRule | undefined)[] = new Array(editionOf.length);
  const isApart = (a: number, b: number) =>
    apart.some(([p, q]) => {
      const [one, other] = [find(root, p), find(root, q)];
      return (one === a && other === b) || (one === b && other === a);
    });
  const overlaps: Edge[] = [];
  edges((a, b, rule) => {
    const one = find(root, a);
    const other = find(root, b);
    if (one === other) return;
    if (((editions[one] as number) & (editions[other] as number)) !== 0) {
      overlaps.push({ a, b, rule });
      return;
    }
    if (apart.length > 0 && isApart(one, other)) return;
    const first = Math.min(one, other);
    const second = Math.max(one, other);
    root[second] = first;
    editions[first] = (editions[first] as number) | (editions[second] as number);
    tiedBy[Math.max(a, b)] ??= rule;
  });
  return { ...collect(root), tiedBy, overlaps };
}

function find(root: Int32Array, record: number): number {
  let at = record;
  while (root[at] !== at) {
    root[at] = root[root[at] as number] as number;
    at = root[at] as number;
  }
  return at;
}

function collect(root: Int32Array): Pick<Partition, 'things' | 'thingOf'> {
  const things: number[][] = [];
  const thingOf = new Int32Array(root.length);
  for (let record = 0; record < root.length; record += 1) {
    const first = find(root, record);
    if (first === record) {
      thingOf[record] = things.length;
      things.push([record]);
    } else {
      thingOf[record] = thingOf[first] as number;
      (things[thingOf[record] as number] as number[]).push(record);
    }
  }
  return { things, thingOf };
}
