/** The cursors of a server: who subscribes is checked, and joins those who ask the same. */
import type { GraphQLSchema } from 'graphql';
import { CodedError } from '../es/errors.ts';
import { clientError } from '../graphql/errors.ts';
import type { RefetchReason } from '../graphql/live-messages.ts';
import { EventFeed } from './event-feed.ts';
import type { FeedDeps } from './feed.ts';
import { isFilterAllowed } from './filter-allowed.ts';
import type { Live, LiveRequest, LiveSink, LiveSubscription } from './live.ts';
import { Slots, wait } from './pace.ts';
import { type EventsQuestion, questionOf, type TallyQuestion } from './question.ts';
import { Reader } from './reader.ts';
import { Renderer, type RendererOptions } from './renderer.ts';
import { Tail } from './tail.ts';
import { TallyFeed } from './tally-feed.ts';
import { knownAt } from './tally-known.ts';

export interface LiveOptions extends RendererOptions {
  readonly schema: GraphQLSchema;
  /** How often it is looked whether a new day has begun. */
  readonly dayCheckMs?: number;
}

/** What is open and what is kept. */
export interface LiveCounts {
  readonly subscriptions: number;
  readonly feeds: number;
  readonly messages: number;
  readonly chars: number;
}

export interface LiveCursors extends Live {
  counts(): LiveCounts;
}

type AnyFeed = EventFeed | TallyFeed;
type Question = EventsQuestion | TallyQuestion;

/** Characters of all messages that are kept, in memory two bytes each at most. */
const charsMax = 32_000_000;
/** Of one feed's ring, and of one of its pages. */
const partCharsMax = 500_000;
const partsOfFeed = 5;
const readAtATime = 2;
const settleMsMax = 2_000;

/** Opens the cursors. To be closed before the read model is. */
export function openLive(options: LiveOptions): LiveCursors {
  return new Cursors(options);
}

class Cursors implements LiveCursors {
  private readonly feeds = new Map<string, AnyFeed>();
  /** Readers that are still being checked. */
  private readonly entering = new Set<Reader>();
  private readonly stopping = new AbortController();
  private readonly renderer: Renderer;
  private readonly deps: FeedDeps;
  private readonly silence: () => void;
  private readonly clock: NodeJS.Timeout;
  private isClosing = false;

  constructor(private readonly options: LiveOptions) {
    const { services, telemetry, dayCheckMs = 1_000 } = options;
    this.renderer = new Renderer(options);
    this.deps = {
      services,
      telemetry,
      renderer: this.renderer,
      tail: new Tail(services),
      slots: new Slots(readAtATime),
      charsMax: () => Math.min(partCharsMax, charsMax / (partsOfFeed * this.feeds.size)),
      stopped: this.stopping.signal,
    };
    this.silence = services.onApplied(() => this.ring());
    let day = services.today();
    this.clock = setInterval(() => {
      if (day === services.today()) return;
      day = services.today();
      this.ring();
    }, dayCheckMs);
    this.clock.unref();
  }

  subscribe(request: LiveRequest, sink: LiveSink): LiveSubscription {
    const { position: head } = this.options.services.readModel;
    let question: Question;
    try {
      if (this.isClosing) throw new CodedError('E_UNAVAILABLE', 'The server stops.');
      question = questionOf(this.options.schema, request);
    } catch (error) {
      const refused = new Reader(sink, request.after ?? head);
      refused.end([this.told(error, request.requestId)]);
      return refused;
    }
    const reader = new Reader(sink, question.after ?? head);
    this.entering.add(reader);
    this.enter(question, reader)
      .catch((error: unknown) => reader.end([this.told(error, request.requestId)]))
      .finally(() => this.entering.delete(reader));
    return reader;
  }

  counts(): LiveCounts {
    const feeds = [...this.feeds.values()];
    const sum = (of: (feed: AnyFeed) => number) => feeds.reduce((total, feed) => total + of(feed), 0);
    return {
      subscriptions: this.entering.size + sum((feed) => feed.readers),
      feeds: feeds.length,
      messages: sum((feed) => feed.size.messages),
      chars: sum((feed) => feed.size.chars),
    };
  }

  async close(): Promise<void> {
    this.isClosing = true;
    this.silence();
    clearInterval(this.clock);
    const settled = Promise.all([...this.feeds.values()].map((feed) => feed.idle()));
    const given = new AbortController();
    await Promise.race([settled, wait(settleMsMax, given.signal)]);
    given.abort();
    this.stopping.abort();
    // Those who are still being checked are told nothing.
    for (const reader of [...this.entering]) reader.end();
    await Promise.all([...this.feeds.values()].map((feed) => feed.close()));
  }

  private ring(): void {
    for (const feed of this.feeds.values()) feed.wake();
  }

  private async enter(question: Question, reader: Reader): Promise<void> {
    const reason = await this.refusal(question);
    if (reader.isEnded) return;
    if (reason !== null) return this.refuse(question, reader, reason);
    const { services } = this.options;
    const known =
      question.field === 'events' || question.after === null ? null : await knownAt(services, question.after);
    if (reader.isEnded) return;
    this.entering.delete(reader);
    if (question.field === 'events') this.eventFeed(question).join(reader, question.after === null);
    else this.tallyFeed(question).enter(reader, known);
  }

  private async refusal(question: Question): Promise<RefetchReason | null> {
    const { store } = this.options.services;
    if (question.field === 'events' && question.log !== null && question.log !== (await store.identity()).id) {
      return 'LOG_REBUILT';
    }
    if (question.after !== null && question.after > (await store.head()).position) return 'POSITION_UNKNOWN';
    if (question.field === 'tally') return null;
    const context = this.renderer.contextAt(question, this.renderer.now());
    return isFilterAllowed(context, question.filter) ? null : 'FILTER_NOT_ALLOWED';
  }

  /** The message's own place is the reader's, so that one who comes again by itself is told the same. */
  private async refuse(question: Question, reader: Reader, reason: RefetchReason): Promise<void> {
    const { position } = await this.options.services.store.head();
    const view = { __typename: 'MustRefetch', position, reason } as const;
    const rendered = await this.renderer.render(question, this.renderer.now(), () => view, this.stopping.signal);
    if (reader.isEnded) return;
    if (rendered) reader.hand({ position: reader.position, json: rendered.json });
    reader.end();
  }

  private eventFeed(question: EventsQuestion): EventFeed {
    const { key } = question;
    return this.feed(key, () => new EventFeed(this.deps, question, () => this.feeds.delete(key)));
  }

  private tallyFeed(question: TallyQuestion): TallyFeed {
    const { key } = question;
    return this.feed(key, () => new TallyFeed(this.deps, question, () => this.feeds.delete(key)));
  }

  private feed<F extends AnyFeed>(key: string, open: () => F): F {
    // The key holds the operation's text: the same key is the same kind.
    let feed = this.feeds.get(key) as F | undefined;
    if (!feed) {
      feed = open();
      this.feeds.set(key, feed);
    }
    return feed;
  }

  private told(error: unknown, requestId: string) {
    return clientError(error, { requestId, log: this.options.telemetry.log });
  }
}
