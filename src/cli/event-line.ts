/** One event on one line. */
import { once } from 'node:events';
import type { RecordedEvent } from '../es/event.ts';

/** JSON for machines; for people the position, both dates, the stream, the type and the start of the payload. */
export function eventLine(event: RecordedEvent, json: boolean): string {
  const recordedAt = new Date(event.recordedAt).toISOString();
  if (json) return `${JSON.stringify({ ...event, position: String(event.position), recordedAt })}\n`;
  const data = JSON.stringify(event.data);
  const start = data.length > 100 ? `${data.slice(0, 100)}…` : data;
  return `${event.position}\t${event.effectiveOn}\t${recordedAt}\t${event.stream}\t${event.type}\t${start}\n`;
}

/** Writes, and waits where the reader is slower. */
export async function drained(out: NodeJS.WritableStream, text: string): Promise<void> {
  if (!out.write(text)) await once(out, 'drain');
}
