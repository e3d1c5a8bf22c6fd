/** Decisions on identity: two records are one village, or one village's record is another's. Every dated state moves in
 *  an event of its own, so that both villages' pasts read right at every moment. */
import type { DecisionContext, Fact } from '../es/aggregate.ts';
import { refuse } from './refuse.ts';
import { createHash } from 'node:crypto';
import type { villageEvents } from './village-catalogue.ts';
import type { World } from './world.ts';

type Context = DecisionContext<World>;
interface Statement {
  readonly review?: string;
  readonly rule?: Extract<Fact<typeof villageEvents>, { type: 'VillagesLinked' }>['data']['rule'];
}

/** The other's whole record becomes this village's. Errors: `E_NOT_FOUND`, `E_SELF_REFERENCE`, `E_LINK_OVERLAP`. */
export function decideLink(
  { other, review, rule }: Statement & { readonly other: string },
  _: unknown,
  context: Context,
): Fact<typeof villageEvents>[] {
  const { self, world } = context;
  if (other === self) refuse('E_SELF_REFERENCE', 'A village is linked to another record.');
  const mine = world.timeline(self);
  const theirs = world.timeline(other);
  // Already moved here by an earlier link: nothing left to state.
  if (theirs.every(({ record }) => record === null) && world.village(other, '9999-12-31') === null) {
    return isLinked(context, other) ? [] : refuse('E_NOT_FOUND', 'There is no such other record.', { village: other });
  }
  const clash = overlap(mine, theirs);
  if (clash) refuse('E_LINK_OVERLAP', `Both records are listed on ${clash}.`, { village: other });
  return theirs.map(({ effectiveOn, record }) => ({
    type: 'VillagesLinked',
    effectiveOn,
    data: { other, record: record ?? undefined, review, rule },
  }));
}

/** From the command's day on this village's record is another's, whose id follows from this one's and the day. */
export function decideUnlink({ review, rule }: Statement, _: unknown, context: Context): Fact<typeof villageEvents>[] {
  const { self, world, effectiveOn } = context;
  const timeline = world.timeline(self);
  const at = timeline.findLast((state) => state.effectiveOn <= effectiveOn)?.record ?? null;
  const later = timeline.filter((state) => state.effectiveOn > effectiveOn);
  if (at === null && later.every(({ record }) => record === null)) {
    refuse('E_VILLAGE_NOT_ACTIVE', `The village has no record from ${effectiveOn} on.`);
  }
  const other = `v_${createHash('sha256').update(`unlink:${self}:${effectiveOn}`).digest('hex').slice(0, 20)}`;
  const states = at === null ? later : [{ effectiveOn, record: at }, ...later];
  return states.map((state) => ({
    type: 'VillageUnlinked',
    effectiveOn: state.effectiveOn,
    data: { other, record: state.record ?? undefined, review, rule },
  }));
}

const isLinked = ({ history }: Context, other: string): boolean =>
  history.some(({ type, data }) => type === 'VillagesLinked' && (data as { other: string }).other === other);

type Timeline = ReturnType<World['timeline']>;

/** The first day on which both timelines have a record; undefined where there is none. */
function overlap(a: Timeline, b: Timeline): string | undefined {
  const days = [...a, ...b].map((state) => state.effectiveOn).sort();
  const on = (timeline: Timeline, day: string) => timeline.findLast((state) => state.effectiveOn <= day)?.record;
  return days.find((day) => on(a, day) && on(b, day));
}
