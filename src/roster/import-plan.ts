/** The shape of a plan. */
import type { IdentityRule } from '../domain/scalars.ts';
import type { AnyAggregate } from '../es/aggregate.ts';
import type { LocalDate } from '../es/event.ts';
import type { Timelines } from './timelines.ts';

/** A command without what all commands of an import share. */
export interface PlannedCommand {
  readonly aggregate: AnyAggregate;
  readonly name: string;
  readonly stream: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly effectiveOn: LocalDate;
}

export interface ImportPlan {
  /** In order within each stream; divisions before villages before reviews. */
  readonly commands: readonly PlannedCommand[];
  /** How many of the edition's villages each rule recognised, and how many are missing. */
  readonly recognised: ReadonlyMap<IdentityRule, number>;
  /** Cases raised for a clerk. */
  readonly reviews: number;
  /** What the decisions on links look up. */
  readonly timelines: Timelines;
}
