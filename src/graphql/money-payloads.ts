/** What commands on money give back. */
import { Field, ObjectType } from 'type-graphql';
import { Receipted } from './payload.ts';
import { RegionTier } from './region-tier.ts';
import { SubsidyStandard } from './standard.ts';

const standing = 'as it stands today, right after the command; null where it is not there today.';

@ObjectType({ description: 'What a command on a region tier gives back.', simpleResolvers: true })
export class RegionTierPayload extends Receipted {
  @Field(() => RegionTier, { nullable: true, description: `The tier ${standing}` })
  readonly regionTier!: RegionTier | null;
}

@ObjectType({ description: 'What a command on a standard gives back.', simpleResolvers: true })
export class StandardPayload extends Receipted {
  @Field(() => SubsidyStandard, { nullable: true, description: `The standard ${standing}` })
  readonly standard!: SubsidyStandard | null;
}

@ObjectType({ description: 'What a command on a fund that was set aside gives back.', simpleResolvers: true })
export class AppropriationPayload extends Receipted {}
