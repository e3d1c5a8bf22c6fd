/** Divisions above the village, in a picture of the world, and their queries. Their villages: division-villages.ts. */
import { Field, ID, ObjectType } from 'type-graphql';
import { type DivisionRow, divisions } from '../../projections/divisions.ts';
import { DivisionCode, DivisionLevel } from '../domain/scalars.ts';
import { DatedCode, DatedName, spans } from './dated.ts';
import { termType } from './derive/types.ts';
import { Node } from './node.ts';
import { guarded, ReadField } from './read-field.ts';
import type { Scene } from './scene.ts';
import { Tally, tallyOf } from './tally.ts';

const divisionsMax = 10_000;
const divisionCode = termType(DivisionCode);
const divisionLevel = termType(DivisionLevel);

@ObjectType('Division', {
  implements: Node,
  simpleResolvers: true,
  description:
    'A division above the village (行政区划): province, prefecture, county or township, as it was at the moment.',
})
export class Division implements Node {
  @Field(() => ID, { description: 'The same for ever, whatever code or name it bears.' })
  readonly id: string;

  private parentKept: Division | null | undefined;

  constructor(
    readonly scene: Scene,
    id: string,
    readonly row: DivisionRow,
  ) {
    this.id = id;
  }

  get __typename() {
    return 'Division' as const;
  }

  @ReadField(divisionCode, {
    description: 'Code of 2, 4, 6 or 9 digits; the last one that it carried, where it is no longer listed.',
  })
  get code(): string {
    return this.row.code;
  }

  @ReadField(() => String, { description: 'Name as published.' })
  get name(): string {
    return this.row.name;
  }

  @ReadField(divisionLevel, { description: 'Its level.' })
  get level(): DivisionRow['level'] {
    return this.row.level;
  }

  @ReadField(() => Division, {
    nullable: true,
    description:
      'The division above; null for the province. A township of 东莞 or 中山 lies right below its prefecture.',
  })
  get parent(): Division | null {
    if (this.parentKept === undefined) this.parentKept = guarded(() => divisionById(this.scene, this.row.parent));
    return this.parentKept;
  }

  @Field(() => [DatedCode], { description: 'Every code it has carried while listed, up to the moment, oldest first.' })
  codes(): DatedCode[] {
    return spans(this.#states(), ({ status, code }) => (status === 'LISTED' ? { code } : null));
  }

  @Field(() => [DatedName], { description: 'Every name it has borne while listed, up to the moment, oldest first.' })
  names(): DatedName[] {
    return spans(this.#states(), ({ status, name }) => (status === 'LISTED' ? { name, shortName: null } : null));
  }

  @Field(() => [Division], { description: 'Listed divisions right below it, by code; none below a township.' })
  children(): Division[] {
    const where = "v.parent = ? and v.status = 'LISTED'";
    return listDivisions(this.scene, where, [this.id]);
  }

  @Field(() => Tally, { description: 'What is counted below it at the moment.' })
  tally(): Tally {
    return tallyOf(this.scene, this.id, this.row.level);
  }

  #states() {
    return this.scene.timeline(divisions, this.id);
  }
}

/** The division of an id, whatever its status; null where there is none at the moment. One object a picture. */
export function divisionById(scene: Scene, id: string | null): Division | null {
  if (id === null) return null;
  return scene.once('division', id, () => {
    const row = scene.division(id);
    return row && new Division(scene, id, row);
  });
}

/** The listed division that carries a code, or null. */
export function divisionByCode(scene: Scene, code: string): Division | null {
  const found = scene.divisionByCode(code);
  return found && divisionById(scene, found.id);
}

/** Listed divisions of a level, by code; below the one with the code `within`, itself included; none where no division carries it. */
export function divisionsOf(scene: Scene, level: DivisionRow['level'], within: string | null): Division[] {
  const all = listDivisions(scene, "v.level = ? and v.status = 'LISTED'", [level]);
  if (within === null) return all;
  const above = scene.divisionByCode(within);
  return above ? all.filter((division) => liesIn(division, above.id)) : [];
}

/** Whether a division is the one with the id `above` or lies below it at the moment; false where there is none. */
export function liesIn(division: Division | null, above: string): boolean {
  for (let at = division; at; at = at.parent) {
    if (at.id === above) return true;
  }
  return false;
}

function listDivisions(scene: Scene, where: string, params: readonly string[]): Division[] {
  const found = scene.select(divisions, { where, params, orderBy: [{ column: 'code' }], limit: divisionsMax });
  return found.map(({ id, row }) => scene.once('division', id, () => new Division(scene, id, row)));
}
