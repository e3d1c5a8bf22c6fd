/** Reported figures as such: what somebody published. Beside what the log derives: headline-figure.ts. */
import { Field, ID, ObjectType } from 'type-graphql';
import type { ReportedFigureRow } from '../../projections/reported-figures.ts';
import { BigCount, FigureSource, Metric, Qualifier } from '../domain/reported-figure.ts';
import { DivisionCode, LocalDate } from '../domain/scalars.ts';
import { partType, termType } from './derive/types.ts';
import { Node } from './node.ts';
import { ReadField } from './read-field.ts';

const metric = termType(Metric);
const qualifier = termType(Qualifier);
const bigCount = termType(BigCount);
const divisionCode = termType(DivisionCode);
const localDate = termType(LocalDate);
const source = partType(FigureSource);

@ObjectType('ReportedFigure', {
  implements: Node,
  simpleResolvers: true,
  description: 'A figure that somebody published, with its qualifier and source.',
})
export class ReportedFigure implements Node {
  @Field(() => ID, { description: 'Its id: one for each metric, scope and publication.' })
  readonly id: string;

  #source: object | undefined;

  constructor(
    id: string,
    protected readonly row: ReportedFigureRow,
  ) {
    this.id = id;
  }

  get __typename(): string {
    return 'ReportedFigure';
  }

  @ReadField(metric, { description: 'What it counts.' })
  get metric(): Metric {
    return this.row.metric;
  }

  @ReadField(bigCount, { description: 'The figure as published. Money in fen, rates in basis points.' })
  get reported(): string {
    return this.row.value;
  }

  @ReadField(qualifier, { description: 'How exact the source says it is.' })
  get qualifier(): Qualifier {
    return this.row.qualifier;
  }

  @ReadField(() => String, { description: 'Unit of the value.' })
  get unit(): string {
    return this.row.unit;
  }

  @ReadField(divisionCode, { description: 'Code of the division that it speaks of.' })
  get scope(): string {
    return this.row.scope;
  }

  @ReadField(localDate, { nullable: true, description: 'Day that it holds for, where the source says.' })
  get asOf(): string | null {
    return this.row.as_of;
  }

  @ReadField(() => source, { description: 'Where it was published.' })
  get source(): object {
    const { title, publisher, published_on: publishedOn, quote } = this.row;
    this.#source ??= { title, publisher, publishedOn, quote };
    return this.#source;
  }
}
