/** The version of each entity that was asked for last, with the region of both times in which it is the answer. */
import type { DayNumber } from '../es/day.ts';
import type { Position } from '../es/event.ts';
import type { Row } from '../es/projection.ts';
import { Recent } from './recent.ts';

const entitiesMax = 30_000;

/** Bounds of a stored version, as in `Version`. */
export type Bounds = readonly [
  validFrom: DayNumber,
  knownFrom: Position,
  knownTo: Position,
  nextFrom: DayNumber,
  nextKnown: Position,
];

export interface Answer<R extends Row> {
  readonly bounds: Bounds;
  readonly state: R | null;
}

export class Latest<R extends Row> {
  private readonly answers = new Recent<string, Answer<R>>(entitiesMax);

  /** What was asked for last, where it is the answer at this moment too. */
  at(id: string, day: DayNumber, position: Position): Answer<R> | undefined {
    const answer = this.answers.get(id);
    if (!answer) return undefined;
    const [validFrom, knownFrom, knownTo, nextFrom, nextKnown] = answer.bounds;
    const visible = validFrom <= day && knownFrom <= position && knownTo > position;
    return visible && (nextFrom > day || nextKnown > position) ? answer : undefined;
  }

  keep(id: string, bounds: Bounds, state: R | null): Answer<R> {
    const answer = { bounds, state };
    this.answers.set(id, answer);
    return answer;
  }

  /** The entity's bounds have changed. */
  forget(id: string): void {
    this.answers.delete(id);
  }

  clear(): void {
    this.answers.clear();
  }
}
