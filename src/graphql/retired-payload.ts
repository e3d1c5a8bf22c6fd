/** What a mutation on a retired cadre's record gives back. */
import { Field, ObjectType } from 'type-graphql';
import { Receipted } from './payload.ts';
import { RetiredCadre } from './retired-cadre.ts';

@ObjectType({ description: 'What a command on the record of a retired cadre gives back.', simpleResolvers: true })
export class RetiredCadrePayload extends Receipted {
  @Field(() => RetiredCadre, {
    nullable: true,
    description: 'The record as it stands today, right after the command; null where it is not there today.',
  })
  readonly retiredCadre!: RetiredCadre | null;
}
