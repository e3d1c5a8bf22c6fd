/** What a command on a matter gives back. */
import { Field, ObjectType } from 'type-graphql';
import { Matter } from './matter.ts';
import { Receipted } from './payload.ts';

@ObjectType({ description: 'What a command on a matter gives back.', simpleResolvers: true })
export class MatterPayload extends Receipted {
  @Field(() => Matter, { nullable: true, description: 'The matter as it stands today, right after the command.' })
  readonly matter!: Matter | null;
}
