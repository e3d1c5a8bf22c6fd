/** The world at a moment of both clocks: everything that can be asked of it. schema.ts gives each field to Query too. */
import { Arg, Args, ArgsType, Field, ID, ObjectType } from 'type-graphql';
import type { DivisionLevel as Level } from '../domain/scalars.ts';
import { DivisionCode, DivisionLevel, LocalDate, StatisticalCode } from '../domain/scalars.ts';
import type { Instant, Position } from '../es/event.ts';
import type { Moment } from '../es/projection.ts';
import { termType } from './derive/types.ts';
import { Division, divisionByCode, divisionsOf } from './division.ts';
import { Edition, editionsOf } from './edition.ts';
import { HeadlineFigure, headlineFiguresOf } from './headline-figure.ts';
import { IdentityReviewArgs, IdentityReviewConnection, identityReviewPage } from './identity-review.ts';
import { instantOf } from './instant-of.ts';
import { ReadField } from './read-field.ts';
import { DateTimeScalar, PositionScalar } from './scalars.ts';
import type { Scene } from './scene.ts';
import { Village, villageNamed } from './village.ts';
import { listVillages, VillageConnection, VillagesArgs } from './villages.ts';

const localDate = termType(LocalDate);
const divisionCode = termType(DivisionCode);
const divisionLevel = termType(DivisionLevel);
const statisticalCode = termType(StatisticalCode);

@ArgsType()
class VillageArgs {
  @Field(() => ID, {
    nullable: true,
    description: 'Id of the village, listed or not; an id given out before two records were linked stays good.',
  })
  id?: string | null;

  @Field(statisticalCode, { nullable: true, description: 'Code that a listed village carries at the moment.' })
  code?: string | null;
}

@ArgsType()
class DivisionsArgs {
  @Field(divisionLevel, { description: 'Level of the divisions.' })
  level!: Level;

  @Field(divisionCode, {
    nullable: true,
    description: 'Below the listed division with this code, itself included; all where it is left out.',
  })
  within?: string | null;
}

@ObjectType({ description: 'What an answer rests on.', simpleResolvers: true })
class AsOf {
  readonly #scene: Scene;

  constructor(scene: Scene) {
    this.#scene = scene;
    this.effectiveOn = scene.at.effectiveOn;
  }

  @Field(localDate, { description: 'The day as of which the world is shown, in Asia/Shanghai.' })
  readonly effectiveOn: Moment['effectiveOn'];

  @ReadField(() => PositionScalar, {
    description: 'The last event of the log that is taken into account: at(position) gives the same picture for ever.',
  })
  get position(): Position {
    const { context, at } = this.#scene;
    // It moves with every event, whatever the rest of the answer rests on.
    context.reads.add('log');
    return at.position;
  }

  @Field(() => DateTimeScalar, { nullable: true, description: 'When that event was recorded; null before the first.' })
  knownAt(): Promise<Instant | null> {
    return instantOf(this.#scene.context, this.#scene.at.position);
  }
}

@ObjectType('Snapshot', {
  simpleResolvers: true,
  description:
    'The world as it held on a day, as the log knew it at a position. All below it, lists and tallies too, is of that moment.',
})
export class Snapshot {
  constructor(readonly scene: Scene) {}

  @Field(() => AsOf, { description: 'What this answer rests on.' })
  asOf(): AsOf {
    return new AsOf(this.scene);
  }

  @Field(() => Village, {
    nullable: true,
    description:
      'One village, by its id or by its code: exactly one of the two, or BAD_USER_INPUT. Null where there is none at the moment.',
  })
  village(@Args(() => VillageArgs) { id, code }: VillageArgs): Village | null {
    return villageNamed(this.scene, id ?? null, code ?? null);
  }

  @Field(() => VillageConnection, {
    description:
      'Villages, by page. Listed ones where no status is asked, by code where no order is. Errors: BAD_USER_INPUT, E_BEHIND.',
  })
  villages(@Args(() => VillagesArgs) args: VillagesArgs): Promise<VillageConnection> {
    return listVillages(this.scene, args);
  }

  @Field(() => Division, {
    nullable: true,
    description:
      'The listed division with a code; null where there is none at the moment. 441900 and 442000 mean 东莞 and 中山 themselves.',
  })
  division(@Arg('code', divisionCode, { description: 'Code of 2, 4, 6 or 9 digits.' }) code: string): Division | null {
    return divisionByCode(this.scene, code);
  }

  @Field(() => [Division], { description: 'Listed divisions of a level, by code.' })
  divisions(@Args(() => DivisionsArgs) { level, within }: DivisionsArgs): Division[] {
    return divisionsOf(this.scene, level, within ?? null);
  }

  @Field(() => [HeadlineFigure], {
    description: 'Every figure published by the day, by metric, beside what the log derives for the moment.',
  })
  headlineFigures(): Promise<HeadlineFigure[]> {
    return headlineFiguresOf(this.scene);
  }

  @Field(() => IdentityReviewConnection, {
    description:
      'Cases of identity that no rule decides: open ones where no status is asked. Errors: BAD_USER_INPUT, E_BEHIND.',
  })
  identityReview(@Args(() => IdentityReviewArgs) args: IdentityReviewArgs): Promise<IdentityReviewConnection> {
    return identityReviewPage(this.scene, args);
  }

  @Field(() => [Edition], { description: 'Editions of the roster that were imported, oldest first.' })
  editions(): Edition[] {
    return editionsOf(this.scene);
  }
}
