/** Pages of events. */
import { Field, Int, ObjectType } from 'type-graphql';
import { Event, type EventView } from './event.ts';
import { PageInfo } from './page.ts';
import { ReadField } from './read-field.ts';

@ObjectType({ description: 'An event in a list.', simpleResolvers: true })
class EventEdge {
  @Field(() => String, {
    description: 'Where it stands: its position, in the list of the whole log; opaque elsewhere.',
  })
  readonly cursor!: string;

  @Field(() => Event, { description: 'The event.' })
  readonly node!: EventView;
}

interface Page {
  readonly items: readonly EventView[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  /** Where the page begins or ends, if not at its first or last item: a search that stopped short, there. */
  readonly startCursor?: string;
  readonly endCursor?: string;
}

@ObjectType({ description: 'A page of a list of events.', simpleResolvers: true })
export class EventConnection {
  @ReadField(() => [Event], { description: 'The events of the page.' })
  readonly nodes: readonly EventView[];

  @ReadField(() => [EventEdge], { description: 'The events of the page, each with its cursor.' })
  readonly edges: readonly EventEdge[];

  @ReadField(() => PageInfo, { description: 'Where the page lies in the list.' })
  readonly pageInfo: PageInfo;

  constructor(
    { items, hasNextPage, hasPreviousPage, startCursor, endCursor }: Page,
    cursorOf: (event: EventView) => string,
    private readonly count: () => number | null | Promise<number | null>,
  ) {
    this.nodes = items;
    this.edges = items.map((node) => ({ cursor: cursorOf(node), node }));
    const [first, last] = [this.edges[0], this.edges.at(-1)];
    this.pageInfo = {
      hasNextPage,
      hasPreviousPage,
      startCursor: startCursor ?? first?.cursor ?? null,
      endCursor: endCursor ?? last?.cursor ?? null,
    };
  }

  @Field(() => Int, {
    nullable: true,
    description: 'Events of the whole list; null where counting would read more of the log than one request may.',
  })
  totalCount(): number | null | Promise<number | null> {
    return this.count();
  }
}
