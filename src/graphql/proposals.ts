/** Lists of proposals, and what a proposal is of. No other list, total or history knows of what is pending. */
import { Args, ArgsType, Field, FieldResolver, Int, ObjectType, Resolver, Root } from 'type-graphql';
import { proposals } from '../../projections/proposals.ts';
import { DivisionCode } from '../domain/scalars.ts';
import { aggregateOf, idOf, streamOf } from '../es/event.ts';
import type { Cell } from '../es/projection.ts';
import { passing } from './context.ts';
import { encodeCursor } from './cursors.ts';
import { things } from './derive/things.ts';
import { termType } from './derive/types.ts';
import { Event, type EventView } from './event.ts';
import { eventById } from './events.ts';
import { Node } from './node.ts';
import { cutPage, PageArgs, PageInfo, pageAsked } from './page.ts';
import { pictureOfPage } from './picture.ts';
import { placesOfStream } from './places.ts';
import { Proposal, type ProposalStatus, proposalById, statusType } from './proposal.ts';
import { Rights } from './rights.ts';
import type { Scene } from './scene.ts';
import { Snapshot } from './snapshot.ts';
import { type NodeView, subjectOf } from './subject.ts';

/** Proposals that one list looks at. */
const listedMax = 10_000;
const divisionCode = termType(DivisionCode);

@ArgsType()
class ProposalsArgs extends PageArgs {
  @Field(divisionCode, {
    nullable: true,
    description: 'Code of a division: what concerns it, or lies below it today; all where it is left out.',
  })
  within?: string | null;

  @Field(() => [statusType()], {
    nullable: true,
    description: 'Of one of these statuses; [PENDING], what waits, where it is left out.',
  })
  status?: ProposalStatus[] | null;
}

@ObjectType({ description: 'A proposal in a list.', simpleResolvers: true })
class ProposalEdge {
  @Field(() => String, { description: 'Where it stands in the list, and the picture that the list was cut from.' })
  readonly cursor!: string;

  @Field(() => Proposal, { description: 'The proposal.' })
  readonly node!: Proposal;
}

@ObjectType({ description: 'A page of proposals.', simpleResolvers: true })
class ProposalConnection {
  @Field(() => Int, { description: `Proposals of the whole list, on all pages; at most ${listedMax}.` })
  readonly totalCount!: number;

  @Field(() => [Proposal], { description: 'The proposals of the page.' })
  readonly nodes!: readonly Proposal[];

  @Field(() => [ProposalEdge], { description: 'The proposals of the page, each with its cursor.' })
  readonly edges!: readonly ProposalEdge[];

  @Field(() => PageInfo, { description: 'Where the page lies in the list.' })
  readonly pageInfo!: PageInfo;
}

@Resolver(() => Snapshot)
export class SnapshotProposalsField {
  @FieldResolver(() => ProposalConnection, {
    description:
      'Acts that were proposed by one person and wait for another, by the last day on which they can be approved; decided ones where a status is asked. Only what lies within one’s rights; every look is recorded. Errors: BAD_USER_INPUT, E_BEHIND.',
  })
  async proposals(
    @Root() snapshot: Snapshot,
    @Args(() => ProposalsArgs) args: ProposalsArgs,
  ): Promise<ProposalConnection> {
    const page = pageAsked(args);
    const { scene, after, before } = await pictureOfPage(snapshot.scene, args, 'proposals');
    const all = visible(scene, args);
    const placeOf = (cursor: typeof after, otherwise: number) =>
      cursor ? all.findIndex(({ id }) => id === cursor.place[0]) : otherwise;
    const within = all.slice(placeOf(after, -1) + 1, Math.max(0, placeOf(before, all.length)));
    const { limit, fromEnd } = page;
    const read = fromEnd ? within.slice(Math.max(0, within.length - limit - 1)) : within.slice(0, limit + 1);
    const { items, ...cut } = cutPage(read, page, args);
    const cursors = items.map(({ id }) => encodeCursor({ at: scene.at, list: 'proposals', place: [id] }));
    let shown: readonly ProposalEdge[] | undefined;
    // Counting is no look: what is not public is read only where it is asked for.
    const show = () => {
      shown ??= items.flatMap(({ id }, at) => {
        const node = proposalById(scene, id);
        return node ? [{ cursor: cursors[at] ?? '', node }] : [];
      });
      return shown;
    };
    return {
      totalCount: all.length,
      get nodes() {
        return show().map(({ node }) => node);
      },
      get edges() {
        return show();
      },
      pageInfo: { ...cut, startCursor: cursors[0] ?? null, endCursor: cursors.at(-1) ?? null },
    };
  }
}

/** Those that are asked for and may be seen, in the list's order. */
function visible(scene: Scene, { within, status }: ProposalsArgs): readonly { readonly id: string }[] {
  const rights = Rights.of(scene.context);
  if (!rights.hasAnywhere('seeRestricted')) return [];
  scene.context.reads.add(passing);
  const { sql: where, params } = ofStatus(status ?? ['PENDING'], scene.at.effectiveOn);
  const found = scene.select(proposals, { where, params, orderBy: [{ column: 'expires_on' }], limit: listedMax });
  const scope = within == null ? null : rights.scene.placeByCode(within);
  if (within != null && !scope) return [];
  return found.filter(({ id }) => {
    const stream = streamOf('proposal', id);
    const lies = scope === null || placesOfStream(rights.scene, stream).some((place) => place.includes(scope.id));
    return lies && rights.covers(stream);
  });
}

/** That a proposal has expired is said by no event: it is PENDING after its last day. */
function ofStatus(statuses: readonly ProposalStatus[], day: string): { sql: string; params: Cell[] } {
  const conditions = statuses.map((status): { sql: string; params: Cell[] } => {
    if (status === 'PENDING') return { sql: "(v.status = 'PENDING' and v.expires_on >= ?)", params: [day] };
    if (status === 'EXPIRED') return { sql: "(v.status = 'PENDING' and v.expires_on < ?)", params: [day] };
    return { sql: 'v.status = ?', params: [status] };
  });
  const sql = conditions.map((each) => each.sql).join(' or ');
  return { sql: sql === '' ? '0' : `(${sql})`, params: conditions.flatMap(({ params }) => params) };
}

@Resolver(() => Proposal)
export class ProposalFields {
  @FieldResolver(() => Node, {
    description: 'The thing that it acts on, or makes, at the moment; AbsentNode while it is not there.',
  })
  target(@Root() { scene, row }: Proposal): NodeView {
    const isOfVillage = things[aggregateOf(row.target)]?.field === 'village';
    return subjectOf(scene, isOfVillage ? streamOf('village', idOf(row.target)) : row.target);
  }

  @FieldResolver(() => [Event], {
    description: 'What it wrote when it took effect, as known at the moment; none before.',
  })
  async events(@Root() { scene, row }: Proposal): Promise<EventView[]> {
    const ids = JSON.parse(row.event_ids) as string[];
    const found = await Promise.all(ids.map((id) => eventById(scene, id)));
    return found.filter((event) => event !== null);
  }
}
