/** What commands on documents, honours, service points and reports give back. */
import { Field, ObjectType } from 'type-graphql';
import { Honour } from './honour.ts';
import { Receipted } from './payload.ts';
import { PolicyDocument } from './policy-document.ts';
import { ServicePoint } from './service-point.ts';

@ObjectType({ description: 'What a command on a document or local standard gives back.', simpleResolvers: true })
export class DocumentPayload extends Receipted {
  @Field(() => PolicyDocument, {
    nullable: true,
    description: 'The document as it stands today; null where it is not there today.',
  })
  readonly document!: PolicyDocument | null;
}

@ObjectType({ description: 'What a command on an honour gives back.', simpleResolvers: true })
export class HonourPayload extends Receipted {
  @Field(() => Honour, {
    nullable: true,
    description: 'The honour as it stands today; null where it is not there today.',
  })
  readonly honour!: Honour | null;
}

@ObjectType({ description: 'What a command on a service point gives back.', simpleResolvers: true })
export class ServicePointPayload extends Receipted {
  @Field(() => ServicePoint, {
    nullable: true,
    description: 'The point as it stands today; null where it is not there today.',
  })
  readonly servicePoint!: ServicePoint | null;
}

@ObjectType({ description: 'What a command on a division’s report gives back: its events.', simpleResolvers: true })
export class WorkforcePayload extends Receipted {}
