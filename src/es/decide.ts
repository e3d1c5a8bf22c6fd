/** What a command comes to: the state on its day is folded, and the aggregate decides. */
import type { AnyAggregate, DecisionContext } from './aggregate.ts';
import { type Command, type Ledger, VOID_COMMAND } from './command.ts';
import { checkReplacement } from './correction.ts';
import { CodedError, invariant } from './errors.ts';
import { idOf, type LocalDate, type RecordedEvent } from './event.ts';
import { evolve } from './evolve.ts';
import { eventsAt, VOID_EVENT } from './fold.ts';

/** A fact of whatever aggregate. */
export interface LooseFact {
  readonly type: string;
  readonly data: unknown;
  readonly effectiveOn?: LocalDate;
}

/** What was read for a command: all that names its entity, the event it replaces, and other entities' events. */
export interface Ground {
  readonly known: readonly RecordedEvent[];
  readonly target: RecordedEvent | undefined;
  readonly related: ReadonlyMap<string, readonly RecordedEvent[]>;
}

/** Where an entity stands when a command on it is decided. */
export interface Stand extends Pick<DecisionContext, 'history' | 'related' | 'corrects'> {
  /** The fold of `history` up to the command's day. */
  readonly state: unknown;
}

const eventsPerCommandMax = 1_000;

/** Events of the other entities that the aggregate reads for the command, by stream. */
export async function relatedOf(
  { store }: Ledger,
  aggregate: AnyAggregate,
  command: Command,
): Promise<Ground['related']> {
  const streams: readonly string[] = aggregate.reads?.[command.name]?.(command.data, idOf(command.stream)) ?? [];
  return new Map(await Promise.all(streams.map(async (stream) => [stream, await store.readSubject(stream)] as const)));
}

/** The facts that the aggregate decides, none where it is already so. Errors: its refusals, `E_TOO_MANY_EVENTS`,
 *  `E_CORRECTION_TARGET`, `E_EVENT_UNKNOWN`. */
export function decideFacts(
  ledger: Pick<Ledger, 'today' | 'world'>,
  aggregate: AnyAggregate,
  command: Command,
  { known, target, related }: Ground,
): readonly LooseFact[] {
  if (command.name === VOID_COMMAND) {
    invariant(target, 'a void names its target');
    return [{ type: VOID_EVENT, data: command.data, effectiveOn: target.effectiveOn }];
  }
  const holding = (events: readonly RecordedEvent[]) =>
    eventsAt(events, '9999-12-31', Number.MAX_SAFE_INTEGER).filter((event) => event.id !== target?.id);
  const history = holding(known);
  const self = idOf(command.stream);
  const state = history
    .filter((event) => event.effectiveOn <= command.effectiveOn)
    .reduce((before, event) => evolve(aggregate, before, event, self), aggregate.initial);
  const facts = factsOn(ledger, aggregate, command, {
    state,
    history,
    related: (stream) => holding(related.get(stream) ?? []),
    corrects: target,
  });
  if (target) checkReplacement(target, facts);
  return facts;
}

/** What a command that is no void comes to on a state and the events that made it; the caller answers for both. Errors: the
 *  aggregate's refusals, `E_TOO_MANY_EVENTS`. */
export function factsOn(
  { today, world }: Pick<Ledger, 'today' | 'world'>,
  aggregate: AnyAggregate,
  command: Command,
  { state, history, related, corrects }: Stand,
): readonly LooseFact[] {
  const context: DecisionContext = {
    self: idOf(command.stream),
    effectiveOn: command.effectiveOn,
    today: today(),
    basis: command.basis,
    decidedBy: command.decidedBy,
    history,
    related,
    corrects,
    world,
  };
  const decide = aggregate.decide[command.name];
  invariant(decide, `${aggregate.name} decides ${command.name}`);
  aggregate.guard?.(command, context);
  const facts: readonly LooseFact[] = decide(command.data, state, context);
  if (facts.length > eventsPerCommandMax) {
    throw new CodedError('E_TOO_MANY_EVENTS', `A command may append ${eventsPerCommandMax} events.`);
  }
  return facts;
}
