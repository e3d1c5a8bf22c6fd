/** Standards of subsidies and funds in a picture of the world. */
import { Arg, Field, FieldResolver, ID, ObjectType, Resolver, Root } from 'type-graphql';
import { type StandardRow, standards } from '../../projections/standards.ts';
import { AuthorityLevel } from '../domain/authority.ts';
import { type Coverage, coverageOf } from '../domain/region-tier-cover.ts';
import { DivisionCode, Fen, LocalDate } from '../domain/scalars.ts';
import {
  Beneficiary,
  LevelShare,
  PayoutMode,
  Per,
  StandardLimit,
  StandardMethod,
  type StandardTerms,
  StandardTier,
  SubsidyKind,
  standardTerms,
} from '../domain/standard-terms.ts';
import { codes } from '../domain/vocabulary.ts';
import { partType, termType } from './derive/types.ts';
import { Division, divisionById } from './division.ts';
import { Node } from './node.ts';
import type { Scene } from './scene.ts';
import { Snapshot } from './snapshot.ts';

const standardsMax = 1_000;
const RegionCoverage = codes('RegionCoverage', 'How much of a division a region holds.', {
  WHOLE: 'All of it.',
  PART: 'A part of it.',
});
const subsidyKind = termType(SubsidyKind);
const beneficiary = termType(Beneficiary);
const level = termType(AuthorityLevel);
const localDate = termType(LocalDate);
const fen = termType(Fen);
const per = termType(Per);
const coverage = termType(RegionCoverage);
const tier = partType(StandardTier);
const share = partType(LevelShare);
const formula = partType(standardTerms.formula.unwrap());
const headcountCap = partType(standardTerms.headcount.unwrap().element);

@ObjectType('SubsidyStandard', {
  implements: Node,
  simpleResolvers: true,
  description:
    'A standard of subsidies or funds (补贴、经费标准): who is entitled to how much, from which day, and who bears it.',
})
export class SubsidyStandard implements Node {
  readonly __typename = 'SubsidyStandard';

  @Field(() => ID, { description: 'Its id.' })
  readonly id!: string;

  @Field(subsidyKind, { description: 'Kind of the money.' })
  readonly kind!: string;

  @Field(beneficiary, { description: 'Who it is for.' })
  readonly beneficiary!: string;

  @Field(level, { description: 'Level of the body that adopted it.' })
  readonly level!: string;

  @Field(localDate, { description: 'First day on which it holds.' })
  readonly effectiveOn!: string;

  @Field(localDate, {
    nullable: true,
    description: 'Day on which its document was issued; null where it is not known.',
  })
  readonly issuedOn!: string | null;

  @Field(localDate, {
    nullable: true,
    description: 'First day on which it no longer holds, as known at the moment; null while it stands.',
  })
  readonly endedOn!: string | null;

  @Field(() => ID, { nullable: true, description: 'Id of the standard that follows it; null while none does.' })
  readonly supersededBy!: string | null;

  @Field(() => Boolean, {
    description: 'Whether its document says that it holds from a day before its own: arrears are due.',
  })
  readonly retroactive!: boolean;

  @Field(() => String, { nullable: true, description: 'Number of its document; null where it is not known.' })
  readonly documentNumber!: string | null;

  @Field(() => String, { nullable: true, description: 'Title of its document; null where it is not known.' })
  readonly documentTitle!: string | null;

  @Field(termType(StandardMethod), { description: 'How it says how much.' })
  readonly method!: string;

  @Field(per, { nullable: true, description: 'What `amountFen` is for; null unless FIXED.' })
  readonly per!: string | null;

  @Field(fen, { nullable: true, description: 'The amount of a FIXED standard, in fen.' })
  readonly amountFen!: string | null;

  @Field(fen, { nullable: true, description: 'What it was before, as the document says, in fen.' })
  readonly previousAmountFen!: string | null;

  @Field(() => formula, { nullable: true, description: 'The rule of a FORMULA standard.' })
  readonly formula!: object | null;

  @Field(() => [tier], { nullable: true, description: 'The amounts of a TIERED standard, by years served.' })
  readonly tiers!: readonly object[] | null;

  @Field(() => [headcountCap], { nullable: true, description: 'How many people of a village are paid, at most.' })
  readonly headcount!: readonly object[] | null;

  @Field(() => [share], { nullable: true, description: 'Who bears it, in basis points.' })
  readonly shares!: readonly object[] | null;

  @Field(() => [share], { nullable: true, description: 'Who bears what it is more than before, in basis points.' })
  readonly sharesOfIncrease!: readonly object[] | null;

  @Field(() => String, { nullable: true, description: 'Who is entitled, in the document’s words.' })
  readonly eligibility!: string | null;

  @Field(termType(StandardLimit), { nullable: true, description: 'What it means for standards of lower levels.' })
  readonly limit!: string | null;

  @Field(termType(PayoutMode), { nullable: true, description: 'How it is paid.' })
  readonly payoutMode!: string | null;

  @Field(() => [Division], { description: 'Divisions for which it holds.' })
  readonly divisions!: readonly Division[];

  @Field(() => [Division], { description: 'Divisions below these for which it does not.' })
  readonly excluded!: readonly Division[];

  @Field(coverage, {
    nullable: true,
    description: 'How much of the division that was asked for it holds for; null where none was.',
  })
  readonly coverage!: string | null;
}

const idsOf = (json: string): readonly string[] => JSON.parse(json) as string[];
/** Divisions of a JSON list of ids, as far as they are there. */
export const divisionsIn = (scene: Scene, json: string): readonly Division[] =>
  idsOf(json).flatMap((id) => divisionById(scene, id) ?? []);

function standardOf(scene: Scene, id: string, row: StandardRow, covers: Coverage | null = null): SubsidyStandard {
  const terms = JSON.parse(row.terms) as StandardTerms & Record<'eligibility' | 'payoutMode', string | undefined>;
  return {
    __typename: 'SubsidyStandard',
    id,
    kind: row.kind,
    beneficiary: row.beneficiary,
    level: row.level,
    effectiveOn: row.effective_on,
    issuedOn: row.issued_on,
    endedOn: row.ended_on,
    supersededBy: row.superseded_by,
    retroactive: row.retroactive === 1,
    documentNumber: row.document_number,
    documentTitle: row.document_title,
    method: terms.method,
    per: terms.per ?? null,
    amountFen: terms.amountFen ?? null,
    previousAmountFen: terms.previousAmountFen ?? null,
    formula: terms.formula ?? null,
    tiers: terms.tiers ?? null,
    headcount: terms.headcount ?? null,
    shares: terms.shares ?? null,
    sharesOfIncrease: terms.sharesOfIncrease ?? null,
    eligibility: terms.eligibility ?? null,
    limit: terms.limit ?? null,
    payoutMode: terms.payoutMode ?? null,
    divisions: divisionsIn(scene, row.included),
    excluded: divisionsIn(scene, row.excluded),
    coverage: covers === 'NONE' ? null : covers,
  };
}

/** The standard of an id at the moment, whether it stands or not; null where there is none. */
export function standardById(scene: Scene, id: string): SubsidyStandard | null {
  const row = scene.one(standards, id);
  return row && standardOf(scene, id, row);
}

/** Standards that stand at the moment, of one kind or all; those that hold for a division or a part of it where one is
 *  named. By kind, then by day. */
function standardsOf(scene: Scene, kind: string | null, within: string | null): SubsidyStandard[] {
  const where = kind === null ? "v.status = 'STANDS'" : "v.kind = ? and v.status = 'STANDS'";
  const found = scene.select(standards, {
    where,
    params: kind === null ? [] : [kind],
    orderBy: [{ column: 'kind' }, { column: 'effective_on' }],
    limit: standardsMax,
  });
  if (within === null) return found.map(({ id, row }) => standardOf(scene, id, row));
  const place = scene.placeByCode(within);
  if (!place) return [];
  const parentOf = (id: string) => place.scene.division(id)?.parent ?? null;
  return found.flatMap(({ id, row }) => {
    const region = { included: idsOf(row.included), excluded: idsOf(row.excluded) };
    const covers = coverageOf(region, place.id, parentOf);
    return covers === 'NONE' ? [] : [standardOf(scene, id, row, covers)];
  });
}

@Resolver(() => Snapshot)
export class SnapshotStandardsFields {
  @FieldResolver(() => [SubsidyStandard], {
    description:
      'Standards in force on the day, by kind and day: with `within`, those that hold for the division with this code or a part of it. What a village’s assembly decided stands with the village.',
  })
  standardsInForce(
    @Root() { scene }: Snapshot,
    @Arg('kind', subsidyKind, { nullable: true, description: 'One kind only.' }) kind?: string | null,
    @Arg('within', termType(DivisionCode), { nullable: true, description: 'Code of a division.' }) within?:
      | string
      | null,
  ): SubsidyStandard[] {
    return standardsOf(scene, kind ?? null, within ?? null);
  }
}
