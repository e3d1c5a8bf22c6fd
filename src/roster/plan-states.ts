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
  /** What the log, with the statements before, would have said. */
  readonly before: R | null;
}

export interface StatesQuestion<R> {
  readonly aggregate: AnyAggregate;
  readonly self: string;
  /** All that names the entity, as far as the import may see. */
  readonly events: readonly RecordedEvent[];
  readonly days: readonly LocalDate[];
  /** Number of the edition that is being imported. */
  readonly arriving: number;
  /** What the editions say: the record in an edition, or null. */
  readonly target: (edition: number) => R | null;
  readonly same: (a: R, b: R) => boolean;
  /** Editions on whose days another command of the import already states the target. */
  readonly stated?: ReadonlySet<number>;
}

/** The fewest statements, by day. Where the editions say nothing new of a day, a clerk's word on it stands. Pure. */
export function planStates<R>(question: StatesQuestion<R>): Statement<R>[] {
  const { aggregate, self, events, days, same, stated } = question;
  const wanted = wantedRecords(question);
  const states = new DatedStates<R>(aggregate, self, events);
  const statements: Statement<R>[] = [];
  days.forEach((day, edition) => {
    const before = states.on(day);
    const record = wanted(edition);
    if (isSame(before, record, same)) return;
    if (!stated?.has(edition)) statements.push({ edition, record, before });
    states.suppose(record);
  });
  return statements;
}

/** What must hold on each edition's day: the editions' word, or the clerk's where he departed from it. */
function wantedRecords<R>(question: StatesQuestion<R>): (edition: number) => R | null {
  const { aggregate, self, events, days, arriving, target, same } = question;
  if (events.every(isImported)) return target;
  const said = recordsOn<R>(aggregate, self, events, days);
  const imported = recordsOn<R>(aggregate, self, events.filter(isImported), days);
  return (edition) => {
    const record = target(edition);
    const isOldNews = edition !== arriving && isSame(imported[edition] ?? null, record, same);
    return isOldNews ? (said[edition] ?? null) : record;
  };
}

const isSame = <R>(a: R | null, b: R | null, same: (a: R, b: R) => boolean): boolean =>
  a === null || b === null ? a === b : same(a, b);
