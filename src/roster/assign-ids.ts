/** Which id each thing of a partition bears. */
import type { LocalDate } from '../es/event.ts';
import type { Anchor } from './anchors.ts';
import { opaqueId } from './digest.ts';
import type { Partition } from './partition.ts';

export interface Ids {
  /** By number of the thing. */
  readonly idOf: readonly string[];
  /** Ids of the log that prove to be another's thing, by the id that goes on. */
  readonly aliases: ReadonlyMap<string, string>;
}

/** A thing keeps the id that it is known by; the first of several goes on, the others become its aliases; a thing that none
 *  is known of gets an id from its first record: the same on every machine.
 *  `named`: edition day and code of a record. Pure. */
export function assignIds(
  prefix: 'v_' | 'd_',
  { things, thingOf }: Partition,
  anchors: readonly Anchor[],
  named: (record: number) => readonly [editionOn: LocalDate, code: string],
): Ids {
  const idOf: string[] = new Array(things.length);
  const aliases = new Map<string, string>();
  for (const { id, record } of anchors) {
    const thing = thingOf[record] as number;
    const keeper = idOf[thing];
    if (keeper === undefined) idOf[thing] = id;
    else aliases.set(id, keeper);
  }
  things.forEach(([first], at) => {
    idOf[at] ??= freshId(prefix, ...named(first as number));
  });
  return { idOf, aliases };
}

const freshId = (prefix: 'v_' | 'd_', editionOn: string, code: string): string =>
  opaqueId(prefix, `nbs:${editionOn}:${code}`);
