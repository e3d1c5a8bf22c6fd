/** Lists of certificates, and which of them hold for a division. */
import { Field, ID, Int, ObjectType } from 'type-graphql';
import {
  type CertificateListRow,
  certificateLists,
  certificateListsMax,
  itemsOf,
} from '../../projections/certificate-lists.ts';
import { AuthorityLevel } from '../domain/authority.ts';
import { CertificateListItem, CertificateListKind } from '../domain/certificate-list-catalogue.ts';
import type { CertificateListView } from '../domain/certificate-rule.ts';
import { isBelow } from '../domain/level-rank.ts';
import { DivisionCode, LocalDate } from '../domain/scalars.ts';
import type { Found } from '../es/projection.ts';
import { partType, termType } from './derive/types.ts';
import { Division, divisionById } from './division.ts';
import { Node } from './node.ts';
import { guarded, ReadField } from './read-field.ts';
import type { Scene } from './scene.ts';

const level = termType(AuthorityLevel);
const kind = termType(CertificateListKind);
const divisionCode = termType(DivisionCode);
const localDate = termType(LocalDate);
const item = partType(CertificateListItem);

@ObjectType('CertificateList', {
  implements: Node,
  simpleResolvers: true,
  description: 'A list of what committees should not certify, or do (证明事项清单), as it holds at the moment.',
})
export class CertificateList implements Node {
  @Field(() => ID, { description: 'Its id.' })
  readonly id: string;

  #division: Division | null | undefined;
  #items: CertificateListView['items'] | undefined;

  constructor(
    private readonly scene: Scene,
    id: string,
    private readonly row: CertificateListRow,
  ) {
    this.id = id;
  }

  get __typename() {
    return 'CertificateList' as const;
  }

  @ReadField(kind, { description: 'What it is for.' })
  get kind(): CertificateListView['kind'] {
    return this.row.kind;
  }

  @ReadField(level, { description: 'Level of the body whose list it is.' })
  get level(): CertificateListView['level'] {
    return this.row.level;
  }

  @ReadField(divisionCode, { nullable: true, description: 'Code of its division as published; null for the country.' })
  get divisionCode(): string | null {
    return this.row.division;
  }

  @ReadField(() => Division, { nullable: true, description: 'That division at the moment; null for the country.' })
  get division(): Division | null {
    if (this.#division === undefined) this.#division = guarded(() => divisionById(this.scene, this.row.division_id));
    return this.#division;
  }

  @ReadField(() => Int, { description: 'Number of the list among those of its kind and body.' })
  get batch(): number {
    return this.row.batch;
  }

  @ReadField(() => String, { nullable: true, description: 'Title of the document that has it.' })
  get title(): string | null {
    return this.row.title;
  }

  @ReadField(() => String, { nullable: true, description: 'Number of that document; null where it is not known.' })
  get documentNumber(): string | null {
    return this.row.document_number;
  }

  @ReadField(localDate, { nullable: true, description: 'Day of that document, where it is known.' })
  get issuedOn(): string | null {
    return this.row.issued_on;
  }

  @ReadField(localDate, { description: 'Day from which it holds.' })
  get inForceFrom(): string {
    return this.row.in_force_from;
  }

  @ReadField(localDate, { nullable: true, description: 'Day of its last amendment; null where there is none.' })
  get amendedOn(): string | null {
    return this.row.amended_on;
  }

  @ReadField(() => Int, { description: 'Items of the list, also of those whose names are not known.' })
  get itemsTotal(): number {
    return this.row.items_total;
  }

  @ReadField(() => [item], { description: 'Items that are known by name.' })
  get items(): CertificateListView['items'] {
    this.#items ??= guarded(() => itemsOf(this.row));
    return this.#items;
  }
}

/** The list of an id, or null. */
export function certificateListById(scene: Scene, id: string): CertificateList | null {
  const row = scene.one(certificateLists, id);
  return row && new CertificateList(scene, id, row);
}

/** Rows of the lists that hold for a division: its own and those of all levels above, the highest first. */
export function listsFor(scene: Scene, division: string | null): Found<CertificateListRow>[] {
  const chain = new Set<string>();
  for (let at = division; at !== null && !chain.has(at); at = scene.division(at)?.parent ?? null) chain.add(at);
  return scene
    .select(certificateLists, { limit: certificateListsMax })
    .filter(({ row }) => row.division_id === null || chain.has(row.division_id))
    .sort(byLevel);
}

/** The highest level first, within it by id. */
function byLevel(one: Found<CertificateListRow>, other: Found<CertificateListRow>): number {
  if (one.row.level === other.row.level) return one.id < other.id ? -1 : 1;
  return isBelow(other.row.level, one.row.level) ? -1 : 1;
}
