/** Decisions on identity: two records are one village, or one village's record is another's. Every dated state moves in
 *  an event of its own, so that both villages' pasts read right at every moment. They rest on the log's own events, since
 *  a read model may lag. */
import { createHash } from 'node:crypto';
import type { DecisionContext, Fact } from '../es/aggregate.ts';
import { idOf, type LocalDate, streamOf } from '../es/event.ts';
import { VOID_EVENT } from '../es/fold.ts';
import { refuse } from './refuse.ts';
import type { villageEvents } from './village-catalogue.ts';
import { type DatedRecord, datedRecords, recordOn } from './village-state.ts';
import type { World } from './world.ts';

type Context = DecisionContext<World>;
interface Statement {
  readonly review?: string;
  readonly rule?: Extract<Fact<typeof villageEvents>, { type: 'VillagesLinked' }>['data']['rule'];
}

/** The other's whole record becomes this village's. Errors: `E_NOT_FOUND`, `E_SELF_REFERENCE`, `E_VILLAGE_NOT_ACTIVE`,
 *  `E_LINK_OVERLAP`. */
export function decideLink(
  { other, review, rule }: Statement & { readonly other: string },
  _: unknown,
  context: Context,
): Fact<typeof villageEvents>[] {
  const { self, history, related, world } = context;
  if (other === self) refuse('E_SELF_REFERENCE', 'A village is linked to another record.');
  const link = ({ effectiveOn, record }: DatedRecord) => ({
    type: 'VillagesLinked' as const,
    effectiveOn,
    data: { other, record: record ?? undefined, review, rule },
  });
  const restated = world.restated?.(other);
  if (restated) return restated.map(link);
  const mine = datedRecords(self, history);
  if (mine.length === 0) {
    if (history.length === 0) refuse('E_NOT_FOUND', 'There is no such village.');
    refuse('E_VILLAGE_NOT_ACTIVE', 'The village has no record: it was linked to another.');
  }
  const theirs = datedRecords(other, related(streamOf('village', other)));
  // Already moved here by an earlier link: nothing left to state.
  if (theirs.length === 0) {
    return isLinked(context, other) ? [] : refuse('E_NOT_FOUND', 'There is no such other record.', { village: other });
  }
  const clash = overlap(mine, theirs);
  if (clash) refuse('E_LINK_OVERLAP', `Both records are listed on ${clash}.`, { village: other });
  return statements(mine, theirs, context).map(link);
}

/** What has to be stated on which day, so that both records in turn are the village's. */
function statements(
  mine: readonly DatedRecord[],
  theirs: readonly DatedRecord[],
  { history }: Context,
): readonly DatedRecord[] {
  // An end of the other's record ends nothing where this village's own begins that day.
  const moved = theirs.filter(({ effectiveOn, record }) => record !== null || recordOn(mine, effectiveOn) === null);
  // An event of this village's own that meant nothing while it was not listed must not change what moves here.
  const stated = new Set(theirs.map(({ effectiveOn }) => effectiveOn));
  const own = new Set(history.filter(({ type }) => type !== VOID_EVENT).map(({ effectiveOn }) => effectiveOn));
  const again = [...own]
    .filter((day) => !stated.has(day) && recordOn(theirs, day) !== null)
    .map((effectiveOn) => ({ effectiveOn, record: recordOn(theirs, effectiveOn) }));
  return [...moved, ...again].sort((a, b) => (a.effectiveOn < b.effectiveOn ? -1 : 1));
}

/** From the command's day on this village's record is another's: again that of the village from which a link moved all of
 *  it here, else a new one, whose id follows from this one's and the day. Errors: `E_NOT_FOUND`, `E_VILLAGE_NOT_ACTIVE`,
 *  `E_UNLINK_WHOLE`: an id that was given out is not left empty. */
export function decideUnlink({ review, rule }: Statement, _: unknown, context: Context): Fact<typeof villageEvents>[] {
  const { self, history, effectiveOn } = context;
  if (history.length === 0) refuse('E_NOT_FOUND', 'There is no such village.');
  const dated = datedRecords(self, history);
  const at = dated.findLast((state) => state.effectiveOn <= effectiveOn);
  const later = dated.filter((state) => state.effectiveOn > effectiveOn);
  const states = at?.record ? [{ ...at, effectiveOn }, ...later] : later;
  const records = states.filter(({ record }) => record !== null);
  if (records.length === 0) {
    if (isUnlinked(context)) return [];
    refuse('E_VILLAGE_NOT_ACTIVE', `The village has no record from ${effectiveOn} on.`);
  }
  const origin = records[0]?.from;
  const other = origin && records.every(({ from }) => from === origin) ? origin : unlinkedId(self, effectiveOn);
  if (other !== origin && dated.every((state) => state.record === null || state.effectiveOn >= effectiveOn)) {
    refuse('E_UNLINK_WHOLE', `All of the village's record begins on ${effectiveOn} or later.`);
  }
  const lastRecord =
    dated.findLast((state) => state.effectiveOn < effectiveOn && state.record !== null)?.record ?? undefined;
  return states.map((state) => ({
    type: 'VillageUnlinked',
    effectiveOn: state.effectiveOn,
    data: { other, record: state.record ?? undefined, lastRecord, review, rule },
  }));
}

const unlinkedId = (self: string, day: LocalDate) =>
  `v_${createHash('sha256').update(`unlink:${self}:${day}`).digest('hex').slice(0, 20)}`;

const isLinked = ({ history }: Context, other: string): boolean =>
  history.some(({ type, data }) => type === 'VillagesLinked' && (data as { other: string }).other === other);

const isUnlinked = ({ self, history, effectiveOn }: Context): boolean =>
  history.some(
    (event) => event.type === 'VillageUnlinked' && idOf(event.stream) === self && event.effectiveOn === effectiveOn,
  );

/** The first day on which both have a record; undefined where there is none. */
function overlap(a: readonly DatedRecord[], b: readonly DatedRecord[]): LocalDate | undefined {
  const days = [...a, ...b].map((state) => state.effectiveOn).sort();
  return days.find((day) => recordOn(a, day) !== null && recordOn(b, day) !== null);
}
