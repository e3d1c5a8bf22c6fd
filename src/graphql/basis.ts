/** What an answer rests on, and what a cached one must still rest on: the newest position, and whether the log has moved. */
import type { Instant, LocalDate, Position } from '../es/event.ts';
import type { Projection, ReadModel } from '../es/projection.ts';
import type { EventStore } from '../es/store.ts';

/** One picture of the newest that can be read. */
export interface Basis {
  readonly effectiveOn: LocalDate;
  /** The newest position that the read model has. */
  readonly position: Position;
  /** When the event at the position was recorded; 0 in an empty log. */
  readonly recordedAt: Instant;
  /** The log's head, at or after the position. */
  readonly head: Position;
  /** Which file of rows is read. */
  readonly generation: string;
  /** Counts the appends heard of: two equal numbers say that the log did not grow in between. */
  readonly appends: number;
  /** `extensions.basis` as JSON: position (text, as everywhere), recordedAt, the versions of the projections, and `behind`: true
   *  while the log holds events that this answer does not know. */
  readonly json: string;
}

export interface BasisOptions {
  readonly store: EventStore;
  readonly readModel: ReadModel;
  readonly projections: readonly Projection[];
  readonly today: () => LocalDate;
}

export class BasisReader {
  private readonly versions: string;
  private readonly silence: () => void;
  private appends = 0;
  private last: Basis | undefined;

  constructor(private readonly options: BasisOptions) {
    this.versions = JSON.stringify(Object.fromEntries(options.projections.map(({ name, version }) => [name, version])));
    this.silence = options.store.onAppend(() => {
      this.appends += 1;
    });
  }

  /** The basis as it stands, without waiting: undefined where it must be read first. */
  known(): Basis | undefined {
    const { last, options, appends } = this;
    const { position, generation } = options.readModel;
    if (last?.position !== position || last.appends !== appends || last.generation !== generation) return undefined;
    return last.effectiveOn === options.today() ? last : undefined;
  }

  /** The basis as it stands. Errors: those of the store. */
  async current(): Promise<Basis> {
    return this.known() ?? this.read();
  }

  /** What an answer that reads at this position alone rests on, for ever; the read model has reached it. Errors: those of the
   *  store. */
  async at(position: Position): Promise<Pick<Basis, 'json'>> {
    return { json: this.jsonOf(position, await this.recordedAt(position), false) };
  }

  close(): void {
    this.silence();
  }

  private async read(): Promise<Basis> {
    const { store, readModel, today } = this.options;
    // Taken before the reads: an append during them makes this basis outdated, not wrong.
    const { appends } = this;
    const { position, generation } = readModel;
    const effectiveOn = today();
    const head = await store.head();
    const recordedAt = head.position === position ? head.recordedAt : await this.recordedAt(position);
    const behind = head.position > position;
    const json = this.jsonOf(position, recordedAt, behind);
    this.last = {
      effectiveOn,
      position,
      recordedAt,
      head: Math.max(head.position, position),
      generation,
      appends,
      json,
    };
    return this.last;
  }

  private jsonOf(position: Position, recordedAt: Instant, behind: boolean): string {
    const instant = recordedAt === 0 ? null : new Date(recordedAt).toISOString();
    const { versions } = this;
    return `{"position":"${position}","recordedAt":${JSON.stringify(instant)},"projections":${versions},"behind":${behind}}`;
  }

  private async recordedAt(position: Position): Promise<Instant> {
    if (position === 0) return 0;
    const [event] = await this.options.store.readLog({ from: position - 1, limit: 1 });
    // The next event stands at another position where this one is no event's.
    return event?.position === position ? event.recordedAt : 0;
  }
}
