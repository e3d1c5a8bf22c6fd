/** Whether things lie below a division at a picture's moment. */
import type { HonourRow } from '../../projections/honours.ts';
import { type Division, divisionById } from './division.ts';
import type { Scene } from './scene.ts';

/** Whether the holder of an honour lies in the division at the moment, or is it. */
export function isHeldIn(
  scene: Scene,
  { village, division }: Pick<HonourRow, 'village' | 'division'>,
  scope: Division,
): boolean {
  return liesIn(scene, village === null ? division : (scene.village(village)?.row.township ?? null), scope);
}

/** Whether a division is the other one or lies below it at the moment. */
export function liesIn(scene: Scene, division: string | null, scope: Division): boolean {
  for (let at = divisionById(scene, division); at; at = at.parent) if (at.id === scope.id) return true;
  return false;
}
