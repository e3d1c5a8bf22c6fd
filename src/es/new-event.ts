/** A decided fact in its envelope. */
import type { AnyAggregate } from './aggregate.ts';
import type { Command } from './command.ts';
import type { LooseFact } from './decide.ts';
import { invariant } from './errors.ts';
import { basisSubject, type NewEvent, type RecordedEvent } from './event.ts';
import { VOID_EVENT } from './fold.ts';

/** A command's events to append; the first of them takes `target` back. Errors: `E_EVENT_INVALID`. */
export const toEvents = (
  aggregate: AnyAggregate,
  command: Command,
  commandHash: string,
  facts: readonly LooseFact[],
  target: RecordedEvent | undefined,
): NewEvent[] =>
  facts.map((fact, index) => toEvent(aggregate, command, commandHash, fact, index === 0 ? target : undefined));

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
  const documents = command.basis.flatMap(({ documentNumber, title }) => {
    const named = documentNumber ?? title;
    return named === undefined ? [] : [basisSubject(named)];
  });
  const subjects = [...new Set([command.stream, ...others, ...documents, ...(target?.subjects ?? [])])];
  return {
    type: fact.type,
    schemaVersion: payload.version,
    effectiveOn: fact.effectiveOn ?? command.effectiveOn,
    subjects,
    data: payload.encode(fact.data),
    recordedBy: command.recordedBy,
    proposedBy: command.proposedBy,
    decidedBy: command.decidedBy,
    basis: command.basis,
    evidence: command.evidence,
    commandId: command.commandId,
    commandHash,
    correlationId: command.correlationId ?? command.commandId,
    causationId: command.causationId,
    note: command.note,
    voids: target?.id,
  };
}
