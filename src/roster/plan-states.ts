/** What an import must state of one entity, so that on every edition's day it is what the editions say. */
import type { AnyAggregate } from '../es/aggregate.ts';
import type { LocalDate, RecordedEvent } from '../es/event.ts';
import { DatedStates, recordsOn } from './dated-states.ts';
import { isImported } from './roster-log.ts';

export interface Statement<R> {
  /** Number of the edition on whose day it is stated. */
  readonly edition: number;
  /** The record from then on; null where it is not listed. */
  readonly record: R | null;
}

export interface StatesQuestion<R> {
  readonly aggregate: AnyAggregate;
  readonly self: string;
  /** All that names the entity, as far as the import may see. */
  readonly events: readonly RecordedEvent[];
  /** Whether some of it was said by clerks. */
  readonly hasClerks: boolean;
  readonly days: readonly LocalDate[];
  /** Number of the edition that is being imported. */
  readonly arriving: number;
  /** What the editions say: the record in an edition, or null. */
  readonly target: (edition: number) => R | null;
  /** Whether a record is the target in an edition. Asked of every village and edition: it must not build the target. */
  readonly isTarget: (edition: number, record: R | null) => boolean;
  readonly same: (a: R, b: R) => boolean;
  /** Editions on whose days another command of the import already states the target. */
  readonly stated?: ReadonlySet<number>;
}

/** The fewest statements, by day. Where the editions say nothing new of a day, a clerk's word on it stands. Pure. */
export function planStates<R>(question: StatesQuestion<R>): Statement<R>[] {
  const { aggregate, self, events, days, stated } = question;
  const wanted = question.hasClerks ? besideClerks(question) : question;
  const states = new DatedStates<R>(aggregate, self, events);
  const statements: Statement<R>[] = [];
  for (let edition = 0; edition < days.length; edition += 1) {
    if (wanted.isTarget(edition, states.on(days[edition] as LocalDate))) continue;
    const record = wanted.target(edition);
    if (!stated?.has(edition)) statements.push({ edition, record });
    states.suppose(record);
  }
  return statements;
}

/** Where a clerk has spoken too: the editions' word holds on a day if it is news there, else what the log says of it. */
function besideClerks<R>(question: StatesQuestion<R>): Pick<StatesQuestion<R>, 'target' | 'isTarget'> {
  const { aggregate, self, events, days, arriving, same } = question;
  const said = recordsOn<R>(aggregate, self, events, days);
  const imported = recordsOn<R>(aggregate, self, events.filter(isImported), days);
  const target = (edition: number) => {
    const isOldNews = edition !== arriving && question.isTarget(edition, imported[edition] ?? null);
    return isOldNews ? (said[edition] ?? null) : question.target(edition);
  };
  return { target, isTarget: (edition, record) => isSame(record, target(edition), same) };
}

const isSame = <R>(a: R | null, b: R | null, same: (a: R, b: R) => boolean): boolean =>
  a === null || b === null ? a === b : same(a, b);
