/** Committees and their elections below a division: the tally, and the board of one year's round. */
import { Arg, Args, ArgsType, Field, FieldResolver, Int, ObjectType, Resolver, Root } from 'type-graphql';
import { roundGroup, termMeasures, villageTerms } from '../../projections/village-terms.ts';
import { BasisPoints, DivisionCode } from '../domain/scalars.ts';
import { shareBp } from '../domain/share.ts';
import { countiesOf } from './counties.ts';
import { termType } from './derive/types.ts';
import { Division } from './division.ts';
import { ElectionRound, electionRoundsOf } from './election-round.ts';
import { Snapshot } from './snapshot.ts';
import { sumsOf, Tally } from './tally.ts';

const basisPoints = termType(BasisPoints);
const divisionCode = termType(DivisionCode);

type Counts = Readonly<Record<(typeof termMeasures)[number], number>>;

@ObjectType({
  description: 'Committees of listed villages that are in office, who sits on them and how they were elected.',
  simpleResolvers: true,
})
class TermTally {
  @Field(() => Int, { description: 'Committees in office, those that hold over included.' })
  readonly committees!: number;

  @Field(() => Int, { description: 'Committees that hold over: their planned end has come and no new term has begun.' })
  readonly holdingOver!: number;

  @Field(() => Int, { description: 'Seats of these committees.' })
  readonly seats!: number;

  @Field(() => Int, { description: 'Members who sit.' })
  readonly members!: number;

  @Field(() => Int, { description: 'Women among them.' })
  readonly women!: number;

  @Field(basisPoints, { nullable: true, description: 'Share of women among the members; null where there are none.' })
  readonly womenBp!: number | null;

  @Field(() => Int, { description: 'Committees in office on which no woman sits.' })
  readonly withoutWomen!: number;

  @Field(() => Int, { description: 'Members who hold a post in the party organisation too (交叉任职).' })
  readonly crossAppointments!: number;

  @Field(basisPoints, { nullable: true, description: 'Share of these among the members; null where there are none.' })
  readonly crossAppointmentsBp!: number | null;

  @Field(() => Int, { description: 'Heads who are the party secretary too (一肩挑).' })
  readonly combinedPosts!: number;

  @Field(() => Int, { description: 'Members whose household is registered elsewhere (非户籍).' })
  readonly nonHukou!: number;

  @Field(() => Int, { description: 'Registered voters of the first ballots that elected them.' })
  readonly registered!: number;

  @Field(() => Int, { description: 'Votes cast in these ballots.' })
  readonly votesCast!: number;

  @Field(basisPoints, { nullable: true, description: 'Votes cast of registered voters; null where there are none.' })
  readonly turnoutBp!: number | null;

  @Field(() => Int, { description: 'Committees whose handover came late.' })
  readonly lateHandovers!: number;

  @Field(() => Int, { description: 'Villages that are a pilot of elections with residents from elsewhere.' })
  readonly pilots!: number;

  @Field(() => Int, { description: 'Supervision committees (村务监督委员会, 居务监督委员会).' })
  readonly supervisionCommittees!: number;

  @Field(() => Int, { description: 'Members of these.' })
  readonly supervisors!: number;
}

async function termTallyOf(tally: Tally): Promise<TermTally> {
  const sums = await sumsOf(tally, villageTerms);
  const counts = Object.fromEntries(termMeasures.map((measure, at) => [measure, sums[at] ?? 0])) as Counts;
  return {
    ...counts,
    womenBp: shareBp(counts.women, counts.members),
    crossAppointmentsBp: shareBp(counts.crossAppointments, counts.members),
    turnoutBp: shareBp(counts.votesCast, counts.registered),
  };
}

@Resolver(() => Tally)
export class TallyTermsField {
  @FieldResolver(() => TermTally, {
    description: 'Committees in office (村民委员会, 居民委员会), their elections and who supervises them.',
  })
  terms(@Root() tally: Tally): Promise<TermTally> {
    return termTallyOf(tally);
  }
}

/** Where a board looks, and at which year. */
@ArgsType()
export class BoardArgs {
  @Field(divisionCode, {
    nullable: true,
    description: 'Below the listed division with this code, itself included; all where it is left out.',
  })
  within?: string | null;

  @Field(() => Int, { description: 'Year that the board is of, as 2021.' })
  year!: number;
}

@ObjectType({ description: 'A county’s line of the board of a year’s elections.', simpleResolvers: true })
class TermBoardLine {
  @Field(() => Division, { description: 'The county; the city where it has none.' })
  readonly division!: Division;

  @Field(() => Int, { description: 'Villages that are listed there at the moment.' })
  readonly villages!: number;

  @Field(() => TermTally, { description: 'Committees in office that were elected in the year.' })
  readonly terms!: TermTally;
}

@Resolver(() => Snapshot)
export class SnapshotTermFields {
  @FieldResolver(() => [TermBoardLine], {
    description:
      'How far a year’s elections have come, by county and by code: committees in office that were elected in the year. A later election takes a committee out of it: look at an earlier day for an earlier round. None below a township, or where no division carries `within`.',
  })
  termBoard(@Root() { scene }: Snapshot, @Args(() => BoardArgs) { within, year }: BoardArgs): Promise<TermBoardLine[]> {
    return Promise.all(
      countiesOf(scene, within ?? null).map(async (division) => ({
        division,
        villages: (await division.tally().villages()).total,
        terms: await termTallyOf(new Tally(scene, [roundGroup(division.id, year)])),
      })),
    );
  }

  @FieldResolver(() => [ElectionRound], {
    description: 'Rounds of elections (换届) that provinces deployed, the latest first; at most 100.',
  })
  electionRounds(
    @Root() { scene }: Snapshot,
    @Arg('year', () => Int, { nullable: true, description: 'Of this year alone; all where it is left out.' })
    year: number | null,
  ): ElectionRound[] {
    return electionRoundsOf(scene).filter((round) => year == null || round.year === year);
  }
}
