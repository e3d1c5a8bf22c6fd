/** A standard of disclosure, as it held at the moment. */
import { Field, ID, ObjectType } from 'type-graphql';
import type { DisclosureStandardRow } from '../../projections/disclosure-standards.ts';
import { Dimension } from '../domain/disclosure-standard-terms.ts';
import { DivisionCode, LocalDate } from '../domain/scalars.ts';
import { partType, termType } from './derive/types.ts';
import { Node } from './node.ts';

const localDate = termType(LocalDate);
const divisionCode = termType(DivisionCode);
const dimension = partType(Dimension);

@ObjectType('DisclosureStandard', {
  implements: Node,
  simpleResolvers: true,
  description: 'A standard of disclosure, such as the 五化: its dimensions are what a document names.',
})
export class DisclosureStandard implements Node {
  @Field(() => ID, { description: 'Its id.' })
  readonly id!: string;

  @Field(() => String, { description: 'Its code.' })
  readonly code!: string;

  @Field(() => String, { description: 'Its name.' })
  readonly name!: string;

  @Field(divisionCode, { description: 'Code of the division in which it holds.' })
  readonly scope!: string;

  @Field(localDate, { description: 'Day from which it holds.' })
  readonly validFrom!: string;

  @Field(() => [dimension], { description: 'Its dimensions.' })
  readonly dimensions!: readonly object[];
}

/** The standard of a row. */
export const disclosureStandardOf = (
  id: string,
  row: DisclosureStandardRow,
): DisclosureStandard & { readonly __typename: 'DisclosureStandard' } => ({
  __typename: 'DisclosureStandard',
  id,
  code: row.code,
  name: row.name,
  scope: row.scope,
  validFrom: row.in_force_from,
  dimensions: JSON.parse(row.dimensions) as object[],
});
