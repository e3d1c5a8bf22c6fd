/** What the log says of villages, divisions, reviews and imports, up to a position: what an import starts from. */
import { division } from '../domain/division.ts';
import { identityReview } from '../domain/identity-review.ts';
import { roster } from '../domain/roster.ts';
import { village } from '../domain/village.ts';
import { aggregateOf, idOf, type LocalDate, type Position, type RecordedEvent } from '../es/event.ts';
import type { EventStore } from '../es/store.ts';

/** An import that was begun; `completed` where it was also ended. */
export interface KnownImport {
  /** Its stream, which is also the correlationId of all that it wrote. */
  readonly stream: string;
  readonly editionOn: LocalDate;
  readonly fileSha256: string;
  readonly started: RecordedEvent;
  readonly completed: RecordedEvent | undefined;
}

const pageEventsMax = 10_000;
const types = [village, division, identityReview, roster].flatMap((aggregate) => Object.keys(aggregate.events));

/** Grows by reading on; what it holds is the log up to `position`. */
export class RosterLog {
  position: Position = 0;
  /** Events that name the entity, in its own stream or another's, by position; by the entity's id. */
  readonly villages = new Map<string, RecordedEvent[]>();
  readonly divisions = new Map<string, RecordedEvent[]>();
  readonly reviews = new Map<string, RecordedEvent[]>();
  readonly imports = new Map<string, RecordedEvent[]>();
  /** Ids of villages and divisions of which a clerk has said something. */
  readonly touchedByClerks = new Set<string>();

  /** Reads on, up to and including `until`. */
  async readUpTo(store: EventStore, until: Position): Promise<void> {
    while (this.position < until) {
      const page = await store.readLog({ from: this.position, until, limit: pageEventsMax, filter: { types } });
      for (const event of page) this.take(event);
      if (page.length < pageEventsMax) this.position = until;
    }
  }

  knownImports(): KnownImport[] {
    return [...this.imports].flatMap(([id, events]) => {
      const started = events.find(({ type }) => type === 'RosterImportStarted');
      if (!started) return [];
      const { fileSha256 } = started.data as { readonly fileSha256: string };
      const completed = events.find(({ type }) => type === 'RosterImportCompleted');
      return [{ stream: `roster-${id}`, editionOn: started.effectiveOn, fileSha256, started, completed }];
    });
  }

  private take(event: RecordedEvent): void {
    this.position = event.position;
    for (const subject of event.subjects) {
      const events = this.mapOf(aggregateOf(subject));
      const id = idOf(subject);
      if (!isImported(event)) this.touchedByClerks.add(id);
      const known = events?.get(id);
      if (known) known.push(event);
      else events?.set(id, [event]);
    }
  }

  private mapOf(aggregate: string): Map<string, RecordedEvent[]> | undefined {
    if (aggregate === 'village') return this.villages;
    if (aggregate === 'division') return this.divisions;
    if (aggregate === 'review') return this.reviews;
    return aggregate === 'roster' ? this.imports : undefined;
  }
}

/** Whether an import wrote the event, and not a clerk. */
export const isImported = ({ correlationId }: RecordedEvent): boolean => correlationId.startsWith('roster-');
