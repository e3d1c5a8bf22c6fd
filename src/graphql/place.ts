/** Where divisions and villages lie, for the decision on access: today, whatever moment is asked for. Of other things: places.ts. */
import type { Place } from '../access/may.ts';
import type { LocalDate } from '../es/event.ts';
import type { Projection, Row } from '../es/projection.ts';
import type { Scene } from './scene.ts';

const stepsMax = 6;
const lastDay = '9999-12-31';

/** What lies in no division: only grants over everything cover it. */
export const nowhere: Place = [];

/** A row as it stands today; of what begins later, as it will stand. Null where there is none. */
export function knownRow<R extends Row>(scene: Scene, projection: Projection<R>, id: string): R | null {
  return scene.one(projection, id) ?? scene.on(lastDay).one(projection, id);
}

/** A division and those above it. */
export function placeOfDivision(scene: Scene, id: string | null): Place {
  const place: string[] = [];
  for (let at = id; at !== null && place.length < stepsMax; at = parentOf(scene, at)) place.push(at);
  return place;
}

function parentOf(scene: Scene, id: string): string | null {
  return (scene.division(id) ?? scene.on(lastDay).division(id))?.parent ?? null;
}

/** The division that carried the code on a day, and those above it today. */
export function placeOfCode(scene: Scene, code: string | null | undefined, on: LocalDate): Place {
  if (code == null) return nowhere;
  const found = scene.on(on).placeByCode(code) ?? scene.placeByCode(code);
  return placeOfDivision(scene, found?.id ?? null);
}

/** The divisions in which a village lies; none where it is unknown. An id that was linked away lies where its keeper does. */
export function placeOfVillage(scene: Scene, id: string): Place {
  const found = scene.village(id) ?? scene.on(lastDay).village(id);
  return found ? placeOfDivision(scene, found.row.township) : nowhere;
}
