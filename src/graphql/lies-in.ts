/** Where the holders of honours lie at a picture's moment. */
import type { HonourRow } from '../../projections/honours.ts';
import { type Division, divisionById, liesIn } from './division.ts';
import type { Scene } from './scene.ts';

/** Whether the holder of an honour lies in the division at the moment, or is it. */
export function isHeldIn(
  scene: Scene,
  { village, division }: Pick<HonourRow, 'village' | 'division'>,
  scope: Division,
): boolean {
  const place = village === null ? division : (scene.village(village)?.row.township ?? null);
  return liesIn(divisionById(scene, place), scope.id);
}
