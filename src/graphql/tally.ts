/** What is counted below a division. */
import DataLoader from 'dataloader';
import { Field, Int, ObjectType } from 'type-graphql';
import type { DivisionRow } from '../../projections/divisions.ts';
import { villages } from '../../projections/villages.ts';
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

@ObjectType({ description: 'Everything that is counted below a division, one group a system.', simpleResolvers: true })
export class Tally {
  @Field(() => VillageTally, { description: 'Villages that are listed at the moment.' })
  readonly villages!: VillageTally;
}

/** What is counted below a division in a picture; a province is counted by its prefectures. The tallies of one request's divisions are one question to the read model. */
export function tallyOf(scene: Scene, id: string, level: DivisionRow['level']): Promise<Tally> {
  const loader = scene.once(
    'tallies',
    '',
    () => new DataLoader<readonly string[], Tally>(async (asked) => sums(scene, asked)),
  );
  return loader.load(level === 'PROVINCE' ? scene.prefecturesOf(id) : [id]);
}

function sums(scene: Scene, asked: readonly (readonly string[])[]): Tally[] {
  const groups = [...new Set(asked.flat())];
  const counted = new Map(scene.tally(villages, groups).map((counts, at) => [groups[at], counts]));
  return asked.map((each) => {
    const [total = 0, residentsCommittees = 0, villagersCommittees = 0, quasi = 0] = each
      .map((group) => counted.get(group) ?? [])
      .reduce((sum, counts) => sum.map((value, at) => value + (counts[at] ?? 0)), [0, 0, 0, 0]);
    return { villages: { total, residentsCommittees, villagersCommittees, quasi } };
  });
}
