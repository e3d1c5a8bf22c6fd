/** A matter of deliberation, as it stood at the moment. */
import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { MatterRow } from '../../projections/matters.ts';
import { MatterCategory, MatterOutcome, ParticipantCategory } from '../domain/matter-catalogue.ts';
import { LocalDate } from '../domain/scalars.ts';
import { termType } from './derive/types.ts';
import { Node } from './node.ts';

const localDate = termType(LocalDate);
const category = termType(MatterCategory);
const outcome = termType(MatterOutcome);
const participant = termType(ParticipantCategory);

@ObjectType('Matter', {
  implements: Node,
  simpleResolvers: true,
  description: 'A matter of deliberation (协商事项) as it stood at the moment, with the days of its steps.',
})
export class Matter implements Node {
  @Field(() => ID, { description: 'Its id.' })
  readonly id!: string;

  @Field(() => ID, { description: 'Id of the village whose matter it is.' })
  readonly villageId!: string;

  @Field(() => String, { description: 'What it is about.' })
  readonly title!: string;

  @Field(category, { description: 'What kind of matter it is.' })
  readonly category!: string;

  @Field(participant, { description: 'Who raised it, by role.' })
  readonly raisedBy!: string;

  @Field(() => Boolean, { description: 'Whether it is an important matter.' })
  readonly important!: boolean;

  @Field(() => String, {
    description: 'Its last step: RAISED, CONVENED, HELD, RESOLVED, PUBLISHED, IMPLEMENTED, BLOCKED or REFERRED.',
  })
  readonly status!: string;

  @Field(localDate, { description: 'Day on which it was raised.' })
  readonly raisedOn!: string;

  @Field(localDate, { nullable: true, description: 'Day of the notice of its last meeting.' })
  readonly noticeOn!: string | null;

  @Field(localDate, { nullable: true, description: 'Day of its last meeting.' })
  readonly heldOn!: string | null;

  @Field(() => Int, { nullable: true, description: 'Who could have come to that meeting.' })
  readonly eligible!: number | null;

  @Field(() => Int, { nullable: true, description: 'Who was there.' })
  readonly attended!: number | null;

  @Field(outcome, { nullable: true, description: 'What was decided; null before it was.' })
  readonly outcome!: string | null;

  @Field(() => Int, { nullable: true, description: 'Votes for it.' })
  readonly inFavour!: number | null;

  @Field(localDate, { nullable: true, description: 'Day of the decision.' })
  readonly resolvedOn!: string | null;

  @Field(localDate, { nullable: true, description: 'Day on which the resolution was published.' })
  readonly publishedOn!: string | null;

  @Field(localDate, { nullable: true, description: 'Day on which it was reported as carried out.' })
  readonly implementedOn!: string | null;

  @Field(localDate, { nullable: true, description: 'Day on which it was last reported as blocked.' })
  readonly blockedOn!: string | null;
}

/** The matter of a row. */
export const matterOf = (id: string, row: MatterRow): Matter & { readonly __typename: 'Matter' } => ({
  __typename: 'Matter',
  id,
  villageId: row.village,
  title: row.title,
  category: row.category,
  raisedBy: row.raised_by,
  important: row.important === 1,
  status: row.status,
  raisedOn: row.raised_on,
  noticeOn: row.notice_on,
  heldOn: row.held_on,
  eligible: row.eligible,
  attended: row.attended,
  outcome: row.outcome,
  inFavour: row.in_favour,
  resolvedOn: row.resolved_on,
  publishedOn: row.published_on,
  implementedOn: row.implemented_on,
  blockedOn: row.blocked_on,
});
