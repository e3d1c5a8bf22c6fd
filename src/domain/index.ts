/** Every aggregate, by name: the one list that the API, the log's checks and the manual are derived from. */
import type { AnyAggregate } from '../es/aggregate.ts';
import { division } from './division.ts';
import { identityReview } from './identity-review.ts';
import { reportedFigure } from './reported-figure.ts';
import { roster } from './roster.ts';
import { village } from './village.ts';
import type { CommandDefinition, EventDefinition } from './vocabulary.ts';

export const aggregates: readonly AnyAggregate[] = [village, division, identityReview, reportedFigure, roster];

/** Every event type with its definition; a type that two aggregates share is the same definition. */
export const eventCatalogue: ReadonlyMap<string, EventDefinition> = new Map(
  aggregates.flatMap((aggregate) => Object.entries(aggregate.events as Record<string, EventDefinition>)),
);

/** Every command with its definition and aggregate. */
export const commandCatalogue: ReadonlyMap<
  string,
  { readonly aggregate: AnyAggregate; readonly definition: CommandDefinition }
> = new Map(
  aggregates.flatMap((aggregate) =>
    Object.entries(aggregate.commands as Record<string, CommandDefinition>).map(
      ([name, definition]) => [name, { aggregate, definition }] as const,
    ),
  ),
);

/** The aggregate whose streams begin with `name`. */
export const aggregateNamed = (name: string): AnyAggregate | undefined => aggregates.find((each) => each.name === name);

/** All event definitions as one type: what a projection's map of handlers must cover. */
export type EventCatalogue = (typeof village)['events'] &
  (typeof division)['events'] &
  (typeof identityReview)['events'] &
  (typeof reportedFigure)['events'] &
  (typeof roster)['events'];
