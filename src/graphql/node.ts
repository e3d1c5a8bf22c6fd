/** What has an id of its own. */
import { Field, ID, InterfaceType } from 'type-graphql';

@InterfaceType('Node', {
  description:
    'Anything with an id, found again by node(id): villages (v_…), divisions (d_…), identity reviews (r_…), reported figures (f_…), persons (p_…), proposals (pr_…), editions (roster-…) and events (their stream and revision).',
})
export abstract class Node {
  @Field(() => ID, { description: 'The id: unique among all things, opaque, and the same for ever.' })
  readonly id!: string;
}
