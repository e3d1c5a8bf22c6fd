/** What a mutation on a round of elections gives back. */
import { Field, ObjectType } from 'type-graphql';
import { ElectionRound } from './election-round.ts';
import { Receipted } from './payload.ts';

@ObjectType({ description: 'What a command on a round of elections gives back.', simpleResolvers: true })
export class ElectionRoundPayload extends Receipted {
  @Field(() => ElectionRound, {
    nullable: true,
    description: 'The round as it stands today, right after the command; null where it is not there today.',
  })
  readonly electionRound!: ElectionRound | null;
}
