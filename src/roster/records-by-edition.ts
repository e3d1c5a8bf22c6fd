/** Small questions about the records of one thing. */
import type { IdentityRule } from '../domain/scalars.ts';

/** The thing's record in each edition, by the edition's number. */
export function recordsByEdition(thing: readonly number[], editionOf: Uint8Array): (number | undefined)[] {
  const records: (number | undefined)[] = [];
  for (const record of thing) records[editionOf[record] as number] = record;
  return records;
}

/** The rule by which a statement on an edition's day is made: what ties its record to an earlier one, or else to a later. */
export function ruleOf(
  records: readonly (number | undefined)[],
  edition: number,
  tiedBy: readonly (IdentityRule | undefined)[],
): IdentityRule {
  const record = records[edition];
  if (record === undefined) return 'MISSING';
  const next = records.find((each, at) => at > edition && each !== undefined);
  return tiedBy[record] ?? (next === undefined ? 'FIRST_RECORD' : (tiedBy[next] ?? 'FIRST_RECORD'));
}
