/** accessLog(): who looked at what is not public, and when. */
import { Args, ArgsType, Ctx, Field, ID, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { PersonalField } from '../domain/personal-field.ts';
import { PersonRef } from '../domain/scalars.ts';
import type { Instant, Position } from '../es/event.ts';
import { type FoundLook, findLooks, operationOf, readingOf, type Subject, subjectsOf } from './access-log-search.ts';
import { passing, type RequestContext } from './context.ts';
import { termType } from './derive/types.ts';
import { placeOf } from './events.ts';
import { badInput } from './input-error.ts';
import { cutPage, PageInfo, pageAsked, pageItemsMax } from './page.ts';
import { DateTimeScalar } from './scalars.ts';
import { Scene } from './scene.ts';

const personalField = termType(PersonalField);

@ArgsType()
class AccessLogArgs {
  @Field(termType(PersonRef), {
    nullable: true,
    description: 'Looks at this person’s data and history, and at the records of retired cadres that name the person.',
  })
  person?: string | null;

  @Field(() => String, { nullable: true, description: 'Looks of this principal, as `recordedBy` names it.' })
  principal?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'First instant.' })
  from?: Instant | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Last instant.' })
  to?: Instant | null;

  @Field(() => Int, { nullable: true, description: `Looks at most: 0 to ${pageItemsMax}, 50 where it is left out.` })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'A cursor: only what stands after it.' })
  after?: string | null;
}

@ObjectType('AccessLogEntry', { description: 'A look at what is not public.', simpleResolvers: true })
class AccessLogEntry {
  @Field(() => DateTimeScalar, { description: 'When it was recorded: before anything was shown.' })
  readonly recordedAt!: Instant;

  @Field(() => String, { description: 'Who looked.' })
  readonly principal!: string;

  @Field(() => String, {
    description: 'What was asked: the root fields of the operation, the export, the webhook.',
  })
  readonly operation!: string;

  @Field(() => String, {
    nullable: true,
    description: 'What personal data was read for; null where none was read.',
  })
  readonly purpose!: string | null;

  @Field(() => [personalField()], { description: 'Kinds of personal data that were read; none for other looks.' })
  readonly fields!: readonly string[];

  @Field(() => [String], { description: 'Streams of what was shown, those within the rights of who asks.' })
  readonly streams!: readonly string[];

  @Field(() => ID, { description: 'Id of the event that records it.' })
  readonly event!: string;
}

@ObjectType({ description: 'A look in a list.', simpleResolvers: true })
class AccessLogEdge {
  @Field(() => String, { description: 'Where it stands.' })
  readonly cursor!: string;

  @Field(() => AccessLogEntry, { description: 'The look.' })
  readonly node!: AccessLogEntry;
}

@ObjectType({ description: 'A page of looks, the oldest first.', simpleResolvers: true })
class AccessLogConnection {
  @Field(() => [AccessLogEntry], { description: 'The looks of the page.' })
  readonly nodes!: readonly AccessLogEntry[];

  @Field(() => [AccessLogEdge], { description: 'The looks of the page, each with its cursor.' })
  readonly edges!: readonly AccessLogEdge[];

  @Field(() => PageInfo, { description: 'Where the page lies in the list.' })
  readonly pageInfo!: PageInfo;
}

@Resolver()
export class AccessLogQuery {
  @Query(() => AccessLogConnection, {
    description:
      'Who looked at what is not public, oldest first: readings of personal data, and restricted history that was shown. Of one person or of one principal. Needs the right to the access log over the person’s place; of a principal, what was shown within one’s rights. This look is recorded too. Errors: BAD_USER_INPUT, UNAUTHENTICATED, FORBIDDEN, E_ACCESS_LOG.',
  })
  async accessLog(
    @Args(() => AccessLogArgs) args: AccessLogArgs,
    @Ctx() context: RequestContext,
  ): Promise<AccessLogConnection> {
    const { limit } = pageAsked(args);
    const asked = subjectAsked(args);
    const after = placeOf(args.after, 'after') ?? 0;
    context.reads.add(passing);
    const scene = Scene.now(context);
    const subjects = subjectsOf(scene, asked);
    const { from, until } = await boundsOf(context, args);
    const bounds = { from: Math.max(from, after), until, limit: limit + 1 };
    const { found, resume } = await findLooks(scene, subjects, bounds);
    const { items, hasNextPage, hasPreviousPage } = cutPage(found, { limit, fromEnd: false }, args);
    const edges = items.map((look) => ({ cursor: String(look.event.position), node: entryOf(look) }));
    const endCursor = hasNextPage || resume === null ? (edges.at(-1)?.cursor ?? null) : String(resume);
    const pageInfo = {
      hasNextPage: hasNextPage || resume !== null,
      hasPreviousPage,
      startCursor: edges[0]?.cursor ?? null,
      endCursor,
    };
    return { nodes: edges.map(({ node }) => node), edges, pageInfo };
  }
}

function subjectAsked({ person, principal }: AccessLogArgs): Subject {
  if ((person == null) === (principal == null)) throw badInput(['principal'], 'Name a person or a principal.');
  return person == null ? { principal: principal as string } : { person };
}

async function boundsOf(
  { services, basis }: RequestContext,
  { from, to }: AccessLogArgs,
): Promise<{ from: Position; until: Position }> {
  const until = to == null ? basis.position : Math.min(basis.position, await services.store.positionAt(to));
  return { from: from == null ? 0 : await services.store.positionAt(from - 1), until };
}

function entryOf({ event, streams }: FoundLook): AccessLogEntry {
  const { recordedAt, recordedBy, id } = event;
  const { purpose, fields } = readingOf(event);
  return { recordedAt, principal: recordedBy, operation: operationOf(event), purpose, fields, streams, event: id };
}
