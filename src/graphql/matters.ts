/** Matters of deliberation in a picture of the world: one by its id, and those of a village by page. */
import { Arg, Args, Field, FieldResolver, ID, Int, ObjectType, Resolver, Root } from 'type-graphql';
import { type MatterRow, matters } from '../../projections/matters.ts';
import type { Found } from '../es/projection.ts';
import { encodeCursor } from './cursors.ts';
import { Matter, matterOf } from './matter.ts';
import { cutPage, PageArgs, PageInfo, pageAsked } from './page.ts';
import { pictureOfPage } from './picture.ts';
import { Snapshot } from './snapshot.ts';
import { Village } from './village.ts';

@ObjectType({ description: 'A matter in a list.', simpleResolvers: true })
class MatterEdge {
  @Field(() => String, { description: 'Where it stands in the list, and the picture that the list was cut from.' })
  readonly cursor!: string;

  @Field(() => Matter, { description: 'The matter.' })
  readonly node!: Matter;
}

@ObjectType({ description: 'A page of a village’s matters.', simpleResolvers: true })
class MatterConnection {
  @Field(() => Int, { description: 'Matters of the whole list, on all pages.' })
  readonly totalCount!: number;

  @Field(() => [Matter], { description: 'The matters of the page.' })
  readonly nodes!: readonly Matter[];

  @Field(() => [MatterEdge], { description: 'The matters of the page, each with its cursor.' })
  readonly edges!: readonly MatterEdge[];

  @Field(() => PageInfo, { description: 'Where the page lies in the list.' })
  readonly pageInfo!: PageInfo;
}

const orderBy = [{ column: 'raised_on', descending: true }];

/** A page of a village's matters, those raised last first. Errors: `BAD_USER_INPUT`, `E_BEHIND`. */
async function matterPage(village: Village, args: PageArgs): Promise<MatterConnection> {
  const page = pageAsked(args);
  const list = `matters:${village.id}`;
  const { scene, after, before } = await pictureOfPage(village.scene, args, list);
  const question = { where: 'v.village = ?', params: [village.id] };
  const edge = (cursor: typeof after) =>
    cursor && { values: cursor.place.slice(0, -1), id: String(cursor.place.at(-1)) };
  const read = scene.select(matters, {
    ...question,
    orderBy,
    after: edge(after),
    before: edge(before),
    fromEnd: page.fromEnd,
    limit: page.limit + 1,
  });
  const { items, hasNextPage, hasPreviousPage } = cutPage(read, page, args);
  const edges = items.map(({ id, row }: Found<MatterRow>) => ({
    cursor: encodeCursor({ at: scene.at, list, place: [row.raised_on, id] }),
    node: matterOf(id, row),
  }));
  const [first, last] = [edges[0], edges.at(-1)];
  return {
    totalCount: scene.count(matters, question),
    nodes: edges.map(({ node }) => node),
    edges,
    pageInfo: { hasNextPage, hasPreviousPage, startCursor: first?.cursor ?? null, endCursor: last?.cursor ?? null },
  };
}

@Resolver(() => Village)
export class VillageMattersField {
  @FieldResolver(() => MatterConnection, {
    description: 'Its matters of deliberation (协商事项), those raised last first. Errors: BAD_USER_INPUT, E_BEHIND.',
  })
  matters(@Root() village: Village, @Args(() => PageArgs) args: PageArgs): Promise<MatterConnection> {
    return matterPage(village, args);
  }
}

@Resolver(() => Snapshot)
export class SnapshotMatterField {
  @FieldResolver(() => Matter, {
    nullable: true,
    description: 'The matter of deliberation of an id; null where there is none at the moment.',
  })
  matter(@Root() { scene }: Snapshot, @Arg('id', () => ID, { description: 'Its id.' }) id: string): Matter | null {
    const row = scene.one(matters, id);
    return row && matterOf(id, row);
  }
}
