/** The divisions by which boards are laid out: one line a county. */
import { type Division, divisionsOf } from './division.ts';
import type { Scene } from './scene.ts';

/** Counties below a division, by code; a city without counties stands for its county. None below a township. */
export function countiesOf(scene: Scene, within: string | null): Division[] {
  const counties = divisionsOf(scene, 'COUNTY', within);
  const withCounties = new Set(divisionsOf(scene, 'COUNTY', null).map(({ parent }) => parent?.id));
  const cities = divisionsOf(scene, 'PREFECTURE', within).filter(({ id }) => !withCounties.has(id));
  return [...counties, ...cities].sort((one, other) => (one.code < other.code ? -1 : 1));
}
