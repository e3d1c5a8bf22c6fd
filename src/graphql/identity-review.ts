/** Cases of identity that no rule decides, for a clerk. */
import { ArgsType, Field, ID, Int, ObjectType } from 'type-graphql';
import { type IdentityReviewRow, identityReviews } from '../../projections/identity-reviews.ts';
import { ReviewReason } from '../domain/identity-review.ts';
import { LocalDate, StatisticalCode } from '../domain/scalars.ts';
import { codes } from '../domain/vocabulary.ts';
import { encodeCursor } from './cursors.ts';
import { termType } from './derive/types.ts';
import { Node } from './node.ts';
import { cutPage, PageArgs, PageInfo, pageAsked } from './page.ts';
import { pictureOfPage } from './picture.ts';
import { guarded, ReadField } from './read-field.ts';
import type { Scene } from './scene.ts';
import { Village, villageById } from './village.ts';

const IdentityReviewStatus = codes('IdentityReviewStatus', 'How a case of identity stands.', {
  OPEN: 'Nobody has decided it.',
  LINKED: 'Settled: the records are one village.',
  UNLINKED: 'Settled: the records are two villages.',
  DISMISSED: 'Settled: the records stay as they are.',
});

const statusType = termType(IdentityReviewStatus);
const reasonType = termType(ReviewReason);
const localDate = termType(LocalDate);
const statisticalCode = termType(StatisticalCode);

@ObjectType({ description: 'A record in question.', simpleResolvers: true })
class IdentityCandidate {
  @Field(() => ID, { description: 'Id of the village that the record is held for.' })
  readonly villageId!: string;

  @Field(() => Village, { nullable: true, description: 'That village at the moment; null where it is not there.' })
  readonly village!: Village | null;

  @Field(statisticalCode, { nullable: true, description: 'Code in its edition.' })
  readonly code!: string | null;

  @Field(() => String, { description: 'Name in its edition.' })
  readonly name!: string;

  @Field(localDate, { description: 'Day of its edition.' })
  readonly on!: string;
}

interface StoredCandidate {
  readonly village: string;
  readonly code?: string;
  readonly name: string;
  readonly on: string;
}

@ObjectType('IdentityReview', {
  implements: Node,
  simpleResolvers: true,
  description:
    'A case of identity that no rule decides: settled by linkVillages, unlinkVillage or dismissIdentityReview.',
})
export class IdentityReview implements Node {
  @Field(() => ID, { description: 'Its id.' })
  readonly id: string;

  #candidates: readonly IdentityCandidate[] | undefined;

  constructor(
    private readonly scene: Scene,
    id: string,
    private readonly row: IdentityReviewRow,
  ) {
    this.id = id;
  }

  get __typename() {
    return 'IdentityReview' as const;
  }

  @ReadField(statusType, { description: 'How it stands at the moment.' })
  get status(): IdentityReviewRow['status'] {
    return this.row.status;
  }

  @ReadField(reasonType, { description: 'Why no rule decides it.' })
  get reason(): string {
    return this.row.reason;
  }

  @ReadField(() => String, { description: 'What speaks for which, in one sentence.' })
  get explanation(): string {
    return this.row.explanation;
  }

  @ReadField(() => [IdentityCandidate], { description: 'The records in question.' })
  get candidates(): readonly IdentityCandidate[] {
    this.#candidates ??= guarded(() =>
      (JSON.parse(this.row.candidates) as StoredCandidate[]).map(({ village, code = null, name, on }) => ({
        villageId: village,
        village: villageById(this.scene, village),
        code,
        name,
        on,
      })),
    );
    return this.#candidates;
  }
}

@ArgsType()
export class IdentityReviewArgs extends PageArgs {
  @Field(() => [statusType()], {
    nullable: true,
    description: 'Of one of these statuses; [OPEN] where it is left out.',
  })
  status?: string[] | null;
}

@ObjectType({ description: 'A case in a list.', simpleResolvers: true })
class IdentityReviewEdge {
  @Field(() => String, { description: 'Where it stands in the list, and the picture that the list was cut from.' })
  readonly cursor!: string;

  @Field(() => IdentityReview, { description: 'The case.' })
  readonly node!: IdentityReview;
}

@ObjectType({ description: 'A page of the cases of identity.', simpleResolvers: true })
export class IdentityReviewConnection {
  @Field(() => Int, { description: 'Cases of the whole list, on all pages.' })
  readonly totalCount!: number;

  @Field(() => [IdentityReview], { description: 'The cases of the page.' })
  readonly nodes!: readonly IdentityReview[];

  @Field(() => [IdentityReviewEdge], { description: 'The cases of the page, each with its cursor.' })
  readonly edges!: readonly IdentityReviewEdge[];

  @Field(() => PageInfo, { description: 'Where the page lies in the list.' })
  readonly pageInfo!: PageInfo;
}

/** A page of the cases, by id. Errors: `BAD_USER_INPUT`, `E_BEHIND`. */
export async function identityReviewPage(asked: Scene, args: IdentityReviewArgs): Promise<IdentityReviewConnection> {
  const page = pageAsked(args);
  const { scene, after, before } = await pictureOfPage(asked, args, 'reviews');
  const statuses = args.status ?? ['OPEN'];
  const where = statuses.length ? `v.status in (${statuses.map(() => '?').join(', ')})` : '0';
  const question = { where, params: statuses };
  const edge = (cursor: typeof after) => cursor && { values: [], id: String(cursor.place[0]) };
  const { limit, fromEnd } = page;
  const read = scene.select(identityReviews, {
    ...question,
    after: edge(after),
    before: edge(before),
    fromEnd,
    limit: limit + 1,
  });
  const { items, hasNextPage, hasPreviousPage } = cutPage(read, page, args);
  const edges = items.map(({ id, row }) => ({
    cursor: encodeCursor({ at: scene.at, list: 'reviews', place: [id] }),
    node: new IdentityReview(scene, id, row),
  }));
  const [first, last] = [edges[0], edges.at(-1)];
  return {
    totalCount: scene.count(identityReviews, question),
    nodes: edges.map(({ node }) => node),
    edges,
    pageInfo: { hasNextPage, hasPreviousPage, startCursor: first?.cursor ?? null, endCursor: last?.cursor ?? null },
  };
}
