/** Decides commands on histories in memory: the same decisions, events and hashes as `execute`, without a log to read. */
import { aggregateNamed } from '../domain/index.ts';
import type { World } from '../domain/world.ts';
import { type Command, hashOf, type Ledger } from '../es/command.ts';
import { correctionTarget } from '../es/correction.ts';
import { decideFacts, factsOn, type LooseFact } from '../es/decide.ts';
import { invariant } from '../es/errors.ts';
import {
  aggregateOf,
  eventId,
  idOf,
  type LocalDate,
  type NewEvent,
  type Position,
  type RecordedEvent,
} from '../es/event.ts';
import { toEvents } from '../es/new-event.ts';
import type { Histories } from './histories.ts';

export interface Decided {
  /** The events to append, none where it was already so. */
  readonly events: readonly NewEvent[];
  /** Last revision of the stream before them; -1 where it was empty. */
  readonly revision: number;
  /** The same as the log will hold them, but for the time of their recording. */
  readonly recorded: readonly RecordedEvent[];
}

export class Decider {
  /** Place of the last event that was decided. */
  position: Position = 0;

  readonly #asked: Pick<Ledger, 'today' | 'world'>;

  constructor(
    private readonly histories: Histories,
    world: World,
    today: () => LocalDate,
  ) {
    this.#asked = { world, today };
  }

  /** Decides a command and takes its events into the histories. Its id must be new. Errors: the aggregate's refusals. */
  decide(command: Command): Decided {
    const aggregate = aggregateNamed(aggregateOf(command.stream));
    invariant(aggregate, `an aggregate has ${command.stream}`);
    const { stream } = command;
    const known = this.histories.known(stream);
    const target = command.corrects === undefined ? undefined : correctionTarget(known, command);
    const reads: readonly string[] = aggregate.reads?.[command.name]?.(command.data, idOf(stream)) ?? [];
    let facts: readonly LooseFact[];
    if (target) {
      const related = new Map(reads.map((name) => [name, this.histories.known(name)]));
      facts = decideFacts(this.#asked, aggregate, command, { known, target, related });
    } else {
      facts = factsOn(this.#asked, aggregate, command, {
        state: this.histories.stateOn(stream, command.effectiveOn),
        history: this.histories.holding(stream),
        related: (name) => (reads.includes(name) ? this.histories.holding(name) : []),
        corrects: undefined,
      });
    }
    const revision = this.histories.revision(stream);
    const events = facts.length === 0 ? [] : toEvents(aggregate, command, hashOf(command), facts, target);
    return { events, revision, recorded: events.map((event, at) => this.#record(event, stream, revision + 1 + at)) };
  }

  #record(event: NewEvent, stream: string, revision: number): RecordedEvent {
    this.position += 1;
    // Spelled out: spreading costs more than all the rest.
    const recorded: RecordedEvent = {
      id: eventId(stream, revision),
      stream,
      revision,
      position: this.position,
      recordedAt: 0,
      type: event.type,
      schemaVersion: event.schemaVersion,
      effectiveOn: event.effectiveOn,
      subjects: event.subjects,
      data: event.data,
      recordedBy: event.recordedBy,
      decidedBy: event.decidedBy,
      basis: event.basis,
      evidence: event.evidence,
      commandId: event.commandId,
      commandHash: event.commandHash,
      correlationId: event.correlationId,
      causationId: event.causationId,
      note: event.note,
      voids: event.voids,
    };
    this.histories.add(recorded);
    return recorded;
  }
}
