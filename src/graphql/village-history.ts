/** What happened to a village. */
import { Args, FieldResolver, Resolver, Root } from 'type-graphql';
import { villageAliases } from '../../projections/village-aliases.ts';
import { type RecordedEvent, streamOf } from '../es/event.ts';
import { inEffectOrder } from '../es/fold.ts';
import { encodeCursor } from './cursors.ts';
import { eventView } from './event.ts';
import { EventConnection } from './event-connection.ts';
import { badInput } from './input-error.ts';
import { cutPage, PageArgs, pageAsked } from './page.ts';
import { pictureOfPage } from './picture.ts';
import { Rights } from './rights.ts';
import type { Scene } from './scene.ts';
import { Village } from './village.ts';

const aliasesMax = 100;

@Resolver(() => Village)
export class VillageHistory {
  @FieldResolver(() => EventConnection, {
    description:
      'Every event that names the village, or a record that was found to be its own, in the order of their days: those that the log knew at the moment and that hold by its day. Events that were taken back are among them: see voidedBy. Errors: BAD_USER_INPUT, E_BEHIND.',
  })
  async history(@Root() village: Village, @Args(() => PageArgs) args: PageArgs): Promise<EventConnection> {
    const page = pageAsked(args);
    const list = `history:${village.id}`;
    const { scene, after, before } = await pictureOfPage(village.scene, args, list);
    const all = await historyOf(scene, village.id);
    const from = after ? indexOf(all, after.place[0], 'after') + 1 : 0;
    const until = before ? indexOf(all, before.place[0], 'before') : all.length;
    const within = all.slice(from, Math.max(from, until));
    const { limit, fromEnd } = page;
    const read = fromEnd ? within.slice(Math.max(0, within.length - limit - 1)) : within.slice(0, limit + 1);
    const cut = cutPage(read, page, args);
    return new EventConnection(
      { ...cut, items: cut.items.map((event) => eventView(scene, event)) },
      ({ position }) => encodeCursor({ at: scene.at, list, place: [position] }),
      () => all.length,
    );
  }
}

function indexOf(events: readonly RecordedEvent[], position: unknown, argument: string): number {
  const index = events.findIndex((event) => event.position === position);
  if (index < 0) throw badInput([argument], 'The cursor is of no event of this history.');
  return index;
}

/** Events of a village and of the records linked into it, up to the picture's moment, in the order of their days. */
async function historyOf(scene: Scene, id: string): Promise<readonly RecordedEvent[]> {
  const rights = Rights.of(scene.context);
  const ids = [id, ...aliasesOf(scene, id)];
  const read = await Promise.all(ids.map((each) => scene.eventsOf(streamOf('village', each))));
  const events = new Map(read.flat().map((event) => [event.id, event]));
  return [...events.values()]
    .filter(({ effectiveOn, stream }) => effectiveOn <= scene.at.effectiveOn && rights.covers(stream))
    .sort(inEffectOrder);
}

/** Ids whose records were found to be the village's, theirs among them. */
function aliasesOf(scene: Scene, id: string): readonly string[] {
  const found: string[] = [];
  for (let open = [id]; open.length > 0 && found.length < aliasesMax; ) {
    const where = `v.village in (${open.map(() => '?').join(', ')})`;
    const next = scene.select(villageAliases, { where, params: open, limit: aliasesMax }).map((alias) => alias.id);
    open = next.filter((each) => each !== id && !found.includes(each));
    found.push(...open);
  }
  return found;
}
