/** Random histories for property tests: late, future and same-day events, voids, voids of voids, corrections. */
import fc from 'fast-check';
import type { LocalDate, NewEvent } from '../../src/es/event.ts';
import { eventId, streamOf } from '../../src/es/event.ts';
import { VOID_EVENT } from '../../src/es/fold.ts';

/** What happens, without when: one event of a catalogue. Its own stream is the first of its subjects. */
export interface Occurrence {
  readonly type: string;
  readonly subjects: readonly string[];
  readonly data: unknown;
}

export interface Append {
  readonly stream: string;
  readonly event: NewEvent;
}

/** Few days, so that events fall on one day, before and after each other; the last ones lie ahead of any today. */
export const days: readonly LocalDate[] = [
  '2016-07-31',
  '2017-10-31',
  '2018-02-28',
  '2018-10-31',
  '2019-10-31',
  '2020-02-29',
  '2020-06-30',
  '2021-05-06',
  '2097-01-01',
  '2098-01-01',
];

interface Draft {
  readonly occurrence: Occurrence;
  readonly day: LocalDate;
  readonly kind: 'fact' | 'void' | 'correction';
  readonly target: number;
}

/** Histories of occurrences; about a fifth of the events take another one back. */
export function arbitraryHistory(
  occurrences: fc.Arbitrary<Occurrence>,
  eventsMax = 24,
): fc.Arbitrary<readonly Append[]> {
  const draft: fc.Arbitrary<Draft> = fc.record({
    occurrence: occurrences,
    day: fc.constantFrom(...days),
    kind: fc.oneof(
      { weight: 8, arbitrary: fc.constant('fact' as const) },
      { weight: 2, arbitrary: fc.constant('void' as const) },
      { weight: 1, arbitrary: fc.constant('correction' as const) },
    ),
    target: fc.nat(1_000),
  });
  return fc.array(draft, { minLength: 1, maxLength: eventsMax, size: 'max' }).map(toAppends);
}

function toAppends(drafts: readonly Draft[]): readonly Append[] {
  const revisions = new Map<string, number>();
  const written: { id: string; append: Append }[] = [];
  for (const [i, draft] of drafts.entries()) {
    const target =
      draft.kind === 'fact' ? undefined : written[written.length === 0 ? 0 : draft.target % written.length];
    const append = toAppend(draft, target, i);
    const revision = revisions.get(append.stream) ?? 0;
    revisions.set(append.stream, revision + 1);
    written.push({ id: eventId(append.stream, revision), append });
  }
  return written.map(({ append }) => append);
}

function toAppend(draft: Draft, target: { id: string; append: Append } | undefined, i: number): Append {
  const { occurrence } = draft;
  const alone = target !== undefined && draft.kind === 'void';
  // A void may stand in any stream: half of them stand in one that is no subject of what they take back.
  const stream = alone && i % 2 === 0 ? target.append.stream : (occurrence.subjects[0] as string);
  const subjects = new Set([stream, ...(alone ? [] : occurrence.subjects), ...(target?.append.event.subjects ?? [])]);
  const event: NewEvent = {
    type: alone ? VOID_EVENT : occurrence.type,
    schemaVersion: 1,
    // A void counts from when it is known, whatever day it names.
    effectiveOn: draft.day,
    subjects: [...subjects],
    data: alone ? {} : occurrence.data,
    recordedBy: 'test',
    basis: [],
    commandId: `c${i}`,
    commandHash: '',
    correlationId: `c${i}`,
    voids: target?.id,
  };
  return { stream, event };
}

/** Occurrences over a few entities of one kind: `data` of each type, and now and then a second or third subject. */
export function occurrencesOf(
  entity: string,
  ids: readonly string[],
  data: Readonly<Record<string, fc.Arbitrary<unknown>>>,
): fc.Arbitrary<Occurrence> {
  const subjects = fc.uniqueArray(fc.constantFrom(...ids.map((id) => streamOf(entity, id))), {
    minLength: 1,
    maxLength: 3,
  });
  const mostlyOne = fc.oneof(
    { weight: 3, arbitrary: subjects.map((all) => all.slice(0, 1)) },
    { weight: 1, arbitrary: subjects },
  );
  return fc.oneof(
    ...Object.entries(data).map(([type, arbitrary]) =>
      fc.record({ type: fc.constant(type), subjects: mostlyOne, data: arbitrary }),
    ),
  );
}
