/** What events add to the tallies: points from which on, in both times, a group's measures are higher or lower. */
import type { Step } from '../es/bitemporal.ts';
import type { DayNumber } from '../es/day.ts';
import type { Position } from '../es/event.ts';
import type { Cube, Row } from '../es/projection.ts';

/** From `day` on, as known from `position` on, the group's measures are higher by `values`. */
export interface Delta {
  readonly group: string;
  readonly day: DayNumber;
  readonly position: Position;
  readonly values: readonly number[];
}

type Gain = Map<string, number[]>;

/** The deltas of one event's steps. A step's gain holds until the next step takes it back: what is written is the
 *  difference of each gain to the one before it. */
export function deltasOf<R extends Row>(cube: Cube<R>, steps: readonly Step<R>[], position: Position): Delta[] {
  if (steps.length === 1 && countsAlike(cube, steps[0] as Step<R>)) return [];
  const deltas: Delta[] = [];
  let last: Gain = new Map();
  for (const step of steps) {
    const gain: Gain = new Map();
    if (step.before) add(gain, cube, step.before, -1);
    if (step.after) add(gain, cube, step.after, 1);
    const difference = new Map(gain);
    for (const [group, values] of last) {
      const gained = gain.get(group);
      difference.set(
        group,
        values.map((value, i) => (gained?.[i] ?? 0) - value),
      );
    }
    for (const [group, values] of difference) {
      if (values.some((value) => value !== 0)) deltas.push({ group, day: step.day, position, values });
    }
    last = gain;
  }
  return deltas;
}

function add<R extends Row>(gain: Gain, cube: Cube<R>, row: R, sign: 1 | -1): void {
  const counts = cube.counts(row);
  if (counts.length !== cube.measures.length || !counts.every(Number.isSafeInteger)) {
    throw new TypeError(`A cube counts ${cube.measures.length} integers a row, not ${JSON.stringify(counts)}`);
  }
  for (const group of new Set(cube.groups(row))) {
    const values = gain.get(group);
    if (values) for (const [i, count] of counts.entries()) values[i] = (values[i] as number) + sign * count;
    else
      gain.set(
        group,
        counts.map((count) => sign * count),
      );
  }
}

/** Most events change nothing that is counted. */
function countsAlike<R extends Row>(cube: Cube<R>, { before, after }: Step<R>): boolean {
  if (!before || !after) return false;
  return alike(cube.groups(before), cube.groups(after)) && alike(cube.counts(before), cube.counts(after));
}

const alike = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((value, i) => value === b[i]);
