/** Documents and local standards in a picture of the world. */
import { Field, ID, ObjectType } from 'type-graphql';
import { type DocumentRow, documents } from '../../projections/documents.ts';
import { AuthorityLevel } from '../domain/authority.ts';
import { DocumentKind, PolicyTopic } from '../domain/policy-document-catalogue.ts';
import { LocalDate } from '../domain/scalars.ts';
import { termType } from './derive/types.ts';
import { Node } from './node.ts';
import type { Scene } from './scene.ts';

const kind = termType(DocumentKind);
const level = termType(AuthorityLevel);
const topic = termType(PolicyTopic);
const localDate = termType(LocalDate);

@ObjectType('PolicyDocument', {
  implements: Node,
  simpleResolvers: true,
  description: 'A document (政策文件) or local standard (地方标准), and what was done under it: events.',
})
export class PolicyDocument implements Node {
  readonly __typename = 'PolicyDocument';
  readonly scene!: Scene;

  @Field(() => ID, { description: 'Its id.' })
  readonly id!: string;

  @Field(kind, { description: 'What kind of document it is.' })
  readonly kind!: string;

  @Field(() => String, { nullable: true, description: 'Its number; null where it is not known.' })
  readonly number!: string | null;

  @Field(() => String, { description: 'Its title.' })
  readonly title!: string;

  @Field(() => [String], { description: 'Other titles under which it is cited.' })
  readonly aliases!: readonly string[];

  @Field(() => [String], { description: 'Organs that issued it.' })
  readonly issuers!: readonly string[];

  @Field(level, { description: 'Level of the first of them.' })
  readonly level!: string;

  @Field(localDate, { description: 'Day that it bears.' })
  readonly issuedOn!: string;

  @Field(localDate, { description: 'Day from which it is in force.' })
  readonly inForceFrom!: string;

  @Field(localDate, { nullable: true, description: 'First day on which it no longer is, where it says so.' })
  readonly expiresOn!: string | null;

  @Field(() => [topic()], { description: 'What it is about.' })
  readonly topics!: readonly string[];

  @Field(() => String, { nullable: true, description: 'Working mechanism that it sets up, such as 一核四社.' })
  readonly mechanism!: string | null;

  @Field(() => Boolean, { description: 'Whether it says that it also holds for days before its own.' })
  readonly retroactive!: boolean;

  @Field(() => [ID], { description: 'Ids of the documents in whose place it stands.' })
  readonly supersedes!: readonly string[];

  @Field(() => ID, { nullable: true, description: 'Id of the document that stands in its place; null for none.' })
  readonly supersededBy!: string | null;

  @Field(() => Boolean, { description: 'Whether it is in force at the moment.' })
  readonly inForce!: boolean;
}

/** Whether a document holds on the day of its picture. */
export const isInForce = (row: DocumentRow, day: string): boolean =>
  row.ended === null && row.superseded_by === null && (row.expires_on === null || row.expires_on > day);

/** A document as the API shows it. */
export const documentOf = (scene: Scene, id: string, row: DocumentRow): PolicyDocument => ({
  __typename: 'PolicyDocument',
  scene,
  id,
  kind: row.kind,
  number: row.number,
  title: row.title,
  aliases: JSON.parse(row.aliases) as string[],
  issuers: JSON.parse(row.issuers) as string[],
  level: row.level,
  issuedOn: row.issued_on,
  inForceFrom: row.in_force_from,
  expiresOn: row.expires_on,
  topics: JSON.parse(row.topics) as string[],
  mechanism: row.mechanism,
  retroactive: row.retroactive === 1,
  supersedes: JSON.parse(row.supersedes) as string[],
  supersededBy: row.superseded_by,
  inForce: isInForce(row, scene.at.effectiveOn),
});

/** The document of an id at the moment; null where there is none. */
export function documentById(scene: Scene, id: string): PolicyDocument | null {
  const row = scene.one(documents, id);
  return row && documentOf(scene, id, row);
}
