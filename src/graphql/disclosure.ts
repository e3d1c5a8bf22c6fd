/** Disclosure of affairs of a village and its assessment, what is counted of them below a division, and the standards. */
import { Field, FieldResolver, Int, ObjectType, Resolver, Root } from 'type-graphql';
import { disclosureStandards } from '../../projections/disclosure-standards.ts';
import {
  type StoredDisclosure,
  type VillageDisclosureRow,
  villageDisclosure,
} from '../../projections/village-disclosure.ts';
import { DisclosureCategory, DisclosurePhase } from '../domain/disclosure-catalogue.ts';
import { DisclosurePeriod, Quarter } from '../domain/disclosure-period.ts';
import { DimensionCode } from '../domain/disclosure-standard-terms.ts';
import { LocalDate, Sha256 } from '../domain/scalars.ts';
import { termType } from './derive/types.ts';
import { missingOf, quarterDueBefore } from './disclosure-board.ts';
import { DisclosureStandard, disclosureStandardOf } from './disclosure-standard.ts';
import type { Scene } from './scene.ts';
import { Snapshot } from './snapshot.ts';
import { sumsOf, Tally } from './tally.ts';
import { Village } from './village.ts';

const standardsMax = 1_000;
const localDate = termType(LocalDate);
const categoryType = termType(DisclosureCategory);
const periodType = termType(DisclosurePeriod);

@ObjectType({ description: 'The disclosure of a category that was published last.', simpleResolvers: true })
class LatestDisclosure {
  @Field(categoryType, { description: 'The category.' })
  readonly category!: string;

  @Field(periodType, { description: 'The month or quarter that it reports.' })
  readonly period!: string;

  @Field(termType(DisclosurePhase), { description: 'When in the course of the matter it was published.' })
  readonly phase!: string;

  @Field(localDate, { description: 'Day of publication.' })
  readonly publishedOn!: string;

  @Field(termType(Sha256), { description: 'SHA-256 of what was published.' })
  readonly contentSha256!: string;

  @Field(() => Boolean, { description: 'Whether the supervision committee reviewed it before.' })
  readonly isReviewed!: boolean;
}

@ObjectType({ description: 'An order to disclose that is not yet followed.', simpleResolvers: true })
class DisclosureOrder {
  @Field(periodType, { description: 'The month or quarter to be reported.' })
  readonly period!: string;

  @Field(categoryType, { description: 'The category.' })
  readonly category!: string;
}

@ObjectType({ description: 'Disclosure of affairs (村务公开) of a village at the moment.', simpleResolvers: true })
class Disclosure {
  @Field(() => [LatestDisclosure], {
    description: 'What was published last of each category, in the order of art. 30; none for one never published.',
  })
  readonly latest!: readonly LatestDisclosure[];

  @Field(termType(Quarter), { description: 'The newest quarter that was due before the day: what `overdue` is about.' })
  readonly quarterDue!: string;

  @Field(() => [categoryType()], {
    description:
      'Categories that the log holds no disclosure of for that quarter, nor for a month of it. Empty for quasi units and while the village is not listed.',
  })
  readonly overdue!: readonly string[];

  @Field(() => [DisclosureOrder], { description: 'Orders of the township or county that are not yet followed.' })
  readonly ordersOpen!: readonly DisclosureOrder[];

  @Field(() => [Int], { description: 'Numbers of the objections that wait for an answer.' })
  readonly objectionsOpen!: readonly number[];
}

function disclosureOf(scene: Scene, village: Village): Disclosure {
  const row = scene.one(villageDisclosure, village.id);
  const quarterDue = quarterDueBefore(scene.at.effectiveOn);
  const owes = village.status === 'LISTED' && !village.kind.startsWith('QUASI_');
  return {
    latest: row ? latestOf(row) : [],
    quarterDue,
    overdue: owes ? missingOf(scene, village.id, quarterDue) : [],
    ordersOpen: row ? ordersOf(row) : [],
    objectionsOpen: row ? (JSON.parse(row.objections) as number[]) : [],
  };
}

function latestOf({ latest }: VillageDisclosureRow): LatestDisclosure[] {
  const known = JSON.parse(latest) as Partial<Record<string, StoredDisclosure>>;
  return DisclosureCategory.options.flatMap((category) => {
    const last = known[category];
    return last ? [{ category, ...last }] : [];
  });
}

const ordersOf = ({ ordered }: VillageDisclosureRow): DisclosureOrder[] =>
  (JSON.parse(ordered) as string[]).map((key) => {
    const [period = '', category = ''] = key.split(':');
    return { period, category };
  });

@ObjectType({ description: 'Whether one dimension of a standard is met.', simpleResolvers: true })
class AssessedDimension {
  @Field(termType(DimensionCode), { description: 'Code of the dimension in its standard.' })
  readonly code!: string;

  @Field(() => String, { nullable: true, description: 'Its name; null where the standard is not there at the moment.' })
  readonly name!: string | null;

  @Field(() => Boolean, { description: 'Whether it is met.' })
  readonly met!: boolean;
}

@ObjectType({ description: 'The last assessment of a village’s disclosure against a standard.', simpleResolvers: true })
class DisclosureAssessment {
  @Field(() => DisclosureStandard, {
    nullable: true,
    description: 'The standard; null where it is not there at the moment.',
  })
  readonly standard!: DisclosureStandard | null;

  @Field(localDate, { description: 'Day of the assessment.' })
  readonly assessedOn!: string;

  @Field(() => String, { nullable: true, description: 'Organ that assessed it; null where none was named.' })
  readonly assessedBy!: string | null;

  @Field(() => Int, { description: 'How many dimensions are met.' })
  readonly met!: number;

  @Field(() => [AssessedDimension], { description: 'Each dimension of the standard.' })
  readonly dimensions!: readonly AssessedDimension[];

  @Field(() => Boolean, { description: 'Whether all are met.' })
  readonly allMet!: boolean;
}

function assessmentOf(scene: Scene, row: VillageDisclosureRow): DisclosureAssessment | null {
  if (row.assessed_on === null || row.standard === null || row.results === null) return null;
  const found = scene.one(disclosureStandards, row.standard);
  const standard = found && disclosureStandardOf(row.standard, found);
  const named = (standard?.dimensions ?? []) as readonly { readonly code: string; readonly name: string }[];
  const results = JSON.parse(row.results) as readonly { readonly dimension: string; readonly met: boolean }[];
  return {
    standard,
    assessedOn: row.assessed_on,
    assessedBy: row.assessed_by,
    met: results.filter(({ met }) => met).length,
    dimensions: results.map(({ dimension, met }) => ({
      code: dimension,
      name: named.find(({ code }) => code === dimension)?.name ?? null,
      met,
    })),
    allMet: row.all_met === 1,
  };
}

@Resolver(() => Village)
export class VillageDisclosureFields {
  @FieldResolver(() => Disclosure, { description: 'Its disclosure of affairs (村务公开), and what is overdue of it.' })
  disclosure(@Root() village: Village): Disclosure {
    return disclosureOf(village.scene, village);
  }

  @FieldResolver(() => DisclosureAssessment, {
    nullable: true,
    description: 'The last assessment of its disclosure, such as by the 五化; null where none is recorded.',
  })
  assessment(@Root() { scene, id }: Village): DisclosureAssessment | null {
    const row = scene.one(villageDisclosure, id);
    return row && assessmentOf(scene, row);
  }
}

@ObjectType({ description: 'Disclosure of affairs (村务公开) of the listed villages.', simpleResolvers: true })
class DisclosureTally {
  @Field(() => Int, { description: 'Villages whose disclosure was assessed.' })
  readonly assessed!: number;

  @Field(() => Int, { description: 'Villages whose last assessment met every dimension of its standard.' })
  readonly allMet!: number;

  @Field(() => Int, { description: 'Orders to disclose that are not yet followed.' })
  readonly ordersOpen!: number;

  @Field(() => Int, { description: 'Objections that wait for an answer.' })
  readonly objectionsOpen!: number;
}

@Resolver(() => Tally)
export class TallyDisclosureField {
  @FieldResolver(() => DisclosureTally, { description: 'Disclosure of affairs (村务公开) and its assessment.' })
  async disclosure(@Root() tally: Tally): Promise<DisclosureTally> {
    const [assessed = 0, allMet = 0, ordersOpen = 0, objectionsOpen = 0] = await sumsOf(tally, villageDisclosure);
    return { assessed, allMet, ordersOpen, objectionsOpen };
  }
}

@Resolver(() => Snapshot)
export class SnapshotDisclosureStandardsField {
  @FieldResolver(() => [DisclosureStandard], { description: 'Standards of disclosure that hold on the day, by id.' })
  disclosureStandards(@Root() { scene }: Snapshot): DisclosureStandard[] {
    const found = scene.select(disclosureStandards, { limit: standardsMax });
    return found.map(({ id, row }) => disclosureStandardOf(id, row));
  }
}
