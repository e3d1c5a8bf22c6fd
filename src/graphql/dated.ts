/** What a thing was called, and when. */
import { Field, ObjectType } from 'type-graphql';
import { LocalDate } from '../domain/scalars.ts';
import { termType } from './derive/types.ts';

const localDate = termType(LocalDate);

@ObjectType({ description: 'A code with the days on which it was carried.', simpleResolvers: true })
export class DatedCode {
  @Field(() => String, { description: 'The code: 12 digits of a village, 2 to 9 of a division.' })
  readonly code!: string;

  @Field(localDate, { description: 'First day.' })
  readonly from!: string;

  @Field(localDate, { nullable: true, description: 'First day on which it was no longer carried; null while it is.' })
  readonly to!: string | null;
}

@ObjectType({ description: 'A name with the days on which it was borne.', simpleResolvers: true })
export class DatedName {
  @Field(() => String, { description: 'Name as published.' })
  readonly name!: string;

  @Field(() => String, { nullable: true, description: 'Base name of a village (下围); null for a division.' })
  readonly shortName!: string | null;

  @Field(localDate, { description: 'First day.' })
  readonly from!: string;

  @Field(localDate, { nullable: true, description: 'First day on which it was no longer borne; null while it is.' })
  readonly to!: string | null;
}

interface State<R> {
  readonly effectiveOn: string;
  readonly row: R | null;
}

/** Values that follow one another in dated states, each with its days; states of which `pick` gives null interrupt. Pure. */
export function spans<R, Value extends object>(
  states: readonly State<R>[],
  pick: (row: R) => Value | null,
): (Value & { from: string; to: string | null })[] {
  const found: (Value & { from: string; to: string | null })[] = [];
  let open = '';
  for (const { effectiveOn, row } of states) {
    const value = row && pick(row);
    const key = value ? JSON.stringify(value) : '';
    if (key === open) continue;
    const last = found.at(-1);
    if (open && last) last.to = effectiveOn;
    if (value) found.push({ ...value, from: effectiveOn, to: null });
    open = key;
  }
  return found;
}
