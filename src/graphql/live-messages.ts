/** What the subscriptions of the schema are resolved from: one message at a time. */
import type { LocalDate, Position } from '../es/event.ts';
import type { Division } from './division.ts';
import type { EventView } from './event.ts';

/** Why a reader must fetch anew. */
export type RefetchReason = 'POSITION_UNKNOWN' | 'LOG_REBUILT' | 'FILTER_NOT_ALLOWED';

export type LiveView =
  | { readonly __typename: 'EventRecorded'; readonly position: Position; readonly event: EventView }
  | {
      readonly __typename: 'TallyChanged';
      readonly position: Position;
      readonly effectiveOn: LocalDate;
      readonly divisions: readonly Division[];
    }
  | { readonly __typename: 'CaughtUp'; readonly position: Position }
  | { readonly __typename: 'MustRefetch'; readonly position: Position; readonly reason: RefetchReason };

/** The root value of a subscription's execution. */
export interface LiveRoot {
  readonly message: LiveView;
}
