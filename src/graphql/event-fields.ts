/** What an event's fields say beyond its record: a sentence, the things it names, and what took it back. */
import { Arg, FieldResolver, ID, Resolver, Root } from 'type-graphql';
import { aggregateOf } from '../es/event.ts';
import { voidedIds } from '../es/fold.ts';
import { divisionById } from './division.ts';
import { Event, type EventView, recordedOf, sceneOf } from './event.ts';
import { languages } from './language.ts';
import { Node } from './node.ts';
import { type NodeView, subjectOf } from './subject.ts';
import { type Language, summaryOf } from './summary.ts';
import { villageById } from './village.ts';

/** Subjects by which the log finds events, and that are no things. */
const marks: readonly string[] = ['basis', 'seen', 'access'];

@Resolver(() => Event)
export class EventFields {
  @FieldResolver(() => String, {
    description:
      'One sentence for people. Villages and divisions bear the names that they had on the event’s day, as known in this picture.',
  })
  summary(
    @Root() event: EventView,
    @Arg('lang', () => languages, { defaultValue: 'EN', description: 'Language of the sentence.' }) lang: Language,
  ): string {
    const recorded = event[recordedOf];
    const then = event[sceneOf].on(recorded.effectiveOn);
    if (event.__typename === 'UnknownEvent') return event.type;
    return summaryOf(recorded, event, lang, {
      village: (id) => villageById(then, id)?.name ?? null,
      division: (id) => divisionById(then, id)?.name ?? null,
    });
  }

  @FieldResolver(() => [Node], {
    description:
      'The things it speaks of, its own first, as they are in this picture; AbsentNode where one is not there.',
  })
  subjects(@Root() event: EventView): NodeView[] {
    return event[recordedOf].subjects
      .filter((stream) => !marks.includes(aggregateOf(stream)))
      .map((stream) => subjectOf(event[sceneOf], stream));
  }

  @FieldResolver(() => ID, {
    nullable: true,
    description: 'Id of the event that took it back or replaced it, as known in this picture; null while it holds.',
  })
  async voidedBy(@Root() event: EventView): Promise<string | null> {
    const known = await event[sceneOf].eventsOf(event.stream);
    const voids = known.filter((other) => other.voids !== undefined);
    if (!voidedIds(voids).has(event.id)) return null;
    return voids.findLast((other) => other.voids === event.id)?.id ?? null;
  }
}
