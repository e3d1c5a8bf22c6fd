/** What the lists of certificates say for a division at the moment. */
import { Arg, Field, FieldResolver, ObjectType, Resolver, Root } from 'type-graphql';
import { listViewOf } from '../../projections/certificate-lists.ts';
import { CertificateRuling } from '../domain/certificate-catalogue.ts';
import { CertificateItemCode, CertificateListKind } from '../domain/certificate-list-catalogue.ts';
import { certificateRuleOf } from '../domain/certificate-rule.ts';
import { DivisionCode } from '../domain/scalars.ts';
import { CertificateList, certificateListById, listsFor } from './certificate-list.ts';
import { termType } from './derive/types.ts';
import type { Scene } from './scene.ts';
import { Snapshot } from './snapshot.ts';

const ruling = termType(CertificateRuling);
const itemCode = termType(CertificateItemCode);
const listKind = termType(CertificateListKind);
const divisionCode = termType(DivisionCode);

@ObjectType({
  description: 'What the lists say of one item for a division: the chain from the centre down to the county.',
  simpleResolvers: true,
})
class CertificateRule {
  @Field(itemCode, { description: 'The item.' })
  readonly item!: string;

  @Field(ruling, { description: 'What they say. A prohibition at any level holds.' })
  readonly rule!: string;

  @Field(() => CertificateList, {
    nullable: true,
    description: 'The list that says so, the nearest where several do; null where the item stands in none.',
  })
  readonly list!: CertificateList | null;

  @Field(() => String, { nullable: true, description: 'Name of the item in that list.' })
  readonly name!: string | null;

  @Field(() => String, { nullable: true, description: 'Law by which a permitted item is certified.' })
  readonly legalBasis!: string | null;

  @Field(() => String, { nullable: true, description: 'What stands in its place, where a list says so.' })
  readonly substituteRoute!: string | null;

  @Field(() => String, { nullable: true, description: 'Department named for it in that list.' })
  readonly responsibleDept!: string | null;
}

@Resolver(() => Snapshot)
export class SnapshotCertificateFields {
  @FieldResolver(() => CertificateRule, {
    nullable: true,
    description:
      'Whether committees of a division may certify an item at the moment; null where no listed division has the code.',
  })
  certificateRule(
    @Root() { scene }: Snapshot,
    @Arg('item', itemCode, { description: 'Code of the item, such as KINSHIP.' }) item: string,
    @Arg('within', divisionCode, {
      nullable: true,
      description: 'Code of the division; what holds for the whole country where it is left out.',
    })
    within: string | null,
  ): CertificateRule | null {
    const asked = divisionAsked(scene, within);
    if (asked === undefined) return null;
    const said = certificateRuleOf(item, listsFor(scene, asked).map(listViewOf));
    return {
      item,
      rule: said.ruling,
      list: said.list && certificateListById(scene, said.list.id),
      name: said.item?.name ?? null,
      legalBasis: said.item?.legalBasis ?? null,
      substituteRoute: said.substituteRoute,
      responsibleDept: said.item?.responsibleDept ?? null,
    };
  }

  @FieldResolver(() => [CertificateList], {
    description:
      'Lists that hold for a division at the moment, its own and those of all levels above, the highest first; none where no listed division has the code.',
  })
  certificateLists(
    @Root() { scene }: Snapshot,
    @Arg('within', divisionCode, {
      nullable: true,
      description: 'Code of the division; the lists of the whole country where it is left out.',
    })
    within: string | null,
    @Arg('kind', listKind, { nullable: true, description: 'Of this kind; of both where it is left out.' })
    kind: string | null,
  ): CertificateList[] {
    const asked = divisionAsked(scene, within);
    if (asked === undefined) return [];
    return listsFor(scene, asked)
      .filter(({ row }) => kind == null || row.kind === kind)
      .map(({ id, row }) => new CertificateList(scene, id, row));
  }
}

/** Id of the division that is asked for, null for the whole country; undefined where none carries the code. */
function divisionAsked(scene: Scene, within: string | null): string | null | undefined {
  return within == null ? null : scene.divisionByCode(within)?.id;
}
