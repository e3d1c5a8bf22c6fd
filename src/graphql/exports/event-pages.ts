/** Events for an export: the log as it stands, the whole envelope. */
import { type RecordedEvent, streamOf } from '../../es/event.ts';
import type { ExportQuestion, ExportRecord, ExportSource } from './question.ts';

export const eventColumns: readonly string[] = [
  ...['position', 'id', 'stream', 'revision', 'type', 'schemaVersion', 'effectiveOn', 'recordedAt', 'recordedBy'],
  ...[
    'decidedBy',
    'basis',
    'commandId',
    'commandHash',
    'correlationId',
    'causationId',
    'note',
    'voids',
    'subjects',
    'data',
  ],
];

const pageEventsMax = 1_000;

/** By position, up to the question's; events that hold later than its day too. */
export async function* eventPages(
  { store }: ExportSource,
  { at, types, village }: ExportQuestion,
): AsyncGenerator<ExportRecord[]> {
  const filter = { types, subjects: village === undefined ? undefined : [streamOf('village', village)] };
  let from = 0;
  while (from < at.position) {
    const page = await store.readLog({ from, until: at.position, limit: pageEventsMax, filter });
    if (page.length > 0) yield page.map(recordOf);
    const last = page.at(-1);
    if (!last || page.length < pageEventsMax) return;
    from = last.position;
  }
}

function recordOf(event: RecordedEvent): ExportRecord {
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
