/** Where things lie, for the decision on access: today, whatever moment is asked for. */
import { persons } from '../../projections/persons.ts';
import { retiredCadres } from '../../projections/retired-cadres.ts';
import type { Place } from '../access/may.ts';
import { aggregateOf, idOf } from '../es/event.ts';
import type { Scene } from './scene.ts';

const stepsMax = 6;

/** A division and those above it. */
export function placeOfDivision(scene: Scene, id: string | null): Place {
  const place: string[] = [];
  for (let at = id; at !== null && place.length < stepsMax; at = scene.division(at)?.parent ?? null) place.push(at);
  return place;
}

/** The divisions in which a village lies; none where it is unknown. */
export function placeOfVillage(scene: Scene, id: string): Place {
  const found = scene.village(id);
  return found ? placeOfDivision(scene, found.row.township) : [];
}

/** The divisions in which the thing of a stream lies; none where it lies in none. */
export function placeOfStream(scene: Scene, stream: string): Place {
  const id = idOf(stream);
  switch (aggregateOf(stream)) {
    case 'division':
    case 'payrun':
      return placeOfDivision(scene, id);
    case 'retired': {
      const row = scene.one(retiredCadres, id);
      return row ? placeOfVillage(scene, row.village) : [];
    }
    case 'person':
      return scene.one(persons, id) ? [] : [];
    default:
      return placeOfVillage(scene, id);
  }
}
