/** What is counted below a division. */
import DataLoader from 'dataloader';
import { Field, Int, ObjectType } from 'type-graphql';
import type { DivisionRow } from '../../projections/divisions.ts';
import { villages } from '../../projections/villages.ts';
import type { Projection, Row } from '../es/projection.ts';
import type { Scene } from './scene.ts';

@ObjectType({ description: 'Listed villages below a division, by kind.', simpleResolvers: true })
class VillageTally {
  @Field(() => Int, { description: 'All units of village level.' })
  readonly total!: number;

  @Field(() => Int, { description: 'Residents’ committees (居民委员会).' })
  readonly residentsCommittees!: number;

  @Field(() => Int, { description: 'Villagers’ committees (村民委员会).' })
  readonly villagersCommittees!: number;

  @Field(() => Int, { description: 'Quasi units: statistical only, no committees.' })
  readonly quasi!: number;
}

@ObjectType({
  description: 'Everything that is counted or summed below a division, one group a system. Money in fen.',
  simpleResolvers: true,
})
export class Tally {
  /** `groups`: the divisions whose sums are added up. */
  constructor(
    readonly scene: Scene,
    readonly groups: readonly string[],
  ) {}

  @Field(() => VillageTally, { description: 'Villages that are listed at the moment.' })
  async villages(): Promise<VillageTally> {
    const [total = 0, residentsCommittees = 0, villagersCommittees = 0, quasi = 0] = await sumsOf(this, villages);
    return { total, residentsCommittees, villagersCommittees, quasi };
  }
}

/** What is counted below a division in a picture; a province is counted by its prefectures. */
export function tallyOf(scene: Scene, id: string, level: DivisionRow['level']): Tally {
  return new Tally(scene, level === 'PROVINCE' ? scene.prefecturesOf(id) : [id]);
}

/** Sums of a read model's measures below a tally's divisions, in the order of its cube; zeros where there is nothing. The
 *  tallies of one picture's divisions are one question to the read model. */
export function sumsOf<R extends Row>({ scene, groups }: Tally, projection: Projection<R>): Promise<readonly number[]> {
  const loader = scene.once(
    'tallies',
    projection.name,
    () => new DataLoader<readonly string[], readonly number[]>(async (asked) => sums(scene, projection, asked)),
  );
  return loader.load(groups);
}

function sums<R extends Row>(
  scene: Scene,
  projection: Projection<R>,
  asked: readonly (readonly string[])[],
): (readonly number[])[] {
  const groups = [...new Set(asked.flat())];
  const counted = new Map(scene.tally(projection, groups).map((counts, at) => [groups[at], counts]));
  const nothing: readonly number[] = (projection.cube?.measures ?? []).map(() => 0);
  return asked.map((each) =>
    each
      .map((group) => counted.get(group) ?? nothing)
      .reduce((sum, counts) => sum.map((value, at) => value + (counts[at] ?? 0)), nothing),
  );
}
