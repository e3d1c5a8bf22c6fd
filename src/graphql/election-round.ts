/** Rounds of elections that the province deployed. */
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { type ElectionRoundRow, electionRounds } from '../../projections/election-rounds.ts';
import { DivisionCode, LocalDate } from '../domain/scalars.ts';
import { termType } from './derive/types.ts';
import { Node } from './node.ts';
import type { Scene } from './scene.ts';

const localDate = termType(LocalDate);
const divisionCode = termType(DivisionCode);
const roundsMax = 100;

@ObjectType('ElectionRound', {
  implements: Node,
  simpleResolvers: true,
  description: 'A round of elections (换届), as the province deployed it.',
})
export class ElectionRound implements Node {
  readonly __typename = 'ElectionRound' as const;

  @Field(() => ID, { description: 'Its id.' })
  readonly id!: string;

  @Field(divisionCode, { description: 'Province whose villages elect.' })
  readonly division!: string;

  @Field(() => Int, { description: 'Year that it is named after.' })
  readonly year!: number;

  @Field(localDate, { description: 'First day.' })
  readonly from!: string;

  @Field(localDate, { description: 'Day by which it is to be done.' })
  readonly to!: string;

  @Field(localDate, { description: 'Day on which it was deployed.' })
  readonly deployedOn!: string;
}

const roundOf = (
  id: string,
  { division, year, first_day, last_day, deployed_on }: ElectionRoundRow,
): ElectionRound => ({
  __typename: 'ElectionRound',
  id,
  division,
  year,
  from: first_day,
  to: last_day,
  deployedOn: deployed_on,
});

/** The round of an id; null where it is not there at the moment. */
export function electionRoundById(scene: Scene, id: string): ElectionRound | null {
  const row = scene.one(electionRounds, id);
  return row && roundOf(id, row);
}

/** Rounds that are known, the latest first. */
export function electionRoundsOf(scene: Scene): ElectionRound[] {
  const orderBy = [{ column: 'year', descending: true }];
  return scene.select(electionRounds, { orderBy, limit: roundsMax }).map(({ id, row }) => roundOf(id, row));
}
