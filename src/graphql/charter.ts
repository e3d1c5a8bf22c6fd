/** The charter of a village, and what is counted of charters below a division. */
import { Field, FieldResolver, Int, ObjectType, Resolver, Root, registerEnumType } from 'type-graphql';
import { type VillageCharterRow, villageCharters } from '../../projections/village-charters.ts';
import { LocalDate, Sha256 } from '../domain/scalars.ts';
import { termType } from './derive/types.ts';
import { sumsOf, Tally } from './tally.ts';
import { Village } from './village.ts';

const localDate = termType(LocalDate);
const sha256 = termType(Sha256);

const stages = {
  OPEN: 'It was begun.',
  OPINIONS: 'Opinions were collected, or the township returned the draft.',
  DRAFTED: 'There is a draft.',
  UNDER_REVIEW: 'The draft lies before the township.',
  REVIEWED: 'The township passed it.',
  ADOPTED: 'The assembly adopted it.',
  FILED: 'It is on file and waits for its publication.',
};
const CharterStage = Object.fromEntries(Object.keys(stages).map((stage) => [stage, stage]));
registerEnumType(CharterStage, {
  name: 'CharterStage',
  description: 'How far the revision of a charter has come.',
  valuesConfig: Object.fromEntries(Object.entries(stages).map(([stage, description]) => [stage, { description }])),
});

@ObjectType({ description: 'A revision of a charter that is under way.', simpleResolvers: true })
class CharterRevision {
  @Field(() => Int, { description: 'Number of the version to be.' })
  readonly version!: number;

  @Field(() => CharterStage, { description: 'How far it has come.' })
  readonly stage!: string;

  @Field(sha256, { nullable: true, description: 'SHA-256 of the draft; null before there is one.' })
  readonly textSha256!: string | null;
}

@ObjectType({ description: 'The charter of a village (村规民约, 居民公约) at the moment.', simpleResolvers: true })
class Charter {
  @Field(() => Int, { description: 'Number of the version in force; 0 where none is.' })
  readonly version!: number;

  @Field(localDate, { nullable: true, description: 'Day from which that version is in force.' })
  readonly inForceFrom!: string | null;

  @Field(localDate, { nullable: true, description: 'Day on which it was published.' })
  readonly publishedOn!: string | null;

  @Field(sha256, { nullable: true, description: 'SHA-256 of its text.' })
  readonly textSha256!: string | null;

  @Field(() => String, { nullable: true, description: 'Organ with which it is on file.' })
  readonly filedWith!: string | null;

  @Field(() => Boolean, { description: 'Whether the township has ordered a correction that is not made yet.' })
  readonly correctionOrdered!: boolean;

  @Field(() => Boolean, {
    description: 'Whether it is on file and was published on or after 2018-12-01 (民发〔2018〕144号).',
  })
  readonly revised!: boolean;

  @Field(localDate, { nullable: true, description: 'Day of the last review of its enforcement.' })
  readonly lastEnforcementOn!: string | null;

  @Field(() => CharterRevision, {
    nullable: true,
    description: 'The revision that is under way; null where there is none.',
  })
  readonly revision!: CharterRevision | null;
}

const charterOf = (row: VillageCharterRow): Charter => ({
  version: row.version,
  inForceFrom: row.in_force_from,
  publishedOn: row.published_on,
  textSha256: row.text_sha256,
  filedWith: row.filed_with,
  correctionOrdered: row.correction_ordered === 1,
  revised: row.revised === 1,
  lastEnforcementOn: row.last_enforcement_on,
  revision: row.stage === 'NONE' ? null : { version: row.open_version, stage: row.stage, textSha256: row.draft_sha256 },
});

@Resolver(() => Village)
export class VillageCharterField {
  @FieldResolver(() => Charter, {
    nullable: true,
    description: 'Its charter: the version in force and the revision under way; null where neither is recorded.',
  })
  charter(@Root() village: Village): Charter | null {
    const row = village.scene.one(villageCharters, village.id);
    return row && (row.version > 0 || row.stage !== 'NONE') ? charterOf(row) : null;
  }
}

@ObjectType({ description: 'Charters of the listed villages below a division.', simpleResolvers: true })
class CharterTally {
  @Field(() => Int, { description: 'Villages with a charter in force.' })
  readonly inForce!: number;

  @Field(() => Int, {
    description: 'Villages whose charter in force was published on or after 2018-12-01 and is on file.',
  })
  readonly revised!: number;

  @Field(() => Int, { description: 'Villages with a revision under way.' })
  readonly underRevision!: number;

  @Field(() => Int, { description: 'Villages whose charter is to be corrected by order.' })
  readonly correctionOrdered!: number;
}

@Resolver(() => Tally)
export class TallyChartersField {
  @FieldResolver(() => CharterTally, { description: 'Charters (村规民约, 居民公约).' })
  async charters(@Root() tally: Tally): Promise<CharterTally> {
    const [inForce = 0, revised = 0, underRevision = 0, correctionOrdered = 0] = await sumsOf(tally, villageCharters);
    return { inForce, revised, underRevision, correctionOrdered };
  }
}
