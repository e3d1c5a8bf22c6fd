/** Anything by its id. */
import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { parseEventId } from '../es/event.ts';
import type { RequestContext } from './context.ts';
import { eventById } from './events.ts';
import { badInput } from './input-error.ts';
import { Node } from './node.ts';
import { Scene } from './scene.ts';
import { type NodeView, thingById } from './subject.ts';

const nodesMax = 500;

@Resolver()
export class NodeQueries {
  @Query(() => Node, { nullable: true, description: 'The thing or event with an id, today; null where there is none.' })
  node(
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<NodeView | null> {
    return nodeById(Scene.now(context), id);
  }

  @Query(() => [Node], {
    nullable: 'items',
    description: `The things and events with these ids, in their order, null where there is none. At most ${nodesMax}, else BAD_USER_INPUT.`,
  })
  nodes(
    @Arg('ids', () => [ID], { description: 'Their ids.' }) ids: string[],
    @Ctx() context: RequestContext,
  ): Promise<(NodeView | null)[]> {
    if (ids.length > nodesMax) throw badInput(['ids'], `Ask for ${nodesMax} at most.`);
    const scene = Scene.now(context);
    return Promise.all(ids.map((id) => nodeById(scene, id)));
  }
}

async function nodeById(scene: Scene, id: string): Promise<NodeView | null> {
  return parseEventId(id) ? eventById(scene, id) : thingById(scene, id);
}
