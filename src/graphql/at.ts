/** The door to every moment: at(). */
import { Args, ArgsType, Ctx, Field, Query, Resolver } from 'type-graphql';
import { LocalDate } from '../domain/scalars.ts';
import type { Instant, Position } from '../es/event.ts';
import type { RequestContext } from './context.ts';
import { termType } from './derive/types.ts';
import { momentAsked } from './picture.ts';
import { DateTimeScalar, PositionScalar } from './scalars.ts';
import { Scene } from './scene.ts';
import { Snapshot } from './snapshot.ts';

const localDate = termType(LocalDate);

@ArgsType()
class AtArgs {
  @Field(localDate, {
    nullable: true,
    description: 'The day as of which the world is shown; today in Asia/Shanghai where it is left out.',
  })
  effectiveOn?: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'As the log knew it at this instant. Not beside position; E_FUTURE_MOMENT where it lies ahead.',
  })
  knownAt?: Instant | null;

  @Field(() => PositionScalar, {
    nullable: true,
    description:
      'As the log knew it at this position, exactly; one ahead of this server is waited for, then E_BEHIND (retryable).',
  })
  position?: Position | null;
}

@Resolver()
export class AtQuery {
  @Query(() => Snapshot, {
    description:
      'The world as it held on `effectiveOn`, as the log knew it at `knownAt` (or at `position`, exactly): today, all that is known, where they are left out. Before the first event it is empty.',
  })
  async at(@Args(() => AtArgs) args: AtArgs, @Ctx() context: RequestContext): Promise<Snapshot> {
    return new Snapshot(Scene.at(context, await momentAsked(context, args)));
  }
}
