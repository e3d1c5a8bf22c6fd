/** How many certificates a village was asked for and gave, and what is counted of them below a division. */
import { Field, FieldResolver, Int, ObjectType, Resolver, Root } from 'type-graphql';
import { villageCertificates } from '../../projections/village-certificates.ts';
import { sumsOf, Tally } from './tally.ts';
import { Village } from './village.ts';

@ObjectType({ description: 'Certificates (证明) up to the moment.', simpleResolvers: true })
class CertificateTally {
  @Field(() => Int, { description: 'Asked for.' })
  readonly requested!: number;

  @Field(() => Int, { description: 'Issued, those revoked later included.' })
  readonly issued!: number;

  @Field(() => Int, { description: 'Refused.' })
  readonly refused!: number;

  @Field(() => Int, { description: 'Revoked.' })
  readonly revoked!: number;
}

@Resolver(() => Village)
export class VillageCertificatesField {
  @FieldResolver(() => CertificateTally, { description: 'Certificates that its committee was asked for.' })
  certificates(@Root() village: Village): CertificateTally {
    const row = village.scene.one(villageCertificates, village.id);
    const { requested = 0, issued = 0, refused = 0, revoked = 0 } = row ?? {};
    return { requested, issued, refused, revoked };
  }
}

@Resolver(() => Tally)
export class TallyCertificatesField {
  @FieldResolver(() => CertificateTally, { description: 'Certificates of the listed villages.' })
  async certificates(@Root() tally: Tally): Promise<CertificateTally> {
    const [requested = 0, issued = 0, refused = 0, revoked = 0] = await sumsOf(tally, villageCertificates);
    return { requested, issued, refused, revoked };
  }
}
