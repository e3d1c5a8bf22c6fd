/** A command's way into the log: read, fold, decide, append. */
import { createHash } from 'node:crypto';
import type { AnyAggregate, DecisionContext } from './aggregate.ts';
import { canonicalJson } from './canonical.ts';
import { CodedError, invariant } from './errors.ts';
import {
  type Authority,
  aggregateOf,
  idOf,
  type LegalBasis,
  type LocalDate,
  type NewEvent,
  type Position,
  parseEventId,
  type RecordedEvent,
} from './event.ts';
import { eventsAt, VOID_EVENT } from './fold.ts';
import type { EventStore } from './store.ts';

/** A checked command with its header. `data` is the decoded payload of `name`. */
export interface Command {
  readonly name: string;
  readonly stream: string;
  readonly data: unknown;
  /** Made by the client; unique for ever within the stream. */
  readonly commandId: string;
  readonly effectiveOn: LocalDate;
  readonly expectedRevision?: number;
  readonly basis: readonly LegalBasis[];
  readonly decidedBy?: Authority;
  readonly note?: string;
  /** Id of an event that this command's event replaces. */
  readonly corrects?: string;
  readonly recordedBy: string;
  readonly correlationId?: string;
  readonly causationId?: string;
}

export interface Receipt {
  /** What the command wrote, now or when it first came; empty where it was already so. */
  readonly events: readonly RecordedEvent[];
  readonly position: Position;
  /** Last revision of the stream after the command; -1 where it is empty. */
  readonly revision: number;
}

/** What every execution needs; `today` and `world` are asked once a command. */
export interface Ledger {
  readonly store: EventStore;
  readonly today: () => LocalDate;
  readonly world: unknown;
}

/** Name of the command that takes an event back without a replacement. Every stream may hold its event. */
export const VOID_COMMAND = 'voidEvent';

const eventsPerCommandMax = 1_000;

/** Executes a command on its stream. A conflict is decided anew once: where the caller expected a revision, that can only
 *  find the command's own twin, or refuse. */
export async function execute(ledger: Ledger, aggregate: AnyAggregate, command: Command): Promise<Receipt> {
  try {
    return await attempt(ledger, aggregate, command);
  } catch (error) {
    if (!(error instanceof CodedError) || error.code !== 'E_STALE_REVISION') throw error;
    return attempt(ledger, aggregate, command);
  }
}

async function attempt(ledger: Ledger, aggregate: AnyAggregate, command: Command): Promise<Receipt> {
  const known = await ledger.store.readSubject(command.stream);
  const own = known.filter((event) => event.stream === command.stream);
  const commandHash = hashOf(command);
  const repeat = repeatOf(own, command.commandId, commandHash);
  if (repeat) return repeat;

  const revision = own.at(-1)?.revision ?? -1;
  if (command.expectedRevision !== undefined && command.expectedRevision !== revision) {
    throw new CodedError('E_STALE_REVISION', `The stream stands at revision ${revision}.`, {
      actualRevision: revision,
    });
  }
  const target = command.corrects === undefined ? undefined : correctionTarget(known, command);
  const related = await relatedOf(ledger, aggregate, command);
  const facts = decideFacts(ledger, aggregate, command, { known, target, related });
  if (facts.length === 0) return { events: [], position: known.at(-1)?.position ?? 0, revision };
  // Only the first of a command's events replaces the target.
  const events = facts.map((fact, index) =>
    toEvent(aggregate, command, commandHash, fact, index === 0 ? target : undefined),
  );
  return ledger.store.append(command.stream, events, revision === -1 ? 'none' : revision);
}

/** The earlier answer to the same command, or undefined. Errors: `E_DUPLICATE_COMMAND`. */
function repeatOf(own: readonly RecordedEvent[], commandId: string, commandHash: string): Receipt | undefined {
  const events = own.filter((event) => event.commandId === commandId);
  const last = events.at(-1);
  if (!last) return undefined;
  if (last.commandHash !== commandHash) {
    throw new CodedError('E_DUPLICATE_COMMAND', 'This commandId was used for another command.', {
      commandId,
      eventId: last.id,
    });
  }
  return { events, position: last.position, revision: last.revision };
}

/** Who sends a command, and against which revision, does not make it another command; what it says does. */
function hashOf({ name, stream, data, effectiveOn, basis, decidedBy, note, corrects }: Command): string {
  const said = { name, stream, data, effectiveOn, basis, decidedBy, note, corrects };
  return createHash('sha256').update(canonicalJson(said)).digest('hex');
}

/** The event that a correction or void names. Errors: `E_CORRECTION_TARGET`. */
function correctionTarget(known: readonly RecordedEvent[], command: Command): RecordedEvent {
  const refuse = (why: string) => new CodedError('E_CORRECTION_TARGET', why, { eventId: command.corrects });
  const id = command.corrects as string;
  if (parseEventId(id)?.stream !== command.stream) throw refuse('The event to correct is of another stream.');
  const target = known.find((event) => event.id === id);
  if (!target) throw refuse('There is no such event.');
  const holds = eventsAt(known, '9999-12-31', Number.MAX_SAFE_INTEGER).some((event) => event.id === id);
  if (!holds) throw refuse('The event is already voided.');
  return target;
}

interface LooseFact {
  readonly type: string;
  readonly data: unknown;
  readonly effectiveOn?: LocalDate;
}

/** What was read for a command: all that names its entity, the event it replaces, and other entities' events. */
interface Ground {
  readonly known: readonly RecordedEvent[];
  readonly target: RecordedEvent | undefined;
  readonly related: ReadonlyMap<string, readonly RecordedEvent[]>;
}

async function relatedOf({ store }: Ledger, aggregate: AnyAggregate, command: Command): Promise<Ground['related']> {
  const streams: readonly string[] = aggregate.reads?.[command.name]?.(command.data) ?? [];
  return new Map(await Promise.all(streams.map(async (stream) => [stream, await store.readSubject(stream)] as const)));
}

function decideFacts(
  ledger: Ledger,
  aggregate: AnyAggregate,
  command: Command,
  { known, target, related }: Ground,
): readonly LooseFact[] {
  if (command.name === VOID_COMMAND) {
    invariant(target, 'a void names its target');
    return [{ type: VOID_EVENT, data: command.data, effectiveOn: target.effectiveOn }];
  }
  const self = idOf(command.stream);
  const holding = (events: readonly RecordedEvent[]) =>
    eventsAt(events, '9999-12-31', Number.MAX_SAFE_INTEGER).filter((event) => event.id !== target?.id);
  const history = holding(known);
  const state = history
    .filter((event) => event.effectiveOn <= command.effectiveOn)
    .reduce((before, event) => evolve(aggregate, before, event, self), aggregate.initial);
  const context: DecisionContext = {
    self,
    effectiveOn: command.effectiveOn,
    today: ledger.today(),
    basis: command.basis,
    decidedBy: command.decidedBy,
    history,
    related: (stream) => holding(related.get(stream) ?? []),
    corrects: target,
    world: ledger.world,
  };
  const decide = aggregate.decide[command.name];
  invariant(decide, `${aggregate.name} decides ${command.name}`);
  const facts: readonly LooseFact[] = decide(command.data, state, context);
  if (facts.length > eventsPerCommandMax) {
    throw new CodedError('E_TOO_MANY_EVENTS', `A command may append ${eventsPerCommandMax} events.`);
  }
  if (target) checkReplacement(target, facts);
  return facts;
}

function checkReplacement(target: RecordedEvent, facts: readonly LooseFact[]): void {
  if (facts[0]?.type === target.type) return;
  const why =
    facts.length === 0
      ? 'Without the event it is already so: void it, there is nothing to replace it by.'
      : `A ${target.type} is replaced by a ${target.type} only.`;
  throw new CodedError('E_CORRECTION_TARGET', why, { eventId: target.id });
}

/** Folds one event; those of other aggregates that name the entity leave its state alone. Errors: `E_EVENT_UNKNOWN`
 *  where a newer program wrote into the entity's own stream what this one cannot fold. */
export function evolve(
  aggregate: Pick<AnyAggregate, 'name' | 'events' | 'evolve'>,
  state: unknown,
  event: RecordedEvent,
  self: string,
): unknown {
  const step = aggregate.evolve[event.type];
  const payload = aggregate.events[event.type];
  if (!step || !payload) {
    if (aggregateOf(event.stream) !== aggregate.name) return state;
    throw new CodedError('E_EVENT_UNKNOWN', `The log holds a ${event.type}, which this program does not know.`);
  }
  return step(state, payload.decode(event.data, event.schemaVersion), { self, event });
}

function toEvent(
  aggregate: AnyAggregate,
  command: Command,
  commandHash: string,
  fact: LooseFact,
  target: RecordedEvent | undefined,
): NewEvent {
  const payload = aggregate.events[fact.type];
  invariant(payload, `${aggregate.name} declares ${fact.type}`);
  const others: readonly string[] =
    fact.type === VOID_EVENT ? (target?.subjects ?? []) : (payload.subjects?.(fact.data) ?? []);
  const subjects = [...new Set([command.stream, ...others, ...(target?.subjects ?? [])])];
  return {
    type: fact.type,
    schemaVersion: payload.version,
    effectiveOn: fact.effectiveOn ?? command.effectiveOn,
    subjects,
    data: payload.encode(fact.data),
    recordedBy: command.recordedBy,
    decidedBy: command.decidedBy,
    basis: command.basis,
    commandId: command.commandId,
    commandHash,
    correlationId: command.correlationId ?? command.commandId,
    causationId: command.causationId,
    note: command.note,
    voids: target?.id,
  };
}
