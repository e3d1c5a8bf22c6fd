/** Documents by their number or title. */
import { Arg, FieldResolver, Resolver, Root } from 'type-graphql';
import { documentNamed, documents } from '../../projections/documents.ts';
import { documentById, PolicyDocument } from './policy-document.ts';
import { Snapshot } from './snapshot.ts';

const documentsMax = 10_000;

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
}
