/** Which divisions a region holds: a set of divisions without some below them, or a single village. */
import type { LocalDate } from '../es/event.ts';

/** A region by the ids of its divisions; `village` where it is one village alone. */
export interface Region {
  readonly included: readonly string[];
  readonly excluded: readonly string[];
  readonly village?: string;
}

/** How much of a division lies in a region. */
export type Coverage = 'WHOLE' | 'PART' | 'NONE';

type Parents = (id: string) => string | null;
const stepsMax = 6;

/** The division with all above it, the nearest first. */
export function lineOf(id: string, parentOf: Parents): readonly string[] {
  const line: string[] = [];
  for (let at: string | null = id; at !== null && line.length < stepsMax; at = parentOf(at)) line.push(at);
  return line;
}

/** How much of the division lies in the region: the nearest of its line that the region names decides; where a division
 *  below it is named otherwise, it is a part. Pure. */
export function coverageOf(region: Region, division: string, parentOf: Parents): Coverage {
  const { included, excluded } = region;
  const line = lineOf(division, parentOf);
  const nearest = line.find((id) => included.includes(id) || excluded.includes(id));
  const lies = nearest !== undefined && !excluded.includes(nearest);
  const others = lies ? excluded : included;
  const hasBelow = others.some((id) => id !== division && lineOf(id, parentOf).includes(division));
  if (hasBelow) return 'PART';
  return lies ? 'WHOLE' : 'NONE';
}

/** Whether two regions share a division. A village's region shares only with the same village's. */
export function overlap(a: Region, b: Region, parentOf: Parents): boolean {
  if (a.village !== undefined || b.village !== undefined) return a.village === b.village;
  const touches = (one: Region, other: Region) => one.included.some((id) => coverageOf(other, id, parentOf) !== 'NONE');
  return touches(a, b) || touches(b, a);
}

/** As much of a world as says what lies above a division. */
interface Divisions {
  division(id: string, on: LocalDate): { readonly parent: string | null } | null;
}

/** Ids of the divisions above, as the world has them on a day. */
export const parentsOn =
  (world: Divisions, day: LocalDate): Parents =>
  (id) =>
    world.division(id, day)?.parent ?? null;
