/** How much differs between two pictures. */
import type { SystemName } from './change-systems.ts';
import type { ChangeWalk } from './change-walk.ts';

export interface ChangeCounts {
  readonly total: number;
  readonly systems: ReadonlyMap<SystemName, number>;
  /** By id of the division that they are counted under; null for what lies in none. */
  readonly divisions: ReadonlyMap<string | null, number>;
}

/** Counts all differences of a walk; other requests have their turns meanwhile. Errors: `E_TIMEOUT` where nobody waits for
 *  the counts any more. */
export async function countChanges(walk: ChangeWalk): Promise<ChangeCounts> {
  const systems = new Map<SystemName, number>();
  const divisions = new Map<string | null, number>();
  let total = 0;
  for await (const { system, division } of walk.differences()) {
    total += 1;
    systems.set(system.name, (systems.get(system.name) ?? 0) + 1);
    divisions.set(division, (divisions.get(division) ?? 0) + 1);
  }
  return { total, systems, divisions };
}
