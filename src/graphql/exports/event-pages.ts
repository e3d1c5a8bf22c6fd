/** Events for an export: the log as it stands, the whole envelope. */
import { streamOf } from '../../es/event.ts';
import { eventRecord } from './event-record.ts';
import type { ExportQuestion, ExportRecord, ExportSource } from './question.ts';

export const eventColumns: readonly string[] = [
  ...['position', 'id', 'stream', 'revision', 'type', 'schemaVersion', 'effectiveOn', 'recordedAt', 'recordedBy'],
  ...[
    'proposedBy',
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

/** By position, up to the question's; events that hold later than its day too. Errors: those of `show` and the store. */
export async function* eventPages(
  { store, show = async (page) => page }: ExportSource,
  { at, types, village }: ExportQuestion,
): AsyncGenerator<ExportRecord[]> {
  const filter = { types, subjects: village === undefined ? undefined : [streamOf('village', village)] };
  let from = 0;
  while (from < at.position) {
    const page = await store.readLog({ from, until: at.position, limit: pageEventsMax, filter });
    const shown = await show(page);
    if (shown.length > 0) yield shown.map(eventRecord);
    const last = page.at(-1);
    if (!last || page.length < pageEventsMax) return;
    from = last.position;
  }
}
