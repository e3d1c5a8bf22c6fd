/** Region tiers in a picture of the world. */
import { Field, FieldResolver, ID, ObjectType, Resolver, Root } from 'type-graphql';
import { type RegionTierRow, regionTiers } from '../../projections/region-tiers.ts';
import { Division } from './division.ts';
import { Node } from './node.ts';
import type { Scene } from './scene.ts';
import { Snapshot } from './snapshot.ts';
import { divisionsIn } from './standard.ts';

const tiersMax = 1_000;

@ObjectType('RegionTier', {
  implements: Node,
  simpleResolvers: true,
  description: 'A region tier: a dated set of divisions for which money is decided alike.',
})
export class RegionTier implements Node {
  readonly __typename = 'RegionTier';

  @Field(() => ID, { description: 'Its id.' })
  readonly id!: string;

  @Field(() => String, { description: 'What the documents call it.' })
  readonly name!: string;

  @Field(() => [Division], { description: 'Divisions that it holds at the moment.' })
  readonly divisions!: readonly Division[];

  @Field(() => [Division], { description: 'Divisions below these that it does not hold.' })
  readonly excluded!: readonly Division[];
}

const tierOf = (scene: Scene, id: string, row: RegionTierRow): RegionTier => ({
  __typename: 'RegionTier',
  id,
  name: row.name,
  divisions: row.status === 'HOLDS' ? divisionsIn(scene, row.included) : [],
  excluded: row.status === 'HOLDS' ? divisionsIn(scene, row.excluded) : [],
});

/** The region tier of an id at the moment; null where there is none. */
export function regionTierById(scene: Scene, id: string): RegionTier | null {
  const row = scene.one(regionTiers, id);
  return row && tierOf(scene, id, row);
}

@Resolver(() => Snapshot)
export class SnapshotRegionTiersField {
  @FieldResolver(() => [RegionTier], { description: 'Region tiers that hold something on the day, by id.' })
  regionTiers(@Root() { scene }: Snapshot): RegionTier[] {
    const found = scene.select(regionTiers, { where: "v.status = 'HOLDS'", limit: tiersMax });
    return found.map(({ id, row }) => tierOf(scene, id, row));
  }
}
