/** Platforms of deliberation and demonstration sites of a village, and what is counted of them below a division. */
import { Field, FieldResolver, Int, ObjectType, Resolver, Root } from 'type-graphql';
import {
  type StoredPlatform,
  type StoredSite,
  type VillageDeliberationRow,
  villageDeliberation,
} from '../../projections/village-deliberation.ts';
import { villageMatters } from '../../projections/village-matters.ts';
import { AuthorityLevel } from '../domain/authority.ts';
import { PlatformForm, PlatformZone } from '../domain/deliberation-catalogue.ts';
import { LocalDate } from '../domain/scalars.ts';
import { termType } from './derive/types.ts';
import { sumsOf, Tally } from './tally.ts';
import { Village } from './village.ts';

const localDate = termType(LocalDate);
const form = termType(PlatformForm);
const zone = termType(PlatformZone);
const level = termType(AuthorityLevel);

@ObjectType({ description: 'A platform of deliberation (议事平台) that is open at the moment.', simpleResolvers: true })
class DeliberationPlatform {
  @Field(() => String, { description: 'Its name; one in its village.' })
  readonly name!: string;

  @Field(form, { description: 'What it is.' })
  readonly form!: string;

  @Field(() => [zone()], { description: 'Its zones; empty where none are recorded.' })
  readonly zones!: readonly string[];

  @Field(() => String, {
    nullable: true,
    description: 'The villagers’ group whose platform it is; null for the whole village’s.',
  })
  readonly groupName!: string | null;

  @Field(() => Int, { nullable: true, description: 'Floor area in square metres; null where it is not known.' })
  readonly areaSquareMetres!: number | null;

  @Field(localDate, { description: 'Day on which it was opened.' })
  readonly openedOn!: string;
}

@ObjectType({
  description: 'A designation as a demonstration site of deliberation (城乡社区议事协商示范点) that holds.',
  simpleResolvers: true,
})
class DemonstrationSite {
  @Field(() => String, { description: 'Name of the platform.' })
  readonly platform!: string;

  @Field(level, { description: 'Level at which it is one.' })
  readonly level!: string;

  @Field(() => String, { nullable: true, description: 'Batch of the designation; null where it is not known.' })
  readonly batch!: string | null;

  @Field(() => String, { nullable: true, description: 'Number of the document; null where it is not known.' })
  readonly documentNumber!: string | null;

  @Field(localDate, { description: 'Day of the designation.' })
  readonly designatedOn!: string;
}

@ObjectType({
  description: 'Totals as they were reported. They stand beside what is counted from single matters.',
  simpleResolvers: true,
})
class ReportedDeliberationTally {
  @Field(() => Int, { description: 'Matters that were passed up to the day.' })
  readonly passed!: number;

  @Field(() => Int, { description: 'Matters of these that were carried out up to the day.' })
  readonly carriedOut!: number;

  @Field(localDate, { description: 'The day up to which they count.' })
  readonly asOf!: string;
}

@ObjectType({ description: 'Deliberation (议事协商) in a village at the moment.', simpleResolvers: true })
class Deliberation {
  @Field(() => [DeliberationPlatform], { description: 'The platforms that are open, in the order of their opening.' })
  readonly platforms!: readonly DeliberationPlatform[];

  @Field(() => [DemonstrationSite], { description: 'The designations that hold: one a platform and level.' })
  readonly demonstrationSites!: readonly DemonstrationSite[];

  @Field(() => ReportedDeliberationTally, {
    nullable: true,
    description: 'The totals that were reported last; null where none were.',
  })
  readonly reportedTally!: ReportedDeliberationTally | null;
}

function deliberationOf(row: VillageDeliberationRow): Deliberation {
  const { reported_passed: passed, reported_carried_out: carriedOut, reported_as_of: asOf } = row;
  return {
    platforms: JSON.parse(row.platforms) as StoredPlatform[],
    demonstrationSites: JSON.parse(row.sites) as StoredSite[],
    reportedTally: passed === null || carriedOut === null || asOf === null ? null : { passed, carriedOut, asOf },
  };
}

@Resolver(() => Village)
export class VillageDeliberationField {
  @FieldResolver(() => Deliberation, {
    description:
      'Its deliberation (议事协商): platforms, demonstration sites, reported totals. Its matters: `matters`.',
  })
  deliberation(@Root() village: Village): Deliberation {
    const row = village.scene.one(villageDeliberation, village.id);
    return row ? deliberationOf(row) : { platforms: [], demonstrationSites: [], reportedTally: null };
  }
}

@ObjectType({ description: 'Demonstration sites of deliberation in the listed villages.', simpleResolvers: true })
class DemonstrationSiteTally {
  @Field(() => Int, { description: 'Designations that hold; a platform that is one at two levels counts twice.' })
  readonly total!: number;
}

@ObjectType({
  description: 'Deliberation in the listed villages. Matters are counted from the single matters, up to the moment.',
  simpleResolvers: true,
})
class DeliberationTally {
  @Field(() => Int, { description: 'Platforms that are open.' })
  readonly platforms!: number;

  @Field(() => Int, { description: 'Matters that were raised.' })
  readonly raised!: number;

  @Field(() => Int, { description: 'Decisions that adopted or rejected a matter; what was put off does not count.' })
  readonly resolved!: number;

  @Field(() => Int, { description: 'Decisions that adopted a matter.' })
  readonly adopted!: number;

  @Field(() => Int, { description: 'Resolutions that were published.' })
  readonly published!: number;

  @Field(() => Int, { description: 'Resolutions that were carried out.' })
  readonly implemented!: number;

  @Field(() => Int, { description: 'Matters whose resolution is blocked at the moment.' })
  readonly blocked!: number;

  @Field(() => Int, { description: 'Matters that were referred to the township.' })
  readonly referred!: number;
}

@Resolver(() => Tally)
export class TallyDeliberationFields {
  @FieldResolver(() => DemonstrationSiteTally, {
    description: 'Demonstration sites of deliberation (城乡社区议事协商示范点).',
  })
  async demonstrationSites(@Root() tally: Tally): Promise<DemonstrationSiteTally> {
    const [, total = 0] = await sumsOf(tally, villageDeliberation);
    return { total };
  }

  @FieldResolver(() => DeliberationTally, { description: 'Platforms and matters of deliberation (议事协商).' })
  async deliberation(@Root() tally: Tally): Promise<DeliberationTally> {
    const [[platforms = 0], matters] = await Promise.all([
      sumsOf(tally, villageDeliberation),
      sumsOf(tally, villageMatters),
    ]);
    const [raised = 0, resolved = 0, adopted = 0, published = 0, implemented = 0, blocked = 0, referred = 0] = matters;
    return { platforms, raised, resolved, adopted, published, implemented, blocked, referred };
  }
}
