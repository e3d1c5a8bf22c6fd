/** Funds of villages in a picture: what came to their accounts, by fiscal year, and what is summed of it below a division. */
import { Arg, Field, FieldResolver, Int, ObjectType, Resolver, Root } from 'type-graphql';
import { type FundYearRow, fundYears, yearGroup } from '../../projections/fund-years.ts';
import { Fen, LocalDate } from '../domain/scalars.ts';
import { termType } from './derive/types.ts';
import { sumsOf, Tally } from './tally.ts';
import { Village } from './village.ts';

const yearsMax = 1_000;
const fen = termType(Fen);
const localDate = termType(LocalDate);

@ObjectType({ description: 'The last review of the use of an office fund (办公经费使用审核).', simpleResolvers: true })
class OfficeFundReview {
  @Field(localDate, { description: 'Day of the review.' })
  readonly reviewedOn!: string;

  @Field(localDate, { nullable: true, description: 'Day on which the result was posted; null where it was not.' })
  readonly postedOn!: string | null;

  @Field(fen, { nullable: true, description: 'What was found to be spent; null where it is not known.' })
  readonly usedFen!: string | null;

  @Field(() => Boolean, {
    description: 'Whether secretary, chair, finance group and supervision committee all reviewed it.',
  })
  readonly jointly!: boolean;
}

@ObjectType({ description: 'Funds of a village in one fiscal year.', simpleResolvers: true })
class VillageFundYear {
  @Field(() => Int, { description: 'Fiscal year.' })
  readonly fiscalYear!: number;

  @Field(fen, { description: 'All that came to its account.' })
  readonly transferredFen!: string;

  @Field(fen, { description: 'Office fund (办公经费).' })
  readonly officeFundFen!: string;

  @Field(fen, { description: 'Fund of the party organisation for serving people (党建经费).' })
  readonly partyServiceFundFen!: string;

  @Field(() => Int, { description: 'Transfers.' })
  readonly transfers!: number;

  @Field(() => OfficeFundReview, { nullable: true, description: 'The last review; null where there was none.' })
  readonly review!: OfficeFundReview | null;
}

const fundYearOf = (row: FundYearRow): VillageFundYear => ({
  fiscalYear: row.fiscal_year,
  transferredFen: String(row.office_fen + row.party_service_fen),
  officeFundFen: String(row.office_fen),
  partyServiceFundFen: String(row.party_service_fen),
  transfers: row.transfers,
  review: reviewOf(row),
});

function reviewOf(row: FundYearRow): OfficeFundReview | null {
  if (row.reviewed_on === null) return null;
  return {
    reviewedOn: row.reviewed_on,
    postedOn: row.posted_on,
    usedFen: row.used_fen === null ? null : String(row.used_fen),
    jointly: row.reviewed_jointly === 1,
  };
}

@Resolver(() => Village)
export class VillageFundsField {
  @FieldResolver(() => [VillageFundYear], {
    description: 'Its funds (办公经费, 党建经费) by fiscal year, the oldest first; empty where none is recorded.',
  })
  funds(@Root() { scene, id }: Village): VillageFundYear[] {
    const found = scene.select(fundYears, {
      where: 'v.village = ?',
      params: [id],
      orderBy: [{ column: 'fiscal_year' }],
      limit: yearsMax,
    });
    return found.map(({ row }) => fundYearOf(row));
  }
}

@ObjectType({
  description: 'Money that came to villages’ accounts. It counts where the village lay when it got it.',
  simpleResolvers: true,
})
class MoneyTally {
  @Field(fen, { description: 'All of it.' })
  readonly transferredFen!: string;

  @Field(fen, { description: 'Office fund (办公经费).' })
  readonly officeFundFen!: string;

  @Field(fen, { description: 'Fund of the party organisation for serving people (党建经费).' })
  readonly partyServiceFundFen!: string;

  @Field(() => Int, {
    description: 'Villages that got some of it; with no fiscal year, villages and years: a village counts in each.',
  })
  readonly villages!: number;
}

/** Sums of one fiscal year, or of all, below a tally's divisions. */
export async function moneyOf({ scene, groups }: Tally, fiscalYear: number | null): Promise<MoneyTally> {
  const asked = fiscalYear === null ? groups : groups.map((group) => yearGroup(group, fiscalYear));
  const sums = await sumsOf(new Tally(scene, asked), fundYears);
  const [transferred = 0, office = 0, partyService = 0, villages = 0] = sums;
  return {
    transferredFen: String(transferred),
    officeFundFen: String(office),
    partyServiceFundFen: String(partyService),
    villages,
  };
}

@Resolver(() => Tally)
export class TallyMoneyField {
  @FieldResolver(() => MoneyTally, { description: 'Funds that came to villages’ accounts (经费拨付到村).' })
  money(
    @Root() tally: Tally,
    @Arg('fiscalYear', () => Int, { nullable: true, description: 'Of one fiscal year; of all where it is left out.' })
    fiscalYear: number | null,
  ): Promise<MoneyTally> {
    return moneyOf(tally, fiscalYear ?? null);
  }
}
