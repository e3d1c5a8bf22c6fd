/** What differs between two moments. */
import { Field, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { LocalDate } from '../domain/scalars.ts';
import { type Instant, type Position, streamOf } from '../es/event.ts';
import { type ChangeCounts, countChanges } from './change-counts.ts';
import type { SystemName } from './change-systems.ts';
import type { ChangeWalk, Difference } from './change-walk.ts';
import { termType } from './derive/types.ts';
import { Division, divisionById } from './division.ts';
import { Event, type EventView, eventView } from './event.ts';
import { Node } from './node.ts';
import { PageInfo } from './page.ts';
import { ReadField } from './read-field.ts';
import { Rights } from './rights.ts';
import { DateTimeScalar, PositionScalar } from './scalars.ts';
import { type NodeView, subjectOf } from './subject.ts';

const localDate = termType(LocalDate);
/** The systems as an enum. */
export const changeSystemType = { VILLAGES: 'VILLAGES', DIVISIONS: 'DIVISIONS' };
registerEnumType(changeSystemType, {
  name: 'ChangeSystem',
  description: 'What is compared.',
  valuesConfig: {
    VILLAGES: {
      description:
        'Villages: status, code, name, shortName, kind, isVirtual, township, county, prefecture, urbanRuralClass.',
    },
    DIVISIONS: { description: 'Divisions: status, code, name, level, parent.' },
  },
});

@InputType('Moment', { description: 'A moment of both clocks, as the arguments of at().' })
export class MomentInput {
  @Field(localDate, { nullable: true, description: 'The day; today where it is left out.' })
  effectiveOn?: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'As the log knew it at this instant. Not beside position.',
  })
  knownAt?: Instant | null;

  @Field(() => PositionScalar, { nullable: true, description: 'As the log knew it at this position, exactly.' })
  position?: Position | null;
}

@ObjectType({ description: 'One field of one thing that differs between two moments.', simpleResolvers: true })
export class Change {
  readonly #walk: ChangeWalk;
  readonly #difference: Difference;

  constructor(walk: ChangeWalk, difference: Difference) {
    this.#walk = walk;
    this.#difference = difference;
    this.field = difference.field;
    this.before = difference.before;
    this.after = difference.after;
  }

  @Field(() => String, { description: 'Name of the field.' })
  readonly field: string;

  @Field(() => String, {
    nullable: true,
    description:
      'Its value at the first moment: a division by its code, truth as true or false; null where there was none.',
  })
  readonly before: string | null;

  @Field(() => String, { nullable: true, description: 'Its value at the second moment; null where there is none.' })
  readonly after: string | null;

  @Field(() => Node, {
    description: 'The thing that differs, at the second moment; at the first, where it is not there at the second.',
  })
  subject(): NodeView {
    const { system, id } = this.#difference;
    const stream = streamOf(system.projection.entity, id);
    const { from, to } = this.#walk;
    return subjectOf(to.one(system.projection, id) ? to : from, stream);
  }

  @Field(() => [Event], {
    description:
      'The events that made the difference: those that hold at one of the moments alone, and those that took one of them back.',
  })
  async events(): Promise<EventView[]> {
    const events = await this.#walk.eventsOf(this.#difference);
    const rights = Rights.of(this.#walk.to.context);
    return events.filter(({ stream }) => rights.covers(stream)).map((event) => eventView(this.#walk.to, event));
  }
}

@ObjectType({ description: 'A change in a list.', simpleResolvers: true })
class ChangeEdge {
  @Field(() => String, { description: 'Where it stands in the list, and the two pictures that are compared.' })
  readonly cursor!: string;

  @Field(() => Change, { description: 'The change.' })
  readonly node!: Change;
}

@ObjectType({ description: 'Changes of one system.', simpleResolvers: true })
class SystemChanges {
  @Field(() => changeSystemType, { description: 'The system.' })
  readonly system!: SystemName;

  @Field(() => Int, { description: 'Its changes.' })
  readonly count!: number;
}

@ObjectType({ description: 'Changes below one division.', simpleResolvers: true })
class DivisionChanges {
  @Field(() => Division, { nullable: true, description: 'The division; null for what lies in none.' })
  readonly division!: Division | null;

  @Field(() => Int, { description: 'Changes of it and of what lies below it.' })
  readonly count!: number;
}

@ObjectType({
  description: 'A page of what differs between two moments: by system, then by the subject’s id, then by field.',
  simpleResolvers: true,
})
export class ChangeConnection {
  #counts: Promise<ChangeCounts> | undefined;

  constructor(
    private readonly walk: ChangeWalk,
    edges: readonly ChangeEdge[],
    hasNextPage: boolean,
    hasPreviousPage: boolean,
  ) {
    this.edges = edges;
    this.nodes = edges.map(({ node }) => node);
    const [first, last] = [edges[0], edges.at(-1)];
    this.pageInfo = {
      hasNextPage,
      hasPreviousPage,
      startCursor: first?.cursor ?? null,
      endCursor: last?.cursor ?? null,
    };
  }

  @ReadField(() => [Change], { description: 'The changes of the page.' })
  readonly nodes: readonly Change[];

  @ReadField(() => [ChangeEdge], { description: 'The changes of the page, each with its cursor.' })
  readonly edges: readonly ChangeEdge[];

  @ReadField(() => PageInfo, { description: 'Where the page lies in the list.' })
  readonly pageInfo: PageInfo;

  @Field(() => Int, { description: 'Changes on all pages.' })
  async totalCount(): Promise<number> {
    return (await this.#counted()).total;
  }

  @Field(() => [SystemChanges], { description: 'Changes on all pages, by system; systems without one are left out.' })
  async bySystem(): Promise<SystemChanges[]> {
    return [...(await this.#counted()).systems].map(([system, count]) => ({ system, count }));
  }

  @Field(() => [DivisionChanges], {
    description:
      'Changes on all pages, by the divisions right below `within`; by prefecture where it is left out. By code.',
  })
  async byDivision(): Promise<DivisionChanges[]> {
    const { from, to } = this.walk;
    return [...(await this.#counted()).divisions]
      .map(([id, count]) => ({ division: divisionById(to, id) ?? divisionById(from, id), count }))
      .sort((a, b) => ((a.division?.code ?? '') < (b.division?.code ?? '') ? -1 : 1));
  }

  #counted(): Promise<ChangeCounts> {
    this.#counts ??= countChanges(this.walk);
    return this.#counts;
  }
}
