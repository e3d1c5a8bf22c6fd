/** Pay runs of a county in a picture: what it paid for a month, by which standard. No lines: the log has their hash alone. */
import { Arg, Field, FieldResolver, ID, Int, ObjectType, Resolver, Root } from 'type-graphql';
import { type KeptRun, type PayMonthRow, payMonths, runsOf } from '../../projections/pay-months.ts';
import { DivisionCode, Fen, LocalDate, Sha256, YearMonth } from '../domain/scalars.ts';
import { SubsidyKind } from '../domain/standard-terms.ts';
import { termType } from './derive/types.ts';
import { Division, divisionByCode } from './division.ts';
import type { Scene } from './scene.ts';
import { Snapshot } from './snapshot.ts';
import { SubsidyStandard, standardById } from './standard.ts';

const fen = termType(Fen);
const yearMonth = termType(YearMonth);

@ObjectType({ description: 'A pay run (津补贴发放), or arrears that were paid (补发).', simpleResolvers: true })
class PayRun {
  @Field(() => ID, { description: 'Id of its event.' })
  readonly event!: string;

  @Field(termType(SubsidyKind), { description: 'Kind of the money.' })
  readonly kind!: string;

  @Field(() => SubsidyStandard, {
    nullable: true,
    description:
      'The standard by which it was paid, as it is at the moment; null where the log has none of that id then.',
  })
  readonly standard!: SubsidyStandard | null;

  @Field(() => Int, { description: 'People paid.' })
  readonly headcount!: number;

  @Field(fen, { description: 'Sum of the lines.' })
  readonly totalFen!: string;

  @Field(termType(Sha256), { description: 'SHA-256 of the lines: canonical JSON, in order of personRef.' })
  readonly linesSha256!: string;

  @Field(termType(LocalDate), { description: 'Day on which it was paid.' })
  readonly paidOn!: string;

  @Field(yearMonth, { nullable: true, description: 'First month that arrears are for; null for a run of the month.' })
  readonly fromMonth!: string | null;

  @Field(yearMonth, { nullable: true, description: 'Last month that arrears are for; null for a run of the month.' })
  readonly toMonth!: string | null;
}

@ObjectType({ description: 'What a county, or a city without counties, pays in a month.', simpleResolvers: true })
class PayRunLedger {
  @Field(() => Division, { description: 'The county; the city where there is none.' })
  readonly county!: Division;

  @Field(yearMonth, { description: 'The month.' })
  readonly month!: string;

  @Field(() => Boolean, { description: 'Whether the county closed it (月结): nothing more is booked in it.' })
  readonly closed!: boolean;

  @Field(fen, { description: 'Sum of the runs of the month, what was paid back not taken off.' })
  readonly totalFen!: string;

  @Field(fen, { description: 'Arrears that were paid in the month.' })
  readonly arrearsFen!: string;

  @Field(fen, { description: 'What was paid back of its runs.' })
  readonly reversedFen!: string;

  @Field(() => [PayRun], { description: 'Runs and arrears, by day.' })
  readonly runs!: readonly PayRun[];
}

const runOf = (scene: Scene, { on, fromMonth, toMonth, ...run }: KeptRun): PayRun => ({
  ...run,
  standard: standardById(scene, run.standard),
  paidOn: on,
  fromMonth: fromMonth ?? null,
  toMonth: toMonth ?? null,
});

const ledgerOf = (scene: Scene, county: Division, row: PayMonthRow): PayRunLedger => ({
  county,
  month: row.month,
  closed: row.closed === 1,
  totalFen: String(row.total_fen),
  arrearsFen: String(row.arrears_fen),
  reversedFen: String(row.reversed_fen),
  runs: runsOf(row).map((run) => runOf(scene, run)),
});

@Resolver(() => Snapshot)
export class SnapshotPayRunField {
  @FieldResolver(() => PayRunLedger, {
    nullable: true,
    description:
      'What a county paid for a month; null where nothing is booked in it, or no listed division has the code.',
  })
  payRunLedger(
    @Root() { scene }: Snapshot,
    @Arg('county', termType(DivisionCode), { description: 'Code of the county; of the city where there is none.' })
    code: string,
    @Arg('month', yearMonth, { description: 'The month.' }) month: string,
  ): PayRunLedger | null {
    const county = divisionByCode(scene, code);
    const row = county && scene.one(payMonths, `${county.id}-${month.replace('-', '')}`);
    return row && ledgerOf(scene, county, row);
  }
}
