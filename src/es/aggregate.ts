/** What an aggregate is: events, a fold, and decisions. The kernel sees payloads only through `decode` and `encode`. */
import type { Command } from './command.ts';
import type { Authority, LegalBasis, LocalDate, RecordedEvent } from './event.ts';

/** One event's payload: its type, its check on the way in and out of the log, and its history of versions. */
export interface Payload<Data = unknown> {
  readonly _output: Data;
  /** Version that is written today; older ones are upcast on the way out. */
  readonly version: number;
  /** Checks and returns the stored form. Throws `E_EVENT_INVALID`. */
  encode(data: unknown): unknown;
  /** Reads what a log holds, whatever version it was stored as. Throws `E_EVENT_UNKNOWN` or `E_EVENT_INVALID`. */
  decode(stored: unknown, version: number): Data;
  /** Streams of the other entities that the event names. */
  subjects?(data: Data): readonly string[];
}

export type Payloads = Readonly<Record<string, Payload>>;
export type DataOf<P> = P extends { readonly _output: infer Data } ? Data : never;

/** What a decision yields: a fact of one of the aggregate's types, on the command's day unless it names its own. */
export type Fact<Events extends Payloads> = {
  [Type in keyof Events & string]: {
    readonly type: Type;
    readonly data: DataOf<Events[Type]>;
    readonly effectiveOn?: LocalDate;
  };
}[keyof Events & string];

/** What a decision may look at beside the command and the state. No clock, no I/O: all of it comes in. */
export interface DecisionContext<World = unknown> {
  /** Id of the entity that decides. */
  readonly self: string;
  readonly effectiveOn: LocalDate;
  /** Today in Asia/Shanghai. */
  readonly today: LocalDate;
  readonly basis: readonly LegalBasis[];
  readonly decidedBy?: Authority;
  /** All that is known of the entity and not voided, later days included, in fold order. */
  readonly history: readonly RecordedEvent[];
  /** The same of another entity, for the streams that the aggregate's `reads` names; none for any other. */
  readonly related: (stream: string) => readonly RecordedEvent[];
  /** The event that is to be replaced. It is no longer in `history` and `related`, but still in the world. */
  readonly corrects?: RecordedEvent;
  /** The rest of the world as last projected: for rules that reach over one entity. */
  readonly world: World;
}

/** Where an event is folded: the entity it is folded for, and its envelope. */
export interface FoldContext {
  readonly self: string;
  readonly event: RecordedEvent;
}

export interface Aggregate<Events extends Payloads, State, Commands extends Payloads, World = unknown> {
  /** Prefix of its streams. */
  readonly name: string;
  readonly events: Events;
  readonly commands: Commands;
  readonly initial: State;
  /** What every one of its commands is held to before it is decided. Throws a refusal. */
  readonly guard?: (command: Command, context: DecisionContext<World>) => void;
  /** Streams of other entities that a decision rests on: their events are read with its own, where the world may lag. `self`
   *  is the id of the entity that decides. */
  readonly reads?: {
    readonly [Name in keyof Commands]?: (command: DataOf<Commands[Name]>, self: string) => readonly string[];
  };
  /** Total: a stored event never fails to fold, even where a void took its ground away. */
  readonly evolve: {
    readonly [Type in keyof Events]: (state: State, data: DataOf<Events[Type]>, at: FoldContext) => State;
  };
  /** State on the command's day and command in; facts, none where it is already so, or a thrown refusal out. Pure. */
  readonly decide: {
    readonly [Name in keyof Commands]: (
      command: DataOf<Commands[Name]>,
      state: State,
      context: DecisionContext<World>,
    ) => readonly Fact<Events>[];
  };
}

/** Any aggregate, where only its being one matters. */
// biome-ignore lint/suspicious/noExplicitAny: each aggregate has types of its own; the kernel hands them through unseen.
export type AnyAggregate = Aggregate<any, any, any, any>;
