/** Standards and tiers as other aggregates' decisions see them: folded from the streams that their `reads` names. */
import type { AnyAggregate, DecisionContext } from '../es/aggregate.ts';
import { streamOf } from '../es/event.ts';
import { evolve } from '../es/evolve.ts';

/** The state of another entity on the command's day, from its own events. */
export function stateOf(
  aggregate: AnyAggregate,
  id: string,
  { related, effectiveOn }: Pick<DecisionContext, 'related' | 'effectiveOn'>,
): unknown {
  return related(streamOf(aggregate.name, id))
    .filter((event) => event.effectiveOn <= effectiveOn)
    .reduce<unknown>((state, event) => evolve(aggregate, state, event, id), aggregate.initial);
}
