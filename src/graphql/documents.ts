/** Documents by number, title and topic. */
import { Arg, Args, ArgsType, Field, FieldResolver, Resolver, Root } from 'type-graphql';
import { documentNamed, documents, namesOf } from '../../projections/documents.ts';
import { PolicyTopic } from '../domain/policy-document-catalogue.ts';
import { nameKey } from '../es/name-key.ts';
import { termType } from './derive/types.ts';
import { documentById, documentOf, isInForce, PolicyDocument } from './policy-document.ts';
import { Snapshot } from './snapshot.ts';

const documentsMax = 10_000;
const policyTopic = termType(PolicyTopic);

@ArgsType()
class PoliciesArgs {
  @Field(policyTopic, { nullable: true, description: 'About this; about anything where it is left out.' })
  topic?: string | null;

  @Field(() => String, { nullable: true, description: 'With these words in the number, the title or an alias.' })
  search?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True: only what is in force at the moment. False: only what is not. Both where it is left out.',
  })
  inForce?: boolean | null;
}

const plain = (text: string) => nameKey(text).toLowerCase();

@Resolver(() => Snapshot)
export class SnapshotDocumentField {
  @FieldResolver(() => PolicyDocument, {
    nullable: true,
    description: 'The document of a number, title or alias; null where there is none at the moment.',
  })
  document(
    @Root() { scene }: Snapshot,
    @Arg('named', () => String, { description: 'Its number, or its exact title.' }) named: string,
  ): PolicyDocument | null {
    const found = documentNamed(scene.select(documents, { limit: documentsMax }), named);
    return found && documentById(scene, found.id);
  }

  @FieldResolver(() => [PolicyDocument], {
    description: 'Documents and local standards that hold or once held, the last in force first.',
  })
  policies(
    @Root() { scene }: Snapshot,
    @Args(() => PoliciesArgs) { topic, search, inForce }: PoliciesArgs,
  ): PolicyDocument[] {
    const words = plain(search ?? '');
    return scene
      .select(documents, { limit: documentsMax })
      .filter(({ row }) => topic == null || (JSON.parse(row.topics) as string[]).includes(topic))
      .filter(({ row }) => words === '' || namesOf(row).some((name) => plain(name).includes(words)))
      .filter(({ row }) => inForce == null || isInForce(row, scene.at.effectiveOn) === inForce)
      .sort((a, b) => (a.row.in_force_from < b.row.in_force_from ? 1 : -1))
      .map(({ id, row }) => documentOf(scene, id, row));
  }
}
