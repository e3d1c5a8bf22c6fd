/** The event envelope: what every fact in the log carries beside its own payload. */
import { hash } from 'node:crypto';

/** Place in the log. Opaque and ordered, never assumed dense; 0 stands before the first event. */
export type Position = number;

/** A calendar day in Asia/Shanghai, `YYYY-MM-DD`. */
export type LocalDate = string;

/** Milliseconds since 1970-01-01T00:00:00Z, by the server's clock. */
export type Instant = number;

/** The body that had the legal power to decide. */
export interface Authority {
  readonly level: string;
  /** Code of the division whose organ decided. */
  readonly division?: string;
  /** Id of the village that decided, where the village itself did. */
  readonly village?: string;
  readonly organ: string;
}

/** A document or law on which an act rests. */
export interface LegalBasis {
  readonly documentNumber?: string;
  readonly title?: string;
  readonly issuer?: string;
  readonly article?: string;
  /** Why no document is known: stands in place of one. */
  readonly unknownBecause?: string;
  /** True where the document says that it also holds for days before its own. */
  readonly retroactive?: boolean;
}

/** A file that shows what is stated. It lies outside the log, which knows it by its hash. */
export interface Evidence {
  /** SHA-256 of its bytes, hex. */
  readonly sha256: string;
  readonly mediaType: string;
  readonly title: string;
}

/** A fact about to be written. `subjects` are the streams of all entities it speaks of, its own stream first. */
export interface NewEvent<Data = unknown> {
  readonly type: string;
  readonly schemaVersion: number;
  readonly effectiveOn: LocalDate;
  readonly subjects: readonly string[];
  readonly data: Data;
  readonly recordedBy: string;
  /** Who proposed it, where `recordedBy` approved it. */
  readonly proposedBy?: string;
  readonly decidedBy?: Authority;
  readonly basis: readonly LegalBasis[];
  readonly evidence?: readonly Evidence[];
  readonly commandId: string;
  /** SHA-256 (hex) of the command's canonical JSON: tells a repeat from another command under the same id. */
  readonly commandHash: string;
  readonly correlationId: string;
  readonly causationId?: string;
  readonly note?: string;
  /** Id of the event that this one takes back: alone in an `EventVoided`, with a replacement in any other type. */
  readonly voids?: string;
}

/** A fact in the log. */
export interface RecordedEvent<Data = unknown> extends NewEvent<Data> {
  readonly id: string;
  readonly stream: string;
  /** Place in the stream, from 0, gapless. */
  readonly revision: number;
  readonly position: Position;
  readonly recordedAt: Instant;
}

/** An event's id is its stream and revision: unique, stable in every store, and found without an index of its own. */
export const eventId = (stream: string, revision: number): string => `${stream}.${revision}`;

/** The stream and revision that an event id names, or null where it is none. */
export function parseEventId(id: string): { stream: string; revision: number } | null {
  const match = /^([a-z][a-z0-9]*-[A-Za-z0-9_-]+)\.(0|[1-9]\d{0,8})$/.exec(id);
  return match ? { stream: match[1] as string, revision: Number(match[2]) } : null;
}

/** The stream of an entity: `village` and `v_abc` give `village-v_abc`. An entity is named by its stream wherever events name it. */
export const streamOf = (aggregate: string, id: string): string => `${aggregate}-${id}`;

/** The entity's id within its stream's name. */
export const idOf = (stream: string): string => stream.slice(stream.indexOf('-') + 1);

/** The aggregate's name within a stream's name. */
export const aggregateOf = (stream: string): string => stream.slice(0, stream.indexOf('-'));

/** The subject under which the log finds everything done under a document: named by its number, by its title where it has
 *  none. No entity has a stream of this name. */
export const basisSubject = (document: string): string =>
  `basis-${hash('sha256', document.normalize('NFKC').trim()).slice(0, 20)}`;
