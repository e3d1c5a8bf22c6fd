/** What a mutation on a list of certificates gives back. */
import { Field, ObjectType } from 'type-graphql';
import { CertificateList } from './certificate-list.ts';
import { Receipted } from './payload.ts';

@ObjectType({ description: 'What a command on a list of certificates gives back.', simpleResolvers: true })
export class CertificateListPayload extends Receipted {
  @Field(() => CertificateList, {
    nullable: true,
    description: 'The list as it stands today, right after the command; null where it does not hold today.',
  })
  readonly certificateList!: CertificateList | null;
}
