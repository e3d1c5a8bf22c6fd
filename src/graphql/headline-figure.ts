/** Published figures beside what the log derives. */
import { Field, ID, ObjectType } from 'type-graphql';
import { type ReportedFigureRow, reportedFigures } from '../../projections/reported-figures.ts';
import { BigCount, FigureSource, Metric, Qualifier } from '../domain/reported-figure.ts';
import { DivisionCode, LocalDate } from '../domain/scalars.ts';
import { partType, termType } from './derive/types.ts';
import { divisionByCode } from './division.ts';
import { type Comparison, compareFigures } from './figure-comparison.ts';
import { derivations, derivationsSaid } from './headline-derivations.ts';
import type { Scene } from './scene.ts';

const figuresMax = 10_000;
const metric = termType(Metric);
const qualifier = termType(Qualifier);
const bigCount = termType(BigCount);
const divisionCode = termType(DivisionCode);
const localDate = termType(LocalDate);
const source = partType(FigureSource);

@ObjectType({
  simpleResolvers: true,
  description:
    'A published figure beside what the log derives for the moment. Where the two differ that is a finding, not an error.',
})
export class HeadlineFigure {
  @Field(() => ID, { description: 'Id of the reported figure.' })
  readonly id!: string;

  @Field(metric, { description: 'What it counts.' })
  readonly metric!: Metric;

  @Field(bigCount, { description: 'The figure as published. Money in fen, rates in basis points.' })
  readonly reported!: string;

  @Field(qualifier, {
    description: 'How exact the source says it is, and with it what has to hold for the derived value.',
  })
  readonly qualifier!: Qualifier;

  @Field(() => String, { description: 'Unit of both values.' })
  readonly unit!: string;

  @Field(bigCount, {
    nullable: true,
    description: `What the log counts at the moment in the same unit; null where it records nothing of the kind. ${derivationsSaid}`,
  })
  readonly derived!: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the derived value is what the qualifier says; null without one.',
  })
  readonly holds!: boolean | null;

  @Field(() => String, {
    nullable: true,
    description: 'Derived less reported, as digits with a minus where it is less; null without a derived value.',
  })
  readonly gap!: string | null;

  @Field(() => source, { description: 'Where it was published.' })
  readonly source!: object;

  @Field(divisionCode, { description: 'Code of the division that it speaks of.' })
  readonly scope!: string;

  @Field(localDate, { nullable: true, description: 'Day that it holds for, where the source says.' })
  readonly asOf!: string | null;
}

/** Every figure that is published by the moment's day, by metric, each beside what is derived at the moment. */
export async function headlineFiguresOf(scene: Scene): Promise<HeadlineFigure[]> {
  const found = scene.select(reportedFigures, { orderBy: [{ column: 'metric' }], limit: figuresMax });
  return Promise.all(found.map(({ id, row }) => besideDerived(scene, id, row)));
}

async function besideDerived(scene: Scene, id: string, row: ReportedFigureRow): Promise<HeadlineFigure> {
  const scope = divisionByCode(scene, row.scope);
  const derived = (scope && (await derivations[row.metric]?.(scene, scope))) ?? null;
  const compared: Comparison | null =
    derived === null ? null : compareFigures(derived, BigInt(row.value), row.qualifier);
  const { title, publisher, published_on: publishedOn, quote } = row;
  return {
    id,
    metric: row.metric,
    reported: row.value,
    qualifier: row.qualifier,
    unit: row.unit,
    derived: derived === null ? null : String(derived),
    holds: compared?.holds ?? null,
    gap: compared ? String(compared.gap) : null,
    source: { title, publisher, publishedOn, quote },
    scope: row.scope,
    asOf: row.as_of,
  };
}
