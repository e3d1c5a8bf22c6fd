/** Honours in a picture of the world. */
import { Field, FieldResolver, ID, Int, ObjectType, Resolver, Root } from 'type-graphql';
import { type HonourRow, honours } from '../../projections/honours.ts';
import { AuthorityLevel } from '../domain/authority.ts';
import { HonourHolder } from '../domain/honour.ts';
import { LocalDate } from '../domain/scalars.ts';
import { termType } from './derive/types.ts';
import { Node } from './node.ts';
import type { Scene } from './scene.ts';
import { Village } from './village.ts';

const holdersMax = 1_000;
const holder = termType(HonourHolder);
const level = termType(AuthorityLevel);
const localDate = termType(LocalDate);

@ObjectType('Honour', {
  implements: Node,
  simpleResolvers: true,
  description: 'An honour (荣誉): a title conferred on a village, a division or a project.',
})
export class Honour implements Node {
  readonly __typename = 'Honour';
  readonly scene!: Scene;
  readonly villageId!: string | null;
  readonly divisionId!: string | null;

  @Field(() => ID, { description: 'Its id.' })
  readonly id!: string;

  @Field(holder, { description: 'Who holds it.' })
  readonly holderType!: string;

  @Field(() => String, { nullable: true, description: 'Name of the project that holds it; null where none does.' })
  readonly project!: string | null;

  @Field(() => String, { description: 'The title.' })
  readonly title!: string;

  @Field(level, { description: 'Level of the title.' })
  readonly level!: string;

  @Field(() => String, { description: 'Organ that conferred it.' })
  readonly conferredBy!: string;

  @Field(localDate, { description: 'Day on which it was conferred.' })
  readonly conferredOn!: string;

  @Field(() => Int, { nullable: true, description: 'Number of the batch; null where it has none.' })
  readonly batch!: number | null;

  @Field(() => String, { nullable: true, description: 'Number of the document; null where it is not known.' })
  readonly documentNumber!: string | null;

  @Field(localDate, { nullable: true, description: 'Day on which it was revoked; null while it is held.' })
  readonly revokedOn!: string | null;
}

/** An honour as the API shows it. */
export const honourOf = (scene: Scene, id: string, row: HonourRow): Honour => ({
  __typename: 'Honour',
  scene,
  villageId: row.village,
  divisionId: row.division,
  id,
  holderType: row.holder_type,
  project: row.project,
  title: row.title,
  level: row.level,
  conferredBy: row.conferred_by,
  conferredOn: row.conferred_on,
  batch: row.batch,
  documentNumber: row.document_number,
  revokedOn: row.revoked_on,
});

/** The honour of an id at the moment; null where there is none. */
export function honourById(scene: Scene, id: string): Honour | null {
  const row = scene.one(honours, id);
  return row && honourOf(scene, id, row);
}

@Resolver(() => Village)
export class VillageHonoursField {
  @FieldResolver(() => [Honour], { description: 'Its honours (荣誉), revoked ones too.' })
  honours(@Root() village: Village): Honour[] {
    const found = village.scene.select(honours, { where: 'v.village = ?', params: [village.id], limit: holdersMax });
    return found.map(({ id, row }) => honourOf(village.scene, id, row));
  }
}
