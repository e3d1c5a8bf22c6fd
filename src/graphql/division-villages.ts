/** A division's villages. */
import { Args, FieldResolver, Resolver, Root } from 'type-graphql';
import { Division } from './division.ts';
import { listVillages, VillageConnection, VillageListArgs } from './villages.ts';

@Resolver(() => Division)
export class DivisionVillages {
  @FieldResolver(() => VillageConnection, {
    description:
      'The villages below it at the moment, by code: listed ones where no status is asked. Errors: BAD_USER_INPUT.',
  })
  villages(@Root() division: Division, @Args(() => VillageListArgs) args: VillageListArgs): Promise<VillageConnection> {
    return listVillages(division.scene, args, division);
  }
}
