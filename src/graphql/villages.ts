/** Lists of villages: arguments, connection, and the page that is read. */
import { ArgsType, Field, Int, ObjectType } from 'type-graphql';
import { type VillageRow, villages } from '../../projections/villages.ts';
import { DivisionCode, VillageKind } from '../domain/scalars.ts';
import type { Found, Select } from '../es/projection.ts';
import { encodeCursor } from './cursors.ts';
import { termType } from './derive/types.ts';
import type { Division } from './division.ts';
import { cutPage, PageArgs, type PageAsked, PageInfo, pageAsked } from './page.ts';
import { pictureOfPage } from './picture.ts';
import { ReadField } from './read-field.ts';
import type { Scene } from './scene.ts';
import { Village, VillageStatus } from './village.ts';
import {
  type Condition,
  filterCondition,
  joined,
  oneOf,
  orderKeys,
  VillageFilter,
  VillageOrder,
} from './village-filter.ts';

const villageKind = termType(VillageKind);
const villageStatus = termType(VillageStatus);
const divisionCode = termType(DivisionCode);

@ArgsType()
export class VillageListArgs extends PageArgs {
  @Field(() => [villageKind()], { nullable: true, description: 'Of one of these kinds; all where it is left out.' })
  kind?: string[] | null;

  @Field(() => [villageStatus()], {
    nullable: true,
    description: 'Of one of these statuses; [LISTED] where it is left out.',
  })
  status?: string[] | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Found by a part of the published name, of the base name’s pinyin (xiawei) or of its initials (xw); several words must all be found.',
  })
  search?: string | null;

  @Field(() => VillageFilter, { nullable: true, description: 'Further conditions.' })
  where?: VillageFilter | null;

  @Field(() => [VillageOrder], {
    nullable: true,
    description: 'Keys of the order, the first one first; by code where it is left out.',
  })
  orderBy?: VillageOrder[] | null;
}

@ArgsType()
export class VillagesArgs extends VillageListArgs {
  @Field(divisionCode, {
    nullable: true,
    description:
      'Below the listed division with this code; none where no division carries it at the moment. 441900 and 442000 mean 东莞 and 中山 themselves.',
  })
  within?: string | null;
}

@ObjectType({ description: 'A village in a list.', simpleResolvers: true })
class VillageEdge {
  @Field(() => String, { description: 'Where it stands in the list, and the picture that the list was cut from.' })
  readonly cursor!: string;

  @Field(() => Village, { description: 'The village.' })
  readonly node!: Village;
}

type Question = Pick<Select, 'where' | 'params' | 'search'>;

@ObjectType({ description: 'A page of a list of villages.', simpleResolvers: true })
export class VillageConnection {
  @ReadField(() => [Village], { description: 'The villages of the page.' })
  readonly nodes: readonly Village[];

  #edges: readonly VillageEdge[] | undefined;
  #pageInfo: PageInfo | undefined;

  constructor(
    private readonly scene: Scene,
    private readonly question: Question,
    private readonly page: {
      readonly items: readonly Found<VillageRow>[];
      readonly hasNextPage: boolean;
      readonly hasPreviousPage: boolean;
    },
    private readonly cursorOf: (found: Found<VillageRow>) => string,
  ) {
    this.nodes = page.items.map(({ id, row }) => new Village(scene, id, row));
  }

  @Field(() => Int, { description: 'Villages of the whole list, on all pages.' })
  totalCount(): number {
    return this.scene.count(villages, this.question);
  }

  @ReadField(() => [VillageEdge], { description: 'The villages of the page, each with its cursor.' })
  get edges(): readonly VillageEdge[] {
    this.#edges ??= this.page.items.map((found, at) => ({
      cursor: this.cursorOf(found),
      node: this.nodes[at] as Village,
    }));
    return this.#edges;
  }

  @ReadField(() => PageInfo, { description: 'Where the page lies in the list.' })
  get pageInfo(): PageInfo {
    const { items, hasNextPage, hasPreviousPage } = this.page;
    const [first, last] = [items[0], items.at(-1)];
    this.#pageInfo ??= {
      hasNextPage,
      hasPreviousPage,
      startCursor: first ? this.cursorOf(first) : null,
      endCursor: last ? this.cursorOf(last) : null,
    };
    return this.#pageInfo;
  }
}

/** A page of the villages that are asked for, of those below `above` where it is given. Errors: `BAD_USER_INPUT`, `E_BEHIND`. */
export async function listVillages(asked: Scene, args: VillagesArgs, above?: Division): Promise<VillageConnection> {
  const page = pageAsked(args);
  const orderBy = orderKeys(args.orderBy);
  const list = orderBy.map(({ column, descending }) => (descending ? `-${column}` : column)).join();
  const { scene, after, before } = await pictureOfPage(asked, args, list);
  const { sql: where, params } = joined(
    [...(above ? [villagesBelow(scene, above.id, above.level)] : []), ...conditions(scene, args)],
    'and',
  );
  const question = { where, params, search: args.search ?? undefined };
  const edge = (cursor: typeof after) =>
    cursor && { values: cursor.place.slice(0, -1), id: String(cursor.place.at(-1)) };
  const read = readPage(scene, { ...question, orderBy, after: edge(after), before: edge(before) }, page);
  const cursorOf = ({ id, row }: Found<VillageRow>) => {
    const values = orderBy.map(({ column }) => row[column as keyof VillageRow]);
    return encodeCursor({ at: scene.at, list, place: [...values, id] });
  };
  return new VillageConnection(scene, question, cutPage(read, page, args), cursorOf);
}

const readPage = (scene: Scene, question: Omit<Select, 'limit'>, { limit, fromEnd }: PageAsked): Found<VillageRow>[] =>
  scene.select(villages, { ...question, fromEnd, limit: limit + 1 });

function conditions(scene: Scene, { within, kind, status, where }: VillagesArgs): Condition[] {
  const parts: Condition[] = [oneOf('status', status ?? ['LISTED'])];
  if (kind) parts.push(oneOf('kind', kind));
  if (within != null) parts.unshift(below(scene, within));
  if (where) parts.push(filterCondition(scene, where, ['where']));
  return parts;
}

/** The condition that a village lies below the division with a code. */
function below(scene: Scene, code: string): Condition {
  const found = scene.divisionByCode(code);
  if (!found) return { sql: '0', params: [] };
  return villagesBelow(scene, found.id, found.row.level);
}

/** The condition that a village lies below a division. */
export function villagesBelow(scene: Scene, id: string, level: string): Condition {
  if (level === 'TOWNSHIP') return { sql: 'v.township = ?', params: [id] };
  if (level === 'COUNTY') return { sql: 'v.county = ?', params: [id] };
  if (level === 'PREFECTURE') return { sql: 'v.prefecture = ?', params: [id] };
  return oneOf('prefecture', scene.prefecturesOf(id));
}
