/** The credit code of a village and its certificate. */
import { Field, FieldResolver, ObjectType, Resolver, Root } from 'type-graphql';
import { creditCodes } from '../../projections/credit-codes.ts';
import { CreditCode } from '../domain/credit-code.ts';
import { LocalDate, PersonRef } from '../domain/scalars.ts';
import { termType } from './derive/types.ts';
import { Village } from './village.ts';

const creditCode = termType(CreditCode);
const localDate = termType(LocalDate);
const personRef = termType(PersonRef);

@ObjectType({
  description: 'A credit code certificate (基层群众性自治组织特别法人统一社会信用代码证书) at the moment.',
  simpleResolvers: true,
})
class CreditCodeCertificate {
  @Field(creditCode, { description: 'The code: the same for ever.' })
  readonly creditCode!: string;

  @Field(() => String, { description: 'Number of the certificate.' })
  readonly certificateNumber!: string;

  @Field(() => String, { description: 'Name that it bears.' })
  readonly legalName!: string;

  @Field(personRef, { nullable: true, description: 'The legal representative; null where the log does not say.' })
  readonly legalRepresentativeRef!: string | null;

  @Field(localDate, { description: 'Day from which the certificate is valid.' })
  readonly validFrom!: string;

  @Field(localDate, { nullable: true, description: 'Day on which it was cancelled; null while it is valid.' })
  readonly cancelledOn!: string | null;
}

@Resolver(() => Village)
export class VillageCreditCodeField {
  @FieldResolver(() => CreditCodeCertificate, {
    nullable: true,
    description: 'Its credit code certificate, a cancelled one too; null where none is recorded.',
  })
  creditCode(@Root() { scene, id }: Village): CreditCodeCertificate | null {
    const row = scene.one(creditCodes, id);
    if (!row) return null;
    return {
      creditCode: row.credit_code,
      certificateNumber: row.certificate_number,
      legalName: row.legal_name,
      legalRepresentativeRef: row.legal_representative,
      validFrom: row.in_force_from,
      cancelledOn: row.cancelled_on,
    };
  }
}
