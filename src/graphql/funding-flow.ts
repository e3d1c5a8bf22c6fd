/** The way of money in a fiscal year: set aside, allocated, and come to villages' accounts. */
import { Arg, Field, FieldResolver, ID, Int, ObjectType, Resolver, Root } from 'type-graphql';
import { type AppropriationRow, allocatedOf, appropriations } from '../../projections/appropriations.ts';
import { AuthorityLevel } from '../domain/authority.ts';
import { lineOf } from '../domain/region-tier-cover.ts';
import { DivisionCode, Fen } from '../domain/scalars.ts';
import { SubsidyKind } from '../domain/standard-terms.ts';
import type { Found } from '../es/projection.ts';
import { termType } from './derive/types.ts';
import { Division, divisionById, divisionsOf } from './division.ts';
import { moneyOf } from './fund.ts';
import type { Scene } from './scene.ts';
import { Snapshot } from './snapshot.ts';
import { Tally, tallyOf } from './tally.ts';

const appropriationsMax = 10_000;
const fen = termType(Fen);
const level = termType(AuthorityLevel);

@ObjectType({ description: 'What was allocated to a division: a quota, not cash.', simpleResolvers: true })
class FundAllocation {
  @Field(() => Division, { description: 'The division.' })
  readonly division!: Division;

  @Field(fen, { description: 'All that was allocated to it of the fund.' })
  readonly fen!: string;
}

@ObjectType({ description: 'A fund that was set aside for a fiscal year (资金安排).', simpleResolvers: true })
class Appropriation {
  @Field(() => ID, { description: 'Its id.' })
  readonly id!: string;

  @Field(termType(SubsidyKind), { description: 'What it is for.' })
  readonly purpose!: string;

  @Field(level, { description: 'Level that set it aside.' })
  readonly fromLevel!: string;

  @Field(() => String, { nullable: true, description: 'Number of its document; null where it is not known.' })
  readonly documentNumber!: string | null;

  @Field(fen, { description: 'What was set aside.' })
  readonly appropriatedFen!: string;

  @Field(fen, { description: 'What was allocated of it, to whatever division.' })
  readonly allocatedFen!: string;

  @Field(() => [FundAllocation], { description: 'Its allocations to divisions below the one asked for, or to all.' })
  readonly allocations!: readonly FundAllocation[];
}

@ObjectType({ description: 'What one level set aside.', simpleResolvers: true })
class LevelAppropriation {
  @Field(level, { description: 'The level.' })
  readonly level!: string;

  @Field(fen, { description: 'All that it set aside.' })
  readonly fen!: string;
}

@ObjectType({
  description:
    'The way of money in a fiscal year. Set aside and allocated are quotas, transferred is cash: they need not agree.',
  simpleResolvers: true,
})
class FundingFlow {
  @Field(() => Int, { description: 'Fiscal year.' })
  readonly fiscalYear!: number;

  @Field(fen, { description: 'Set aside by organs of the division and of those below it; by all where none is named.' })
  readonly appropriatedFen!: string;

  @Field(() => [LevelAppropriation], { description: 'The same by the level that set it aside, the largest first.' })
  readonly byLevel!: readonly LevelAppropriation[];

  @Field(fen, {
    description:
      'Allocated to the division and those below it. What is passed on by an allocation of its own counts again.',
  })
  readonly allocatedFen!: string;

  @Field(fen, { description: 'Come to the accounts of villages that lay below it.' })
  readonly transferredFen!: string;

  @Field(fen, { description: 'Of that, office fund (办公经费).' })
  readonly officeFundFen!: string;

  @Field(fen, { description: 'Of that, fund of the party organisation for serving people (党建经费).' })
  readonly partyServiceFundFen!: string;

  @Field(() => Int, { description: 'Villages that got some of it.' })
  readonly villages!: number;

  @Field(() => [Appropriation], {
    description: 'The funds that were set aside by an organ of the division or below it, or allocated to one, by id.',
  })
  readonly appropriations!: readonly Appropriation[];
}

/** Whether a division is the one asked for or lies below it; every one does where none is asked for. */
type Lies = (id: string) => boolean;

function liesBelow(scene: Scene, above: string | null): Lies {
  if (above === null) return () => true;
  return (id) => lineOf(id, (each) => scene.division(each)?.parent ?? null).includes(above);
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Its allocations that lie below, and whether an organ there set it aside. */
function partOf(scene: Scene, { id, row }: Found<AppropriationRow>, above: string | null) {
  const lies = liesBelow(scene, above);
  const allocated = Object.entries(allocatedOf(row)).filter(([division]) => lies(division));
  const from = row.from_division === null ? null : scene.divisionByCode(row.from_division);
  const isOwn = above === null || (from !== null && lies(from.id));
  return { id, row, allocated, isOwn };
}

const appropriationOf = (scene: Scene, { id, row, allocated }: ReturnType<typeof partOf>): Appropriation => ({
  id,
  purpose: row.purpose,
  fromLevel: row.from_level,
  documentNumber: row.document_number,
  appropriatedFen: String(row.appropriated_fen),
  allocatedFen: String(row.allocated_fen),
  allocations: allocated.flatMap(([each, amountFen]) => {
    const division = divisionById(scene, each);
    return division ? [{ division, fen: String(amountFen) }] : [];
  }),
});

function byLevelOf(rows: readonly AppropriationRow[]): LevelAppropriation[] {
  const sums = new Map<string, number>();
  for (const { from_level, appropriated_fen } of rows)
    sums.set(from_level, (sums.get(from_level) ?? 0) + appropriated_fen);
  return [...sums].sort(([, a], [, b]) => b - a).map(([each, amountFen]) => ({ level: each, fen: String(amountFen) }));
}

async function flowOf(scene: Scene, fiscalYear: number, place: Division | null): Promise<FundingFlow> {
  const question = { where: 'v.fiscal_year = ?', params: [fiscalYear], limit: appropriationsMax };
  const parts = scene.select(appropriations, question).map((found) => partOf(scene, found, place?.id ?? null));
  const own = parts.filter(({ isOwn }) => isOwn).map(({ row }) => row);
  const all = () =>
    new Tally(
      scene,
      divisionsOf(scene, 'PREFECTURE', null).map(({ id }) => id),
    );
  const { transferredFen, officeFundFen, partyServiceFundFen, villages } = await moneyOf(
    place ? tallyOf(scene, place.id, place.level) : all(),
    fiscalYear,
  );
  return {
    fiscalYear,
    appropriatedFen: String(sum(own.map(({ appropriated_fen }) => appropriated_fen))),
    byLevel: byLevelOf(own),
    allocatedFen: String(sum(parts.flatMap(({ allocated }) => allocated.map(([, amountFen]) => amountFen)))),
    transferredFen,
    officeFundFen,
    partyServiceFundFen,
    villages,
    appropriations: parts
      .filter(({ isOwn, allocated }) => isOwn || allocated.length > 0)
      .map((part) => appropriationOf(scene, part)),
  };
}

@Resolver(() => Snapshot)
export class SnapshotFundingFlowField {
  @FieldResolver(() => FundingFlow, {
    nullable: true,
    description: 'The way of money in a fiscal year; null where no listed division has the code `within`.',
  })
  async fundingFlow(
    @Root() { scene }: Snapshot,
    @Arg('fiscalYear', () => Int, { description: 'The fiscal year.' }) fiscalYear: number,
    @Arg('within', termType(DivisionCode), {
      nullable: true,
      description: 'Code of a division: for it and what lies below it; for all where it is left out.',
    })
    within: string | null,
  ): Promise<FundingFlow | null> {
    if (within == null) return flowOf(scene, fiscalYear, null);
    const place = scene.divisionByCode(within);
    const division = place && divisionById(scene, place.id);
    return division && flowOf(scene, fiscalYear, division);
  }
}
