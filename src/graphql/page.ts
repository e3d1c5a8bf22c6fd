/** Relay's pages: what is asked, and what is said of them. */
import { ArgsType, Field, Int, ObjectType } from 'type-graphql';
import { badInput } from './input-error.ts';

export const pageItemsMax = 500;
const pageItemsDefault = 50;

@ArgsType()
export class PageArgs {
  @Field(() => Int, {
    nullable: true,
    description: `Items from the start, or after the cursor: 0 to ${pageItemsMax}, ${pageItemsDefault} where neither first nor last is given.`,
  })
  first?: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'A cursor: only what stands after it, cut from the picture that the cursor came from.',
  })
  after?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: `Items from the end, or before the cursor: 0 to ${pageItemsMax}. Not beside first.`,
  })
  last?: number | null;

  @Field(() => String, { nullable: true, description: 'A cursor: only what stands before it.' })
  before?: string | null;
}

/** How many, and from which end. */
export interface PageAsked {
  readonly limit: number;
  readonly fromEnd: boolean;
}

/** The checked size and end of a page. Errors: `BAD_USER_INPUT`. */
export function pageAsked({ first, last }: PageArgs): PageAsked {
  if (first != null && last != null) throw badInput(['last'], 'Ask for the first or for the last, not for both.');
  const fromEnd = last != null;
  const limit = (fromEnd ? last : first) ?? pageItemsDefault;
  if (limit < 0 || limit > pageItemsMax) {
    throw badInput([fromEnd ? 'last' : 'first'], `A page holds 0 to ${pageItemsMax} items.`);
  }
  return { limit, fromEnd };
}

@ObjectType({ description: 'Where a page lies in its list.', simpleResolvers: true })
export class PageInfo {
  @Field(() => Boolean, { description: 'True where more stands after the page.' })
  readonly hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'True where more stands before the page.' })
  readonly hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'Cursor of the first item; null on an empty page.' })
  readonly startCursor!: string | null;

  @Field(() => String, { nullable: true, description: 'Cursor of the last item; null on an empty page.' })
  readonly endCursor!: string | null;
}

/** One item more than asked was read, to know whether there is more; cut it off. `bounded`: the page has a cursor on its
 *  far side, where the cursor's own item stands. */
export function cutPage<T>(
  read: readonly T[],
  { limit, fromEnd }: PageAsked,
  { after, before }: PageArgs,
): { items: readonly T[]; hasNextPage: boolean; hasPreviousPage: boolean } {
  const more = read.length > limit;
  const items = !more ? read : fromEnd ? read.slice(read.length - limit) : read.slice(0, limit);
  return {
    items,
    hasNextPage: fromEnd ? before != null : more,
    hasPreviousPage: fromEnd ? more : after != null,
  };
}
