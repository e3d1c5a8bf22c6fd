/** Government service points in a picture of the world, and what is counted of them below a division. */
import { Field, FieldResolver, ID, Int, ObjectType, Resolver, Root } from 'type-graphql';
import { type ServicePointRow, servicePoints } from '../../projections/service-points.ts';
import { villageServices } from '../../projections/village-services.ts';
import { Fen, LocalDate } from '../domain/scalars.ts';
import { ServiceTier } from '../domain/service-point.ts';
import { termType } from './derive/types.ts';
import { Node } from './node.ts';
import type { Scene } from './scene.ts';
import { sumsOf, Tally } from './tally.ts';
import { Village } from './village.ts';

const tier = termType(ServiceTier);
const localDate = termType(LocalDate);
const fen = termType(Fen);

@ObjectType('ServicePoint', {
  implements: Node,
  simpleResolvers: true,
  description: 'A government service point (一门式一网式): a hall or counter of one of the five tiers.',
})
export class ServicePoint implements Node {
  readonly __typename = 'ServicePoint';

  @Field(() => ID, { description: 'Its id.' })
  readonly id!: string;

  @Field(tier, { description: 'Its tier.' })
  readonly tier!: string;

  @Field(() => String, { description: 'Its name.' })
  readonly name!: string;

  @Field(() => ID, { nullable: true, description: 'Id of the point of the tier above; null for the province’s.' })
  readonly parent!: string | null;

  @Field(() => Int, { description: 'Items of service that it offers.' })
  readonly itemsOffered!: number;

  @Field(() => Boolean, { description: 'Whether they are offered over the net too.' })
  readonly online!: boolean;

  @Field(localDate, { description: 'Day on which it opened.' })
  readonly openedOn!: string;

  @Field(localDate, { nullable: true, description: 'Day on which it closed; null while it is open.' })
  readonly closedOn!: string | null;

  @Field(fen, { description: 'Public money that was recorded for it, in fen, whatever its qualifiers say.' })
  readonly investedFen!: string;
}

const servicePointOf = (id: string, row: ServicePointRow): ServicePoint => ({
  __typename: 'ServicePoint',
  id,
  tier: row.tier,
  name: row.name,
  parent: row.parent,
  itemsOffered: row.items_offered,
  online: row.online === 1,
  openedOn: row.opened_on,
  closedOn: row.closed_on,
  investedFen: row.invested_fen,
});

/** The service point of an id at the moment; null where there is none. */
export function servicePointById(scene: Scene, id: string): ServicePoint | null {
  const row = scene.one(servicePoints, id);
  return row && servicePointOf(id, row);
}

@Resolver(() => Village)
export class VillageServicesField {
  @FieldResolver(() => [ServicePoint], { description: 'Its open service points (村级政务服务站), by opening.' })
  servicePoints(@Root() { scene, id }: Village): ServicePoint[] {
    const row = scene.one(villageServices, id);
    const open = row ? (JSON.parse(row.points) as { readonly id: string }[]) : [];
    return open.flatMap((point) => servicePointById(scene, point.id) ?? []);
  }
}

@ObjectType({ description: 'Service points of the listed villages below a division.', simpleResolvers: true })
class ServiceTally {
  @Field(() => Int, { description: 'Villages with an open point.' })
  readonly villages!: number;

  @Field(() => Int, { description: 'Open points.' })
  readonly points!: number;

  @Field(() => Int, { description: 'Items that they offer, added up over the points.' })
  readonly itemsOffered!: number;

  @Field(() => Int, { description: 'Open points whose items are offered over the net too.' })
  readonly online!: number;
}

@Resolver(() => Tally)
export class TallyServicesField {
  @FieldResolver(() => ServiceTally, { description: 'Service points of villages (村级政务服务站).' })
  async services(@Root() tally: Tally): Promise<ServiceTally> {
    const [villages = 0, points = 0, itemsOffered = 0, online = 0] = await sumsOf(tally, villageServices);
    return { villages, points, itemsOffered, online };
  }
}
