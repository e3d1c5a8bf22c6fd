/** What a command on a standard of disclosure gives back. */
import { Field, ObjectType } from 'type-graphql';
import { DisclosureStandard } from './disclosure-standard.ts';
import { Receipted } from './payload.ts';

@ObjectType({ description: 'What a command on a standard of disclosure gives back.', simpleResolvers: true })
export class DisclosureStandardPayload extends Receipted {
  @Field(() => DisclosureStandard, {
    nullable: true,
    description: 'The standard as it stands today, right after the command.',
  })
  readonly disclosureStandard!: DisclosureStandard | null;
}
