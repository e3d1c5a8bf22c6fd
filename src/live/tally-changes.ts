/** Which divisions' counts differ between two moments. */
import { divisions } from '../../projections/divisions.ts';
import { fundYears, yearGroup } from '../../projections/fund-years.ts';
import { projections } from '../../projections/index.ts';
import type { Moment, Projection } from '../es/projection.ts';
import { type Division, divisionById, divisionsOf } from '../graphql/division.ts';
import { Scene } from '../graphql/scene.ts';
import { tallyOf } from '../graphql/tally.ts';

const cubes: readonly Projection[] = projections.filter(({ cube }) => cube !== undefined);
/** Fiscal years that are compared one by one: money may move from one to another while the sum stays. */
const yearsBack = 20;
const yearsAhead = 2;

export interface TallyPlace {
  readonly level: Division['level'];
  readonly within: string | null;
}

/** Divisions of `now` whose counts are others than at `then`, by code; last those that were there then and are listed no longer. */
export function changedSince(now: Scene, then: Moment, { level, within }: TallyPlace): Division[] {
  const before = Scene.at(now.context, then);
  const touched = cubes.filter((projection) => isTouched(now, then, projection));
  const listing = isTouched(now, then, divisions as unknown as Projection);
  if (touched.length === 0 && !listing) return [];
  const current = divisionsOf(now, level, within);
  const known = new Map(divisionsOf(before, level, within).map((division) => [division.id, division]));
  const changed = current.filter((division) => {
    const old = known.get(division.id);
    known.delete(division.id);
    if (!old) return true;
    const years = yearsOf(now.at);
    const [oldGroups, groups] = [groupsOf(before, old), groupsOf(now, division)];
    return touched.some((each) => sums(before, each, oldGroups, years) !== sums(now, each, groups, years));
  });
  const gone = [...known.keys()].flatMap((id) => divisionById(now, id) ?? []);
  return [...changed, ...gone];
}

/** Whether anything of a read model can differ: an event has touched it, or the day is another. */
function isTouched({ context, at }: Scene, then: Moment, { name }: Projection): boolean {
  const { readModel } = context.services;
  if (at.effectiveOn !== then.effectiveOn) return true;
  return readModel.touched([name], at.position) !== readModel.touched([name], then.position);
}

const groupsOf = (scene: Scene, { id, level }: Division): readonly string[] => tallyOf(scene, id, level).groups;

/** The measures of a read model for these groups together, as text. */
function sums(scene: Scene, projection: Projection, groups: readonly string[], years: readonly number[]): string {
  const ofYears = years.flatMap((year) => groups.map((group) => yearGroup(group, year)));
  const asked = projection.name === fundYears.name ? [...groups, ...ofYears] : groups;
  const counted = scene.tally(projection, asked);
  const totals = (from: number) =>
    counted
      .slice(from, from + groups.length)
      .reduce<number[]>((sum, counts) => counts.map((count, at) => count + (sum[at] ?? 0)), []);
  const parts = groups.length === 0 ? [] : counted.flatMap((_, at) => (at % groups.length === 0 ? [totals(at)] : []));
  return JSON.stringify(parts);
}

function yearsOf({ effectiveOn }: Moment): readonly number[] {
  const year = Number(effectiveOn.slice(0, 4));
  return Array.from({ length: yearsBack + yearsAhead }, (_, at) => year - yearsBack + 1 + at);
}
