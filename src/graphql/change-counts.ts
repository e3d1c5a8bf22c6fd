/** How much differs between two pictures. */
import { setImmediate as others } from 'node:timers/promises';
import type { SystemName } from './change-systems.ts';
import type { ChangeWalk } from './change-walk.ts';

/** Differences counted between two looks at what else waits. */
const differencesOfTurn = 5_000;

export interface ChangeCounts {
  readonly total: number;
  readonly systems: ReadonlyMap<SystemName, number>;
  /** By id of the division that they are counted under; null for what lies in none. */
  readonly divisions: ReadonlyMap<string | null, number>;
}

/** Counts all differences of a walk; other requests have their turns meanwhile. */
export async function countChanges(walk: ChangeWalk): Promise<ChangeCounts> {
  const systems = new Map<SystemName, number>();
  const divisions = new Map<string | null, number>();
  let total = 0;
  for (const { system, division } of walk.differences()) {
    total += 1;
    systems.set(system.name, (systems.get(system.name) ?? 0) + 1);
    divisions.set(division, (divisions.get(division) ?? 0) + 1);
    if (total % differencesOfTurn === 0) await others();
  }
  return { total, systems, divisions };
}
