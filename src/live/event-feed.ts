/** Events as they come, for all who ask for the same with the same rights: each read, executed and written once. */
import type { Position } from '../es/event.ts';
import type { Moment } from '../es/projection.ts';
import { matchesAlone } from '../graphql/event-conditions.ts';
import { Scene } from '../graphql/scene.ts';
import { messagesOf } from './event-messages.ts';
import { Feed, type FeedDeps } from './feed.ts';
import { isFilterAllowed } from './filter-allowed.ts';
import { Pace } from './pace.ts';
import { type Page, Pages } from './pages.ts';
import type { EventsQuestion } from './question.ts';
import { readVisible } from './read-visible.ts';
import type { Reader } from './reader.ts';
import { untilAvailable } from './renderer.ts';
import { Ring } from './ring.ts';

export class EventFeed extends Feed<EventsQuestion> {
  /** All up to here was told to those who are up to date; the ring holds what came last before it. */
  private at: Position;
  private readonly ring: Ring;
  private readonly pages: Pages;
  /** Readers that stand after the feed: what comes before their place is not theirs. */
  private ahead: Reader[] = [];
  /** Readers that are being led on from before the ring. */
  private lateCount = 0;

  constructor(deps: FeedDeps, question: EventsQuestion, onEmpty: () => void) {
    super(deps, question, onEmpty);
    this.at = deps.services.readModel.position;
    this.ring = new Ring(this.at, deps.charsMax);
    this.pages = new Pages((from, bound) => this.load(from, bound));
  }

  get position(): Position {
    return this.at;
  }

  get size() {
    const [ring, pages] = [this.ring.size, this.pages.size];
    return { messages: ring.messages + pages.messages, chars: ring.chars + pages.chars };
  }

  protected get moment(): Moment {
    return { effectiveOn: this.deps.services.today(), position: this.at };
  }

  protected async run(): Promise<void> {
    const { readModel } = this.deps.services;
    while (!this.stopped.aborted) {
      this.skipToThoseAhead();
      // Nobody waits for more: those who are late come to the feed, not the feed to them.
      if (this.audience.liveCount === 0) return;
      if (this.at >= readModel.position) {
        await this.tellCaughtUp();
        if (this.at >= readModel.position) return;
      }
      await untilAvailable(() => this.step(), this.stopped);
    }
  }

  protected async bring(reader: Reader): Promise<void> {
    const pace = new Pace();
    while (!reader.isEnded && !this.stopped.aborted) {
      if (reader.position > this.at) {
        this.ahead.push(reader);
        return this.wake();
      }
      const isNear = reader.position >= this.ring.from;
      const isDone = await (isNear ? this.bringLive(reader) : this.bringNearer(reader));
      if (isDone) return this.wake();
      await pace.breathe();
    }
  }

  /** From the ring to the others, at once: true where it is up to date. */
  private bringLive(reader: Reader): boolean | Promise<boolean> {
    for (const message of this.ring.after(reader.position)) {
      if (!reader.hand(message)) return this.drained(reader);
    }
    reader.standAt(this.at);
    this.audience.goesLive(reader);
    return true;
  }

  private async bringNearer(reader: Reader): Promise<boolean> {
    const { position } = reader;
    this.lateCount += 1;
    try {
      const page = await this.pages.at(position, this.ring.from);
      for (const message of page.messages) {
        if (reader.isEnded) return false;
        if (message.position > position && !reader.hand(message)) return this.drained(reader);
      }
      reader.standAt(page.until);
      return false;
    } finally {
      this.lateCount -= 1;
      if (this.lateCount === 0) this.pages.clear();
    }
  }

  /** Nothing is kept for a reader that is behind. */
  private async drained(reader: Reader): Promise<boolean> {
    if (!reader.isEnded) await reader.drained();
    return false;
  }

  /** Takes in what the log has after the feed, or a part of it. */
  private async step(): Promise<void> {
    const { tail, renderer, services, charsMax } = this.deps;
    const { events, until } = await tail.after(this.at);
    const { filter } = this.question;
    const context = renderer.contextAt(this.question, renderer.now());
    if (!isFilterAllowed(context, filter)) return this.refuse();
    const scene = Scene.now(context);
    const matching = events.filter((event) => matchesAlone(scene, filter, event));
    const batch = await messagesOf(renderer, services, this.question, matching, charsMax(), this.stopped);
    const pace = new Pace();
    for (const message of batch.messages) {
      if (this.stopped.aborted) return;
      this.tell(message);
      await pace.breathe();
    }
    this.at = Math.max(this.at, batch.until ?? until);
    this.admitAhead();
  }

  private tell(message: { readonly position: Position; readonly json: string }): void {
    this.ring.push(message);
    this.audience.tell(message);
    this.at = message.position;
    this.admitAhead();
  }

  private admitAhead(): void {
    if (this.ahead.length === 0) return;
    const reached = this.ahead.filter((reader) => !reader.isEnded && reader.position <= this.at);
    this.ahead = this.ahead.filter((reader) => !reader.isEnded && reader.position > this.at);
    for (const reader of reached) this.join(reader, false);
  }

  /** Where all who wait stand after the feed, what lies between is for nobody. */
  private skipToThoseAhead(): void {
    if (this.audience.liveCount > 0 || this.ahead.length === 0) return;
    const next = Math.min(...this.ahead.map(({ position }) => position));
    if (next <= this.deps.services.readModel.position) {
      this.at = next;
      this.ring.reset(next);
    }
    this.admitAhead();
  }

  private async refuse(): Promise<void> {
    const { position } = this.deps.services.readModel;
    const view = { __typename: 'MustRefetch', position, reason: 'FILTER_NOT_ALLOWED' } as const;
    const message = await this.stateMessage(this.at, view);
    this.audience.tellSome(this.audience.current(), message);
    this.endAll();
  }

  private load(from: Position, bound: Position): Promise<Page> {
    const { renderer, services, charsMax, slots } = this.deps;
    return slots.run(() =>
      untilAvailable(async () => {
        const context = renderer.contextAt(this.question, renderer.now());
        const { events, until } = await readVisible(context, this.question.filter, from, bound);
        const batch = await messagesOf(renderer, services, this.question, events, charsMax(), this.stopped);
        return { from, until: batch.until ?? until, messages: batch.messages };
      }, this.stopped),
    );
  }
}
