/** Arrears that are due in a picture: its standards compared with those that an earlier state of the log knew. */
import { Args, ArgsType, Field, FieldResolver, Int, ObjectType, Resolver, Root } from 'type-graphql';
import { type StandardRow, standards } from '../../projections/standards.ts';
import { villages } from '../../projections/villages.ts';
import { arrearsBetween, type DatedAmount } from '../domain/arrears.ts';
import { AuthorityLevel } from '../domain/authority.ts';
import { coverageOf, lineOf, overlap, type Region } from '../domain/region-tier-cover.ts';
import { DivisionCode, Fen, YearMonth } from '../domain/scalars.ts';
import { type StandardTerms, SubsidyKind } from '../domain/standard-terms.ts';
import type { World } from '../domain/world.ts';
import type { Found, Moment } from '../es/projection.ts';
import { termType } from './derive/types.ts';
import { badInput } from './input-error.ts';
import { momentAsked } from './picture.ts';
import { DateTimeScalar, PositionScalar } from './scalars.ts';
import { Scene } from './scene.ts';
import { Snapshot } from './snapshot.ts';
import { SubsidyStandard, standardById } from './standard.ts';

const standardsMax = 10_000;
const fen = termType(Fen);
const yearMonth = termType(YearMonth);
const level = termType(AuthorityLevel);

@ArgsType()
class ArrearsArgs {
  @Field(termType(SubsidyKind), { description: 'Kind of the money.' })
  kind!: string;

  @Field(termType(DivisionCode), {
    nullable: true,
    description: 'Code of a division: standards that hold for it or a part of it, and its villages alone.',
  })
  within?: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Compared with what the log knew at this instant. Exactly one of this and positionBefore.',
  })
  knownBefore?: Moment['position'] | null;

  @Field(() => PositionScalar, {
    nullable: true,
    description: 'Compared with what the log knew at this position. Exactly one of this and knownBefore.',
  })
  positionBefore?: Moment['position'] | null;
}

@ObjectType({ description: 'What one level bears, in fen.', simpleResolvers: true })
class LevelAmount {
  @Field(level, { description: 'The level.' })
  readonly level!: string;

  @Field(fen, { description: 'What it bears.' })
  readonly fen!: string;
}

@ObjectType({
  description: 'Arrears (补发) that a standard makes due for months next to each other, for each person entitled.',
  simpleResolvers: true,
})
class ArrearsDue {
  @Field(() => SubsidyStandard, { description: 'The standard that gives more than what was known before.' })
  readonly standard!: SubsidyStandard;

  @Field(() => String, { nullable: true, description: 'Number of its document; null where it is not known.' })
  readonly documentNumber!: string | null;

  @Field(yearMonth, { description: 'First month.' })
  readonly fromMonth!: string;

  @Field(yearMonth, { description: 'Last month: at the latest that of the day that is shown.' })
  readonly toMonth!: string;

  @Field(() => Int, { description: 'Months.' })
  readonly months!: number;

  @Field(fen, { description: 'Fen for a person and each month.' })
  readonly monthlyFen!: string;

  @Field(fen, { description: 'Fen for a person and all these months.' })
  readonly perUnitFen!: string;

  @Field(() => [LevelAmount], {
    description: 'Who bears `monthlyFen`, rounded down; the rest falls to one level. Empty where no document fixes it.',
  })
  readonly byLevel!: readonly LevelAmount[];

  @Field(() => Int, { description: 'Listed villages for which the standard holds, of any kind.' })
  readonly villages!: number;
}

/** A standard of one amount for a person and a month, with its region. */
interface Monthly extends DatedAmount {
  readonly row: StandardRow;
  readonly region: Region;
}

function monthlyOf({ id, row }: Found<StandardRow>): Monthly[] {
  const { per, amountFen, previousAmountFen, shares, sharesOfIncrease } = JSON.parse(row.terms) as StandardTerms;
  if (amountFen === undefined || per !== 'PERSON_MONTH') return [];
  const region = {
    included: JSON.parse(row.included) as string[],
    excluded: JSON.parse(row.excluded) as string[],
    ...(row.village === null ? {} : { village: row.village }),
  };
  const was = previousAmountFen === undefined ? {} : { previousAmountFen: Number(previousAmountFen) };
  const amount = { standard: id, from: row.effective_on, endedOn: row.ended_on, amountFen: Number(amountFen), ...was };
  return [{ ...amount, shares, sharesOfIncrease, row, region }];
}

const monthliesOf = (scene: Scene, kind: string): Monthly[] =>
  scene.select(standards, { where: 'v.kind = ?', params: [kind], limit: standardsMax }).flatMap(monthlyOf);

/** The picture whose divisions are meant: before the oldest edition, of which nothing is known, that edition's. */
function rosterScene(scene: Scene): Scene {
  const { rosterFrom } = scene.context.services.ledger.world as World;
  return rosterFrom !== null && scene.at.effectiveOn < rosterFrom ? scene.on(rosterFrom) : scene;
}

type Parents = (id: string) => string | null;

/** Listed villages of a region; of those in one division alone where one is given. */
function villagesIn(scene: Scene, region: Region, within: string | null, parentOf: Parents): number {
  if (region.village !== undefined) return scene.village(region.village)?.row.status === 'LISTED' ? 1 : 0;
  const { included, excluded } = region;
  const named = [...included, ...excluded];
  const lies = (id: string | undefined) => (id !== undefined && included.includes(id) ? 1 : 0);
  const nearest = (line: readonly string[]) => line.find((id) => named.includes(id));
  const count = (id: string): number => {
    const groups = scene.division(id)?.level === 'PROVINCE' ? scene.prefecturesOf(id) : [id];
    return scene.tally(villages, groups).reduce((sum, [total = 0]) => sum + total, 0);
  };
  // Each named division adds its villages where it lies in the region and what is above it does not, and the reverse.
  const below = named.filter((id) => within === null || (id !== within && lineOf(id, parentOf).includes(within)));
  const whole = within !== null && lies(nearest(lineOf(within, parentOf))) === 1 ? count(within) : 0;
  return below.reduce((sum, id) => {
    const weight = lies(id) - lies(nearest(lineOf(id, parentOf).slice(1)));
    return weight === 0 ? sum : sum + weight * count(id);
  }, whole);
}

/** Errors: none; nothing where no division carries `within`. */
function arrearsOf(scene: Scene, before: Scene, kind: string, within: string | null): ArrearsDue[] {
  const roster = rosterScene(scene);
  const place = within === null ? null : roster.divisionByCode(within);
  if (within !== null && !place) return [];
  const parentOf: Parents = (id) => roster.division(id)?.parent ?? null;
  const known = monthliesOf(before, kind);
  return monthliesOf(scene, kind).flatMap((now) => {
    if (place && coverageOf(now.region, place.id, parentOf) === 'NONE') return [];
    const same = ({ row, region }: Monthly) =>
      row.beneficiary === now.row.beneficiary && row.level === now.row.level && overlap(region, now.region, parentOf);
    const due = arrearsBetween(known.filter(same), [now], scene.at.effectiveOn.slice(0, 7));
    const standard = due.length === 0 ? null : standardById(scene, now.standard);
    if (!standard) return [];
    const covered = villagesIn(roster, now.region, place?.id ?? null, parentOf);
    return due.map(({ fromMonth, toMonth, months, monthlyFen, byLevel }) => ({
      standard,
      documentNumber: now.row.document_number,
      fromMonth,
      toMonth,
      months,
      monthlyFen: String(monthlyFen),
      perUnitFen: String(monthlyFen * months),
      byLevel: byLevel.map((each) => ({ level: each.level, fen: String(each.fen) })),
      villages: covered,
    }));
  });
}

@Resolver(() => Snapshot)
export class SnapshotArrearsField {
  @FieldResolver(() => [ArrearsDue], {
    description:
      'What standards now known give for months up to that of the day more than those that the log knew before, by standard: of amounts for a person and a month. A month goes by the standard on its first day; where none was known before, by what the document says it was, else the whole is due. What was posted already is not taken off. Errors: BAD_USER_INPUT, E_FUTURE_MOMENT, E_BEHIND.',
  })
  async arrearsDue(
    @Root() { scene }: Snapshot,
    @Args(() => ArrearsArgs) { kind, within, knownBefore, positionBefore }: ArrearsArgs,
  ): Promise<ArrearsDue[]> {
    if ((knownBefore == null) === (positionBefore == null))
      throw badInput(
        ['positionBefore'],
        'Say what was known before by knownBefore or by positionBefore: one of the two.',
      );
    const { effectiveOn } = scene.at;
    const asked = { effectiveOn, knownAt: knownBefore, position: positionBefore };
    const before = Scene.at(scene.context, await momentAsked(scene.context, asked));
    return arrearsOf(scene, before, kind, within ?? null);
  }
}
