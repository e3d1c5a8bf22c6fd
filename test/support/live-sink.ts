/** Subscribing without a transport: sinks that keep what they are handed, and that stall when they are told to. */
import { OperationTypeNode } from 'graphql';
import { vi } from 'vitest';
import type { Principal } from '../../src/access/principal.ts';
import { Admission } from '../../src/graphql/admission.ts';
import { defaultLimits } from '../../src/graphql/limits.ts';
import { buildXiangyueSchema } from '../../src/graphql/schema.ts';
import type { Live, LiveMessage, LiveSink, LiveSubscription } from '../../src/live/live.ts';
import { allRoles } from './principals.ts';

// biome-ignore lint/suspicious/noExplicitAny: a message's shape is that of its subscription, which each test states.
type Told = any;

export class Sink implements LiveSink {
  readonly messages: LiveMessage[] = [];
  /** Errors with which it was ended; undefined while it goes on. */
  ended: readonly Told[] | undefined;
  isSlow = false;
  private resume: (() => void) | undefined;
  /** Messages after which it is behind, each once. */
  private left = Number.POSITIVE_INFINITY;
  /** Messages that were sent although it was behind, or after its end. */
  unwanted = 0;

  send(message: LiveMessage): boolean {
    if (this.isSlow || this.ended) this.unwanted += 1;
    this.messages.push(message);
    this.left -= 1;
    if (this.left > 0) return true;
    this.isSlow = true;
    return false;
  }

  /** It is behind after so many more messages. */
  stallAfter(messages: number): void {
    this.left = messages;
  }

  /** It has taken what waits, and stalls again after so many. */
  drain(messages = Number.POSITIVE_INFINITY): void {
    this.left = messages;
    this.isSlow = false;
    this.resume?.();
    this.resume = undefined;
  }

  drained(): Promise<void> {
    if (!this.isSlow) return Promise.resolve();
    return new Promise((resolve) => {
      this.resume = resolve;
    });
  }

  end(errors: readonly Told[] = []): void {
    if (this.ended) this.unwanted += 1;
    this.ended = errors;
  }

  /** The messages' one field each. */
  get told(): Told[] {
    return this.messages.map(({ json }) => Object.values(JSON.parse(json).data ?? {})[0] ?? JSON.parse(json));
  }

  /** Positions of the events. */
  get positions(): number[] {
    return this.told.flatMap((each) => (each.__typename === 'EventRecorded' ? [Number(each.position)] : []));
  }

  /** Resolves when so many messages have come. */
  async has(count: number): Promise<Told[]> {
    await this.until(() => this.messages.length >= count);
    return this.told;
  }

  async until(isSo: () => boolean): Promise<void> {
    await vi.waitFor(
      () => {
        if (!isSo()) throw new Error(`Not so: ${JSON.stringify(this.told.slice(-5))} ${JSON.stringify(this.ended)}`);
      },
      { timeout: 60_000, interval: 2 },
    );
  }
}

export const eventsDocument = `subscription Watch($after: Position, $log: ID, $filter: EventFilter) {
  events(after: $after, log: $log, filter: $filter) {
    __typename
    ... on EventRecorded { position event { __typename id stream summary } }
    ... on CaughtUp { position }
    ... on MustRefetch { position reason }
  }
}`;

export interface Subscribing {
  readonly query?: string;
  readonly variables?: Record<string, unknown>;
  readonly principal?: Principal;
  readonly after?: number;
}

const admission = new Admission(buildXiangyueSchema(), defaultLimits, null);

/** Subscribes a sink; the subscription of all events where no other is given. */
export function subscribe(
  live: Live,
  { query = eventsDocument, variables = {}, principal = allRoles, after }: Subscribing = {},
  sink = new Sink(),
): Sink & { subscription: LiveSubscription } {
  const admitted = admission.admit({ query, variables }, [OperationTypeNode.SUBSCRIPTION], principal);
  const subscription = live.subscribe({ admitted, principal, requestId: 'request-1', after }, sink);
  return Object.assign(sink, { subscription });
}
