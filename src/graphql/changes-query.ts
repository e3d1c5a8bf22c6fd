/** changes(): arguments, cursors, and the page. */
import { Args, ArgsType, Ctx, Field, Int, Query, Resolver } from 'type-graphql';
import { DivisionCode } from '../domain/scalars.ts';
import type { Moment } from '../es/projection.ts';
import type { SystemName } from './change-systems.ts';
import { type ChangePlace, ChangeWalk, type Difference } from './change-walk.ts';
import { Change, ChangeConnection, changeSystemType, MomentInput } from './changes.ts';
import type { RequestContext } from './context.ts';
import { decodeCursor, encodeCursor } from './cursors.ts';
import { termType } from './derive/types.ts';
import { badInput } from './input-error.ts';
import { pageAsked, pageItemsMax } from './page.ts';
import { momentAsked } from './picture.ts';
import { Scene } from './scene.ts';

const list = 'changes';
const divisionCode = termType(DivisionCode);

@ArgsType()
class ChangesArgs {
  @Field(() => MomentInput, { description: 'The first moment.' })
  from!: MomentInput;

  @Field(() => MomentInput, { description: 'The second moment; it may lie before the first.' })
  to!: MomentInput;

  @Field(divisionCode, {
    nullable: true,
    description: 'What lies, at either moment, in the listed division with this code, itself included.',
  })
  within?: string | null;

  @Field(() => [changeSystemType], {
    nullable: true,
    description: 'What is compared; everything where it is left out.',
  })
  systems?: SystemName[] | null;

  @Field(() => Int, { nullable: true, description: `Changes at most: 0 to ${pageItemsMax}, 50 where it is left out.` })
  first?: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'A cursor: only what stands after it, between the same two pictures.',
  })
  after?: string | null;
}

@Resolver()
export class ChangesQuery {
  @Query(() => ChangeConnection, {
    description:
      'What differs between two moments, field by field. A thing that is there at one of them alone differs in every field it has. Errors: BAD_USER_INPUT, E_FUTURE_MOMENT, E_BEHIND.',
  })
  async changes(@Args(() => ChangesArgs) args: ChangesArgs, @Ctx() context: RequestContext): Promise<ChangeConnection> {
    const { limit } = pageAsked(args);
    const cursor = args.after == null ? undefined : comparedAt(args.after);
    const from = await momentOf(context, args.from, cursor?.from, 'from');
    const to = await momentOf(context, args.to, cursor?.to, 'to');
    const walk = new ChangeWalk(
      Scene.at(context, from),
      Scene.at(context, to),
      args.within ?? null,
      args.systems ?? null,
    );
    const found: Difference[] = [];
    for await (const difference of walk.differences(cursor?.place)) {
      found.push(difference);
      if (found.length > limit) break;
    }
    const edges = found.slice(0, limit).map((difference) => ({
      cursor: cursorOf(from, to, difference.place),
      node: new Change(walk, difference),
    }));
    return new ChangeConnection(walk, edges, found.length > limit, cursor !== undefined);
  }
}

const cursorOf = (from: Moment, to: Moment, { system, id, field }: ChangePlace): string =>
  encodeCursor({ at: to, list, place: [from.effectiveOn, from.position, system, id, field] });

/** The two pictures of a cursor, and its place. Errors: `BAD_USER_INPUT`. */
function comparedAt(text: string): { from: Moment; to: Moment; place: ChangePlace } {
  const { at: to, place } = decodeCursor(text, list, 'after');
  const [effectiveOn, position, system, id, field] = place;
  const fits = /^\d{4}-\d\d-\d\d$/.test(String(effectiveOn)) && typeof id === 'string' && id.length > 0;
  if (!fits || ![position, system, field].every((each) => Number.isSafeInteger(each))) {
    throw badInput(['after'], 'This is not a cursor of changes.');
  }
  return {
    from: { effectiveOn: String(effectiveOn), position: Number(position) },
    to,
    place: { system: Number(system), id, field: Number(field) },
  };
}

/** The moment that is asked for, or the cursor's, which must not contradict it. */
async function momentOf(
  context: RequestContext,
  asked: MomentInput,
  kept: Moment | undefined,
  name: 'from' | 'to',
): Promise<Moment> {
  if (!kept) return momentAsked(context, asked, [name]);
  const contradicts =
    (asked.effectiveOn != null && asked.effectiveOn !== kept.effectiveOn) ||
    (asked.position != null && asked.position !== kept.position);
  if (contradicts) throw badInput(['after'], 'The cursor is of other moments.');
  return momentAsked(context, kept, [name]);
}
