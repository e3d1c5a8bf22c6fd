/** Retired cadres of a village and below a division, counted by state and step, and the roster of counties. No names. */

import { Arg, Field, FieldResolver, Int, ObjectType, Resolver, Root } from 'type-graphql';
import {
  countsOfVillage,
  type RetiredCounts,
  retiredCountsOf,
  villageRetired,
} from '../../projections/village-retired.ts';
import { DivisionCode, Fen } from '../domain/scalars.ts';
import { countiesOf } from './counties.ts';
import { termType } from './derive/types.ts';
import { Division, divisionByCode } from './division.ts';
import { RetiredCadre, retiredCadresOf } from './retired-cadre.ts';
import type { Scene } from './scene.ts';
import { Snapshot } from './snapshot.ts';
import { sumsOf, Tally } from './tally.ts';
import { Village } from './village.ts';

const fen = termType(Fen);
const divisionCode = termType(DivisionCode);

@ObjectType({ description: 'Approved retired cadres of one step of years served.', simpleResolvers: true })
class RetiredTierTally {
  @Field(() => Int, { description: 'Whole years served, at least: 0, 10 or 20, as in 粤办发〔2010〕5号.' })
  readonly minYears!: number;

  @Field(() => Int, { nullable: true, description: 'Fewer years than this; null in the highest step.' })
  readonly maxYearsExclusive!: number | null;

  @Field(() => Int, { description: 'Whose allowance is approved and not stopped.' })
  readonly approved!: number;

  @Field(() => Int, { description: 'Whose allowance is suspended.' })
  readonly suspended!: number;

  @Field(() => Int, { description: 'Whose allowance has ended.' })
  readonly ceased!: number;
}

@ObjectType({
  description:
    'Retired cadres (正常离任村干部) of listed villages by the state of their records: each counts in one state.',
  simpleResolvers: true,
})
class RetiredTally {
  @Field(() => Int, { description: 'Collected, and not verified yet.' })
  readonly collecting!: number;

  @Field(() => Int, { description: 'Verified, and not posted yet.' })
  readonly verified!: number;

  @Field(() => Int, { description: 'Posted, and not decided yet.' })
  readonly posted!: number;

  @Field(() => Int, { description: 'Approved, and not stopped.' })
  readonly approved!: number;

  @Field(() => Int, { description: 'Refused.' })
  readonly refused!: number;

  @Field(() => Int, { description: 'Suspended.' })
  readonly suspended!: number;

  @Field(() => Int, { description: 'Ended.' })
  readonly ceased!: number;

  @Field(() => [RetiredTierTally], {
    description: 'The approved, suspended and ended ones by the step of their standard, the lowest first.',
  })
  readonly byTier!: readonly RetiredTierTally[];

  @Field(fen, { description: 'Fen a month of all that are approved and not stopped; what is paid once left out.' })
  readonly monthlyFen!: string;
}

const steps = [
  [0, 10],
  [10, 20],
  [20, null],
] as const;
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

function tallyOfCounts({ approved, suspended, ceased, ...counts }: RetiredCounts): RetiredTally {
  return {
    collecting: counts.collected,
    verified: counts.verified,
    posted: counts.posted,
    approved: sum(approved),
    refused: counts.refused,
    suspended: sum(suspended),
    ceased: sum(ceased),
    byTier: steps.map(([minYears, maxYearsExclusive], at) => ({
      minYears,
      maxYearsExclusive,
      approved: approved[at] ?? 0,
      suspended: suspended[at] ?? 0,
      ceased: ceased[at] ?? 0,
    })),
    monthlyFen: String(counts.monthlyFen),
  };
}

@Resolver(() => Tally)
export class TallyRetiredField {
  @FieldResolver(() => RetiredTally, { description: 'Retired cadres (正常离任村干部), without names.' })
  async retired(@Root() tally: Tally): Promise<RetiredTally> {
    return tallyOfCounts(retiredCountsOf(await sumsOf(tally, villageRetired)));
  }
}

@Resolver(() => Village)
export class VillageRetiredFields {
  @FieldResolver(() => RetiredTally, {
    description:
      'Its retired cadres (正常离任村干部), counted; zeros where none is recorded, or while it is not listed.',
  })
  retired(@Root() village: Village): RetiredTally {
    const row = village.scene.one(villageRetired, village.id);
    return tallyOfCounts(row ? countsOfVillage(row) : retiredCountsOf([]));
  }

  @FieldResolver(() => [RetiredCadre], {
    description: 'The records of its retired cadres, by id, without names; at most 1000.',
  })
  retiredCadres(@Root() village: Village): RetiredCadre[] {
    return retiredCadresOf(village.scene, village.id);
  }
}

@ObjectType({ description: 'A county’s line of the roster of retired cadres.', simpleResolvers: true })
class RetiredRosterLine {
  @Field(() => Division, { description: 'The county; the city where it has none; the township that was asked for.' })
  readonly division!: Division;

  @Field(() => RetiredTally, { description: 'Its retired cadres by state and step.' })
  readonly retired!: RetiredTally;
}

@Resolver(() => Snapshot)
export class SnapshotRetiredField {
  @FieldResolver(() => [RetiredRosterLine], {
    description:
      'Retired cadres by county, by state and step of years served, without names: by code, with zeros where none is recorded; none where no division carries `within`.',
  })
  retiredRoster(
    @Root() { scene }: Snapshot,
    @Arg('within', divisionCode, {
      nullable: true,
      description: 'Below the listed division with this code, itself included; all where it is left out.',
    })
    within: string | null,
  ): Promise<RetiredRosterLine[]> {
    return Promise.all(
      countiesWithin(scene, within ?? null).map(async (division) => ({
        division,
        retired: tallyOfCounts(retiredCountsOf(await sumsOf(division.tally(), villageRetired))),
      })),
    );
  }
}

/** Counties below a division; a city without counties stands for its county, a township for itself. */
function countiesWithin(scene: Scene, within: string | null): Division[] {
  const asked = within === null ? null : divisionByCode(scene, within);
  if (asked?.level === 'TOWNSHIP') return [asked];
  return countiesOf(scene, within);
}
