/** An event as files and messages tell it. */
import type { RecordedEvent } from '../../es/event.ts';
import type { ExportRecord } from './question.ts';

/** The whole envelope and the payload as stored, in a fixed order of keys. */
export function eventRecord(event: RecordedEvent): ExportRecord {
  return {
    position: String(event.position),
    id: event.id,
    stream: event.stream,
    revision: event.revision,
    type: event.type,
    schemaVersion: event.schemaVersion,
    effectiveOn: event.effectiveOn,
    recordedAt: new Date(event.recordedAt).toISOString(),
    recordedBy: event.recordedBy,
    proposedBy: event.proposedBy ?? null,
    decidedBy: event.decidedBy ?? null,
    basis: event.basis,
    commandId: event.commandId,
    commandHash: event.commandHash,
    correlationId: event.correlationId,
    causationId: event.causationId ?? null,
    note: event.note ?? null,
    voids: event.voids ?? null,
    subjects: event.subjects,
    data: event.data,
  };
}
