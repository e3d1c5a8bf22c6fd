/** Conditions on events of the log. */
import { Field, ID, InputType } from 'type-graphql';
import { DivisionCode, LocalDate } from '../domain/scalars.ts';
import type { Instant } from '../es/event.ts';
import { termType } from './derive/types.ts';
import { DateTimeScalar } from './scalars.ts';

const localDate = termType(LocalDate);
const divisionCode = termType(DivisionCode);

@InputType({ description: 'A range of days; either end may be left open.' })
class DayRange {
  @Field(localDate, { nullable: true, description: 'First day.' })
  from?: string | null;

  @Field(localDate, { nullable: true, description: 'Last day.' })
  to?: string | null;
}

@InputType({ description: 'A range of instants; either end may be left open.' })
class InstantRange {
  @Field(() => DateTimeScalar, { nullable: true, description: 'First instant.' })
  from?: Instant | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Last instant.' })
  to?: Instant | null;
}

@InputType({ description: 'Conditions on events; all that are given must hold.' })
export class EventFilter {
  @Field(() => [String], { nullable: true, description: 'Names of event types.' })
  types?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Streams, such as village-v_….' })
  streams?: string[] | null;

  @Field(() => ID, { nullable: true, description: 'Id of a village: events that name it.' })
  village?: string | null;

  @Field(divisionCode, {
    nullable: true,
    description:
      'Code of a division today: events that name it, a division below it, or a village that lies below it today.',
  })
  within?: string | null;

  @Field(() => DayRange, { nullable: true, description: 'Days from which they hold.' })
  effective?: DayRange | null;

  @Field(() => InstantRange, { nullable: true, description: 'When the log took them.' })
  recorded?: InstantRange | null;

  @Field(() => ID, { nullable: true, description: 'The command that wrote them.' })
  commandId?: string | null;

  @Field(() => ID, { nullable: true, description: 'What they belong to: an import, or a command.' })
  correlationId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Number of a document among their legal basis, or its title where the basis gives no number.',
  })
  document?: string | null;
}
