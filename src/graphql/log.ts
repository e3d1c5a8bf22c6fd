/** What the log is and how far it has come. */
import { Ctx, Field, ID, ObjectType, Query, Resolver, registerEnumType } from 'type-graphql';
import type { Instant, Position } from '../es/event.ts';
import type { LogIdentity } from '../es/store.ts';
import type { RequestContext } from './context.ts';
import { DateTimeScalar, PositionScalar } from './scalars.ts';

const kinds = { REAL: 'real', SIMULATED: 'simulated' };
registerEnumType(kinds, {
  name: 'LogKind',
  description: 'Whether a log holds what happened; fixed with its first record.',
  valuesConfig: {
    REAL: { description: 'Facts with their sources.' },
    SIMULATED: { description: 'Made up, for demonstration and load.' },
  },
});

@ObjectType({ description: 'The log of this server.', simpleResolvers: true })
class Log {
  @Field(() => ID, { description: 'Made once with the log.' })
  readonly id!: string;

  @Field(() => kinds, { description: 'Whether it holds what happened.' })
  readonly kind!: LogIdentity['kind'];

  @Field(() => Boolean, { description: 'True for a log that is made up.' })
  readonly simulated!: boolean;

  @Field(() => PositionScalar, { description: 'Position of its last event; 0 while it is empty.' })
  readonly position!: Position;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the last event was recorded; null while it is empty.',
  })
  readonly recordedAt!: Instant | null;
}

@Resolver()
export class LogQuery {
  @Query(() => Log, { description: 'What the log is, and how far it has come at this moment.' })
  async log(@Ctx() { services, reads }: RequestContext): Promise<Log> {
    reads.add('log');
    const [{ id, kind }, head] = await Promise.all([services.store.identity(), services.store.head()]);
    const recordedAt = head.position === 0 ? null : head.recordedAt;
    return { id, kind, simulated: kind === 'simulated', position: head.position, recordedAt };
  }
}
