/** Which id each thing of a partition bears. */
import type { Anchor } from './anchors.ts';
import { opaqueId } from './digest.ts';
import type { EditionSet, RecordSet } from './edition-set.ts';
import type { Partition } from './partition.ts';

export interface Ids {
  /** By number of the thing. */
  readonly idOf: readonly string[];
  /** Ids of the log that prove to be another's thing, by the id that goes on. */
  readonly aliases: ReadonlyMap<string, string>;
}

/** A thing keeps the id that it is known by; the first of several goes on, the others become its aliases; a thing that none
 *  is known of gets an id from its first record: the same on every machine. Pure. */
export function assignIds(
  prefix: 'v_' | 'd_',
  { things, thingOf }: Partition,
  anchors: readonly Anchor[],
  records: RecordSet,
  { editions }: EditionSet,
): Ids {
  const idOf: string[] = new Array(things.length);
  const aliases = new Map<string, string>();
  for (const { id, record } of anchors) {
    const thing = thingOf[record] as number;
    const keeper = idOf[thing];
    if (keeper === undefined) idOf[thing] = id;
    else aliases.set(id, keeper);
  }
  const codes = codesOf(records);
  things.forEach((thing, at) => {
    const first = thing[0] as number;
    idOf[at] ??= freshId(prefix, editions[records.editionOf[first] as number]?.on as string, codes[first] as string);
  });
  return { idOf, aliases };
}

/** Codes by record. */
export function codesOf({ byCode }: RecordSet): string[] {
  const codes: string[] = [];
  for (const each of byCode) for (const [code, record] of each) codes[record] = code;
  return codes;
}

const freshId = (prefix: 'v_' | 'd_', editionOn: string, code: string): string =>
  opaqueId(prefix, `nbs:${editionOn}:${code}`);
