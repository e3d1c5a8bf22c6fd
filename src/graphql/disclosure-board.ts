/** What is overdue of disclosure: computed for the day that is shown, no event tells it. Art. 30 asks for every category each
 *  quarter; how many days after its end is DISCLOSURE_GRACE_DAYS of the rules. */
import { Arg, Field, FieldResolver, Int, ObjectType, Resolver, Root } from 'type-graphql';
import {
  bitOf,
  quarterGroup,
  quartersKept,
  villageDisclosureQuarters,
} from '../../projections/village-disclosure-quarters.ts';
import { villages } from '../../projections/villages.ts';
import { DisclosureCategory } from '../domain/disclosure-catalogue.ts';
import { endOfQuarter, Quarter, quarterAfter, quarterOf } from '../domain/disclosure-period.ts';
import { ruleOn, ruleSet } from '../domain/rule-set.ts';
import { DivisionCode, LocalDate } from '../domain/scalars.ts';
import { termType } from './derive/types.ts';
import { Division, divisionByCode } from './division.ts';
import { badInput } from './input-error.ts';
import type { Scene } from './scene.ts';
import { Snapshot } from './snapshot.ts';
import { sumsOf } from './tally.ts';

const categories = DisclosureCategory.options;
/** Bits of a row that say something: each is one choice of categories. */
const choices = Array.from({ length: 2 ** categories.length - 1 }, (_, at) => at + 1);
const rowsMax = 10_000;

const localDate = termType(LocalDate);
const quarterType = termType(Quarter);
const categoryType = termType(DisclosureCategory);

@ObjectType({ description: 'One category on the board of disclosure.', simpleResolvers: true })
class DisclosureBoardRow {
  @Field(categoryType, { description: 'The category.' })
  readonly category!: string;

  @Field(() => Int, { description: 'Villages that published it for the quarter, or for a month of it.' })
  readonly published!: number;

  @Field(() => Int, { description: 'Villages that did not, although it is due; 0 up to `dueOn`.' })
  readonly overdue!: number;
}

@ObjectType({
  description: 'Disclosure (村务公开) of a quarter below a division at the moment.',
  simpleResolvers: true,
})
class DisclosureBoard {
  @Field(() => Division, { description: 'The division.' })
  readonly division!: Division;

  @Field(quarterType, { description: 'The quarter that is reported.' })
  readonly quarter!: string;

  @Field(localDate, {
    description: 'Last day on which it is in time: the quarter’s end and DISCLOSURE_GRACE_DAYS, which is illustrative.',
  })
  readonly dueOn!: string;

  @Field(() => Int, { description: 'Villages that are listed: villagers’ and residents’ committees, no quasi units.' })
  readonly villages!: number;

  @Field(() => [DisclosureBoardRow], { description: 'Every category, in the order of art. 30.' })
  readonly categories!: readonly DisclosureBoardRow[];
}

/** Last day on which a quarter's disclosure is in time, by the rule of the quarter's last day. */
function dueOn(quarter: string): string {
  const graceDays = ruleOn(ruleSet, 'DISCLOSURE_GRACE_DAYS', endOfQuarter(quarter))?.value ?? 0;
  return endOfQuarter(quarter, graceDays);
}

/** The newest quarter whose disclosure is late on a day where it is not there. */
export function quarterDueBefore(day: string): string {
  const last = quarterAfter(quarterOf(day), -1);
  return dueOn(last) < day ? last : quarterAfter(last, -1);
}

/** Categories that a village has not published for the quarter. */
export function missingOf(scene: Scene, village: string, quarter: string): readonly string[] {
  const row = scene.one(villageDisclosureQuarters, village);
  const bits = row ? publishedIn(row.quarters, quarter) : 0;
  return categories.filter((category) => !(bits & bitOf(category)));
}

const publishedIn = (quarters: string, quarter: string): number =>
  (JSON.parse(quarters) as Record<string, number>)[quarter] ?? 0;

/** How many villages of the division published each category of the quarter. */
function publishedBelow(scene: Scene, { id, level }: Division, quarter: string): readonly number[] {
  const counts: readonly (readonly [bits: number, villages: number])[] =
    level === 'TOWNSHIP' ? ofTownship(scene, id, quarter) : ofGroups(scene, id, level, quarter);
  return categories.map((category) =>
    counts.reduce((sum, [bits, count]) => sum + (bits & bitOf(category) ? count : 0), 0),
  );
}

function ofTownship(scene: Scene, township: string, quarter: string) {
  const where = "v.township = ? and v.listed = 1 and v.kind in ('VILLAGERS_COMMITTEE', 'RESIDENTS_COMMITTEE')";
  const found = scene.select(villageDisclosureQuarters, { where, params: [township], limit: rowsMax });
  return found.map(({ row }) => [publishedIn(row.quarters, quarter), 1] as const);
}

function ofGroups(scene: Scene, id: string, level: string, quarter: string) {
  const places = level === 'PROVINCE' ? scene.prefecturesOf(id) : [id];
  const asked = places.flatMap((place) => choices.map((bits) => ({ bits, group: quarterGroup(place, quarter, bits) })));
  const counted = scene.tally(
    villageDisclosureQuarters,
    asked.map(({ group }) => group),
  );
  return asked.map(({ bits }, at) => [bits, counted[at]?.[0] ?? 0] as const);
}

@Resolver(() => Snapshot)
export class SnapshotDisclosureBoardField {
  @FieldResolver(() => DisclosureBoard, {
    nullable: true,
    description: `Who published what of a quarter below a division, and what is overdue on the day; null where no division carries the code. BAD_USER_INPUT for a quarter that lies more than ${quartersKept - 1} before that of the day: ask it of an earlier day.`,
  })
  async disclosureBoard(
    @Root() { scene }: Snapshot,
    @Arg('within', termType(DivisionCode), { description: 'Code of the division.' }) within: string,
    @Arg('quarter', quarterType, { description: 'The quarter that is reported.' }) quarter: string,
  ): Promise<DisclosureBoard | null> {
    const day = scene.at.effectiveOn;
    if (quarter < quarterAfter(quarterOf(day), 1 - quartersKept)) {
      throw badInput(['quarter'], `The board keeps ${quartersKept} quarters: ask it of an earlier day.`);
    }
    const division = divisionByCode(scene, within);
    if (!division) return null;
    const [, residents = 0, villagers = 0] = await sumsOf(division.tally(), villages);
    const committees = residents + villagers;
    const due = dueOn(quarter);
    const published = publishedBelow(scene, division, quarter);
    return {
      division,
      quarter,
      dueOn: due,
      villages: committees,
      categories: categories.map((category, at) => ({
        category,
        published: published[at] ?? 0,
        overdue: due < day ? committees - (published[at] ?? 0) : 0,
      })),
    };
  }
}
