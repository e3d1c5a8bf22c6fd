/** How an event lies in a store: its own columns, its payload and the rest of its envelope as canonical JSON. */
import { canonicalJson } from '../es/canonical.ts';
import { CodedError, invariant } from '../es/errors.ts';
import type { Authority, Evidence, Instant, LegalBasis, NewEvent, Position, RecordedEvent } from '../es/event.ts';

/** What lies beside the payload. Left out: a basis of none, a correlationId equal to the commandId, subjects of the own stream alone. */
export interface StoredMeta {
  readonly basis?: readonly LegalBasis[];
  readonly causationId?: string;
  readonly commandHash: string;
  readonly commandId: string;
  readonly correlationId?: string;
  readonly decidedBy?: Authority;
  readonly evidence?: readonly Evidence[];
  readonly note?: string;
  readonly proposedBy?: string;
  readonly recordedBy: string;
  readonly subjects?: readonly string[];
  readonly voids?: string;
}

/** An event as text, before it has a place in the log. */
export interface EncodedEvent {
  readonly event: NewEvent;
  readonly payload: string;
  readonly meta: string;
}

const eventsPerAppendMax = 10_000;
const eventBytesMax = 1024 * 1024;
const streamName = /^[a-z][a-z0-9]*-[A-Za-z0-9_-]+$/;
const typeName = /^[A-Z][A-Za-z0-9]*$/;
const localDate = /^\d{4}-\d\d-\d\d$/;

/** The events of one append as a store writes them. Errors: `E_TOO_MANY_EVENTS` over 10,000 events, `E_EVENT_INVALID` over 1 MiB each. */
export function encodeAppend(stream: string, events: readonly NewEvent[]): EncodedEvent[] {
  invariant(events.length > 0, 'an append has events');
  if (events.length > eventsPerAppendMax) {
    throw new CodedError('E_TOO_MANY_EVENTS', `One append takes up to ${eventsPerAppendMax} events.`);
  }
  invariant(streamName.test(stream), 'a stream is named aggregate-id');
  return events.map((event) => encodeEvent(stream, event));
}

function encodeEvent(stream: string, event: NewEvent): EncodedEvent {
  invariant(typeName.test(event.type), 'an event type is in PascalCase');
  invariant(localDate.test(event.effectiveOn), 'effectiveOn is YYYY-MM-DD');
  invariant(Number.isSafeInteger(event.schemaVersion), 'schemaVersion is an integer');
  invariant(event.subjects[0] === stream, "an event's first subject is its own stream");
  const payload = canonicalJson(event.data);
  const meta = encodeMeta(event);
  // A code unit takes up to three bytes: only long texts need counting.
  const mayBeLong = (payload.length + meta.length) * 3 > eventBytesMax;
  if (mayBeLong && Buffer.byteLength(payload) + Buffer.byteLength(meta) > eventBytesMax) {
    throw new CodedError('E_EVENT_INVALID', `An event takes up to ${eventBytesMax} bytes.`);
  }
  return { event, payload, meta };
}

/** Canonical JSON of the meta, spelled out since its keys are known and every append pays for it. */
function encodeMeta(event: NewEvent): string {
  const { basis, causationId, commandHash, commandId, correlationId, decidedBy, evidence, note } = event;
  const { proposedBy, recordedBy, subjects, voids } = event;
  let meta = basis.length > 0 ? `{"basis":${canonicalJson(basis)},` : '{';
  if (causationId !== undefined) meta += `"causationId":${canonicalJson(causationId)},`;
  meta += `"commandHash":${canonicalJson(commandHash)},"commandId":${canonicalJson(commandId)},`;
  if (correlationId !== commandId) meta += `"correlationId":${canonicalJson(correlationId)},`;
  if (decidedBy !== undefined) meta += `"decidedBy":${canonicalJson(decidedBy)},`;
  if (evidence !== undefined && evidence.length > 0) meta += `"evidence":${canonicalJson(evidence)},`;
  if (note !== undefined) meta += `"note":${canonicalJson(note)},`;
  if (proposedBy !== undefined) meta += `"proposedBy":${canonicalJson(proposedBy)},`;
  meta += `"recordedBy":${canonicalJson(recordedBy)}`;
  if (subjects.length > 1) meta += `,"subjects":${canonicalJson(subjects)}`;
  if (voids !== undefined) meta += `,"voids":${canonicalJson(voids)}`;
  return `${meta}}`;
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** The recorded event of what was appended, once it has its place. */
export function placeEvent(
  event: NewEvent,
  stream: string,
  revision: number,
  position: Position,
  recordedAt: Instant,
): RecordedEvent {
  // Spelled out, as below: spreading costs more than all the rest of placing.
  const placed: Writable<RecordedEvent> = {
    id: `${stream}.${revision}`,
    stream,
    revision,
    position,
    type: event.type,
    schemaVersion: event.schemaVersion,
    effectiveOn: event.effectiveOn,
    recordedAt,
    subjects: event.subjects,
    data: event.data,
    recordedBy: event.recordedBy,
    basis: event.basis,
    commandId: event.commandId,
    commandHash: event.commandHash,
    correlationId: event.correlationId,
  };
  addOptional(placed, event);
  return placed;
}

/** Columns of a stored event in the order every read selects them, payload and meta parsed. */
export type StoredEvent = readonly [
  position: Position,
  stream: string,
  revision: number,
  type: string,
  schemaVersion: number,
  effectiveOn: string,
  recordedAt: Instant,
  data: unknown,
  meta: StoredMeta,
];

/** The event that a store holds: equal to the one its append answered. */
export function decodeEvent(stored: StoredEvent): RecordedEvent {
  const [position, stream, revision, type, schemaVersion, effectiveOn, recordedAt, data, meta] = stored;
  const event: Writable<RecordedEvent> = {
    id: `${stream}.${revision}`,
    stream,
    revision,
    position,
    type,
    schemaVersion,
    effectiveOn,
    recordedAt,
    subjects: meta.subjects ?? [stream],
    data,
    recordedBy: meta.recordedBy,
    basis: meta.basis ?? [],
    commandId: meta.commandId,
    commandHash: meta.commandHash,
    correlationId: meta.correlationId ?? meta.commandId,
  };
  addOptional(event, meta);
  return event;
}

function addOptional(
  event: Writable<RecordedEvent>,
  { decidedBy, causationId, evidence, note, proposedBy, voids }: NewEvent | StoredMeta,
): void {
  if (decidedBy !== undefined) event.decidedBy = decidedBy;
  if (causationId !== undefined) event.causationId = causationId;
  if (evidence !== undefined && evidence.length > 0) event.evidence = evidence;
  if (note !== undefined) event.note = note;
  if (proposedBy !== undefined) event.proposedBy = proposedBy;
  if (voids !== undefined) event.voids = voids;
}
