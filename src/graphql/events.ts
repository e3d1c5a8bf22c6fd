/** The whole log, by page. */
import { Arg, Args, ArgsType, Ctx, Field, ID, Query, Resolver } from 'type-graphql';
import { type Position, parseEventId } from '../es/event.ts';
import type { RequestContext } from './context.ts';
import { Event, type EventView, eventView } from './event.ts';
import { EventConnection } from './event-connection.ts';
import { EventFilter } from './event-filter.ts';
import { badInput } from './input-error.ts';
import { LogSearch } from './log-search.ts';
import { cutPage, PageArgs, pageAsked } from './page.ts';
import { Rights } from './rights.ts';
import { Scene } from './scene.ts';

@ArgsType()
class EventsArgs extends PageArgs {
  @Field(() => EventFilter, { nullable: true, description: 'Conditions; the whole log where it is left out.' })
  filter?: EventFilter | null;
}

@Resolver()
export class EventQueries {
  @Query(() => EventConnection, {
    description:
      'The whole log up to this answer’s position, oldest first; the cursor is the position. One page reads a bounded part of the log: where a filter matches little it may hold fewer than asked and yet have a next one. Errors: BAD_USER_INPUT.',
  })
  async events(@Args(() => EventsArgs) args: EventsArgs, @Ctx() context: RequestContext): Promise<EventConnection> {
    const page = pageAsked(args);
    const [after, before] = [placeOf(args.after, 'after'), placeOf(args.before, 'before')];
    const scene = Scene.now(context);
    const search = new LogSearch(scene, args.filter ?? {});
    const { limit, fromEnd } = page;
    const { found, resume } = await search.read({ after, before, backwards: fromEnd, limit: limit + 1 });
    const cut = cutPage(fromEnd ? found.toReversed() : found, page, args);
    const more = resume !== null;
    const whole = {
      items: cut.items.map((event) => eventView(scene, event)),
      hasNextPage: cut.hasNextPage || (!fromEnd && more),
      hasPreviousPage: cut.hasPreviousPage || (fromEnd && more),
      // Where the search stopped short the next page begins there, whether anything was found or not.
      ...(more && { [fromEnd ? 'startCursor' : 'endCursor']: String(resume) }),
    };
    return new EventConnection(
      whole,
      ({ position }) => String(position),
      () => search.count(),
    );
  }

  @Query(() => Event, { nullable: true, description: 'One event by its id; null where there is none.' })
  event(
    @Arg('id', () => ID, { description: 'Its stream and revision, such as village-v_….0.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<EventView | null> {
    return eventById(Scene.now(context), id);
  }
}

/** The event of an id, where it is known in the picture and may be seen; null else. */
export async function eventById(scene: Scene, id: string): Promise<EventView | null> {
  const place = parseEventId(id);
  if (!place || !Rights.of(scene.context).covers(place.stream)) return null;
  const { reads, services } = scene.context;
  reads.add('log');
  const [event] = await services.store.readStream(place.stream, { from: place.revision, limit: 1 });
  return event && event.position <= scene.at.position ? eventView(scene, event) : null;
}

/** The position that a cursor of events is. Errors: `BAD_USER_INPUT`. */
export function placeOf(cursor: string | null | undefined, argument: string): Position | undefined {
  if (cursor == null) return undefined;
  if (!/^\d{1,15}$/.test(cursor)) throw badInput([argument], 'The cursor of an event is its position.');
  return Number(cursor);
}
