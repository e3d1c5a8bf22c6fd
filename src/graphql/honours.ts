/** Honours below divisions: lists and what is counted of them. */
import { Arg, Field, FieldResolver, Int, ObjectType, Resolver, Root } from 'type-graphql';
import { honours } from '../../projections/honours.ts';
import { villageHonours } from '../../projections/village-honours.ts';
import { DivisionCode } from '../domain/scalars.ts';
import { termType } from './derive/types.ts';
import { Division, divisionByCode, divisionById } from './division.ts';
import { Honour, honourOf } from './honour.ts';
import { isHeldIn } from './lies-in.ts';
import { Snapshot } from './snapshot.ts';
import { sumsOf, Tally } from './tally.ts';
import { Village, villageById } from './village.ts';

const honoursMax = 100_000;
const listedMax = 1_000;
const divisionCode = termType(DivisionCode);

@Resolver(() => Honour)
export class HonourHolderFields {
  @FieldResolver(() => Village, { nullable: true, description: 'The village that holds it; null where none does.' })
  village(@Root() { scene, villageId }: Honour): Village | null {
    return villageId === null ? null : villageById(scene, villageId);
  }

  @FieldResolver(() => Division, {
    nullable: true,
    description: 'The division that holds it; of a project, whose it is; null where a village holds it.',
  })
  division(@Root() { scene, divisionId }: Honour): Division | null {
    return divisionById(scene, divisionId);
  }
}

@Resolver(() => Division)
export class DivisionHonoursField {
  @FieldResolver(() => [Honour], {
    description: 'Honours that the division itself, or a project of its, was given; revoked ones too.',
  })
  honours(@Root() { scene, id }: Division): Honour[] {
    const found = scene.select(honours, { where: 'v.division = ?', params: [id], limit: listedMax });
    return found.map((each) => honourOf(scene, each.id, each.row));
  }
}

@Resolver(() => Snapshot)
export class SnapshotHonoursField {
  @FieldResolver(() => [Honour], {
    description: `Honours (荣誉), the last conferred first, at most ${listedMax}; revoked ones too: see revokedOn.`,
  })
  honours(
    @Root() { scene }: Snapshot,
    @Arg('title', () => String, { nullable: true, description: 'Of this title; of all where it is left out.' })
    title?: string | null,
    @Arg('within', divisionCode, {
      nullable: true,
      description: 'Held in the listed division with this code, by itself too; everywhere where it is left out.',
    })
    within?: string | null,
  ): Honour[] {
    const question = title == null ? {} : { where: 'v.title = ?', params: [title] };
    const found = scene.select(honours, { ...question, limit: honoursMax });
    const scope = within == null ? null : divisionByCode(scene, within);
    const held = within == null ? found : found.filter(({ row }) => scope && isHeldIn(scene, row, scope));
    const latestFirst = held.toSorted((a, b) => (a.row.conferred_on < b.row.conferred_on ? 1 : -1));
    return latestFirst.slice(0, listedMax).map(({ id, row }) => honourOf(scene, id, row));
  }
}

@ObjectType({ description: 'Honours of the listed villages below a division.', simpleResolvers: true })
class HonourTally {
  @Field(() => Int, { description: 'Villages that hold one.' })
  readonly villages!: number;

  @Field(() => Int, { description: 'Honours that are held; those of divisions and projects are not among them.' })
  readonly held!: number;

  @Field(() => Int, { description: 'Those among them of the central authorities.' })
  readonly ofCentre!: number;

  @Field(() => Int, { description: 'Those among them of the province.' })
  readonly ofProvince!: number;
}

@Resolver(() => Tally)
export class TallyHonoursField {
  @FieldResolver(() => HonourTally, { description: 'Honours of villages (荣誉).' })
  async honours(@Root() tally: Tally): Promise<HonourTally> {
    const [villages = 0, held = 0, ofCentre = 0, ofProvince = 0] = await sumsOf(tally, villageHonours);
    return { villages, held, ofCentre, ofProvince };
  }
}
