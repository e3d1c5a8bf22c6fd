/** What all feeds have: an audience, messages of state, and an end. A feed is shared by all who ask the same with the same
 *  rights. */
import type { GraphQLFormattedError } from 'graphql';
import type { Position } from '../es/event.ts';
import type { Moment } from '../es/projection.ts';
import type { Services } from '../graphql/context.ts';
import { clientError } from '../graphql/errors.ts';
import type { LiveView } from '../graphql/live-messages.ts';
import type { Telemetry } from '../graphql/telemetry.ts';
import { Audience } from './audience.ts';
import type { LiveMessage } from './live.ts';
import type { Slots } from './pace.ts';
import type { EventsQuestion, TallyQuestion } from './question.ts';
import type { Leader, Reader } from './reader.ts';
import type { Renderer } from './renderer.ts';
import type { Tail } from './tail.ts';

export interface FeedDeps {
  readonly services: Services;
  readonly telemetry: Pick<Telemetry, 'log'>;
  readonly renderer: Renderer;
  readonly tail: Tail;
  /** How many stretches of the past are read at a time, by all feeds. */
  readonly slots: Slots;
  /** Characters that a feed may keep now. */
  readonly charsMax: () => number;
  /** Rings when the server stops. */
  readonly stopped: AbortSignal;
}

export abstract class Feed<Question extends EventsQuestion | TallyQuestion> implements Leader {
  protected readonly audience: Audience;
  /** Ends what goes on for the feed when nobody is left. */
  private readonly over = new AbortController();
  protected readonly stopped: AbortSignal;
  private running: Promise<void> | undefined;
  private isRunning = false;
  private isRung = false;
  private caughtUp: LiveMessage | undefined;

  constructor(
    protected readonly deps: FeedDeps,
    protected readonly question: Question,
    private readonly onEmpty: () => void,
  ) {
    this.audience = new Audience((reader) => {
      this.fellBehind(reader);
      this.lead(this.afterDrain(reader), reader);
    });
    this.stopped = AbortSignal.any([deps.stopped, this.over.signal]);
  }

  /** Where all stand who are up to date. */
  abstract get position(): Position;
  /** Messages that are kept, and their characters. */
  abstract get size(): { readonly messages: number; readonly chars: number };
  /** Does what there is to do until the feed has what the read model has. */
  protected abstract run(): Promise<void>;
  /** Leads a reader on from where it stands until it is up to date, or is behind again. */
  protected abstract bring(reader: Reader): Promise<void>;
  /** The moment of the message that says that all stand at `position`. */
  protected abstract get moment(): Moment;

  /** A reader that was up to date takes nothing more for now. */
  protected fellBehind(_: Reader): void {}

  get readers(): number {
    return this.audience.readers.size;
  }

  /** Takes a reader in. `greets`: it is told at once that it is at the head. */
  join(reader: Reader, greets: boolean): void {
    this.audience.readers.add(reader);
    reader.leader = this;
    this.lead(greets ? this.greet(reader) : this.bring(reader), reader);
  }

  leave(reader: Reader): void {
    this.audience.leave(reader);
    if (this.audience.readers.size > 0) return;
    this.over.abort();
    this.onEmpty();
  }

  /** There may be something new. */
  wake(): void {
    this.isRung = true;
    if (this.isRunning) return;
    // Before the first step, which may ring again.
    this.isRunning = true;
    this.running = this.runOn().finally(() => {
      this.isRunning = false;
      if (this.isRung && !this.stopped.aborted) this.wake();
    });
  }

  /** Resolves when there is nothing to do at the moment. */
  async idle(): Promise<void> {
    while (this.isRunning) await this.running;
  }

  /** Tells those who are up to date where they stand, and ends all. */
  async close(): Promise<void> {
    await this.running;
    const last = this.position;
    const current = this.audience.current();
    const message = current.length > 0 ? await this.caughtUpAt(last) : null;
    if (message) this.audience.tellSome(current, message);
    this.endAll();
  }

  /** Tells those who are up to date, and do not know it yet, that all up to here has been told. */
  protected async tellCaughtUp(): Promise<void> {
    if (!this.audience.hasNewcomers) return;
    const message = await this.caughtUpAt(this.position);
    const readers = this.audience.takeNewcomers();
    for (const reader of readers) reader.isCaughtUp = true;
    this.audience.tellSome(readers, message);
  }

  protected endAll(errors?: readonly GraphQLFormattedError[]): void {
    for (const reader of [...this.audience.readers]) reader.end(errors);
  }

  /** A message of state, which shows nothing of the log. */
  protected async stateMessage(position: Position, view: LiveView): Promise<LiveMessage> {
    const rendered = await this.deps.renderer.render(this.question, this.moment, () => view, this.stopped);
    return { position, json: rendered?.json ?? '{"data":null}' };
  }

  private async caughtUpAt(position: Position): Promise<LiveMessage> {
    if (this.caughtUp?.position !== position) {
      this.caughtUp = await this.stateMessage(position, { __typename: 'CaughtUp', position });
    }
    return this.caughtUp;
  }

  private async greet(reader: Reader): Promise<void> {
    const message = await this.caughtUpAt(reader.position);
    if (reader.isEnded) return;
    reader.isCaughtUp = true;
    if (reader.hand(message)) await this.bring(reader);
    else await this.afterDrain(reader);
  }

  private async afterDrain(reader: Reader): Promise<void> {
    if (reader.isEnded) return;
    await reader.drained();
    if (!reader.isEnded) await this.bring(reader);
  }

  /** What goes wrong on the way of one reader ends its subscription. */
  private lead(going: Promise<void>, reader: Reader): void {
    going.catch((error: unknown) => reader.end([this.told(error)]));
  }

  private async runOn(): Promise<void> {
    while (this.isRung && !this.stopped.aborted) {
      this.isRung = false;
      try {
        await this.run();
      } catch (error) {
        if (this.stopped.aborted) return;
        this.endAll([this.told(error)]);
      }
    }
  }

  private told(error: unknown): GraphQLFormattedError {
    return clientError(error, { requestId: this.question.requestId, log: this.deps.telemetry.log });
  }
}
