/** What mutations on proposals give back. */
import { Field, ObjectType } from 'type-graphql';
import { Receipted } from './payload.ts';
import { Proposal } from './proposal.ts';

@ObjectType({
  description:
    'What proposing, approving and rejecting give back. position and revision are the proposal’s own; events are all that came of it, those of the approved act too.',
  simpleResolvers: true,
})
export class ProposalPayload extends Receipted {
  @Field(() => Proposal, {
    nullable: true,
    description: 'The proposal as it stands right after; null where its like is not shown to the one who asks.',
  })
  readonly proposal!: Proposal | null;
}
