/** One WebSocket: who is at its other end, what waits in it, and how it ends. */
import type { Duplex } from 'node:stream';
import { CloseCode } from 'graphql-ws';
import type { WebSocket } from 'ws';
import type { Authenticator } from '../../access/authenticator.ts';
import { anonymous, type Principal } from '../../access/principal.ts';
import { CodedError, errorCatalogue } from '../../es/errors.ts';
import type { Limits } from '../../graphql/limits.ts';
import type { Telemetry } from '../../graphql/telemetry.ts';
import type { LiveSubscription } from '../live.ts';
import { guard } from './guard.ts';
import { SlowReader } from './slow-reader.ts';

export interface ConnectionOptions {
  readonly socket: WebSocket;
  /** What the socket writes to. */
  readonly stream: Duplex;
  readonly address: string;
  /** `Authorization` of the request that opened it. */
  readonly authorization: string | undefined;
  readonly authenticator: Authenticator;
  readonly limits: Limits;
  readonly telemetry: Telemetry;
  readonly now: () => number;
  readonly newRequestId: () => string;
  /** It is known who is there. Errors: `RATE_LIMITED`. */
  readonly identified: (principal: Principal) => void;
}

/** Close codes of ours: 4000 to 4999 are a protocol's own. */
const stalledCode = 4008;
const goingAwayCode = 1001;
const tryAgainCode = 1013;
/** A reader that takes nothing does not take the news of its end either. */
const farewellMs = 5_000;
const reasonBytesMax = 120;
const asBytes = { binary: false, compress: false, fin: true } as const;

export class Connection {
  readonly address: string;
  principal: Principal = anonymous;
  readonly newRequestId: () => string;
  private readonly leaving = new AbortController();
  private readonly reader: SlowReader;
  private readonly subscriptions = new Set<LiveSubscription>();
  private readonly running = new Set<Promise<unknown>>();
  private readonly heart: NodeJS.Timeout;
  private idle: NodeJS.Timeout | undefined;
  private stopGuard: () => void = () => undefined;
  private isAlive = true;

  constructor(private readonly options: ConnectionOptions) {
    const { socket, stream, limits } = options;
    this.address = options.address;
    this.newRequestId = options.newRequestId;
    this.reader = new SlowReader({
      stream,
      waiting: () => socket.bufferedAmount,
      bytesMax: limits.readerBytesMax,
      stalledMs: limits.readerStalledMs,
      onStalled: () => this.stalled(),
    });
    this.heart = setInterval(() => this.beat(), limits.pingMs);
    this.heart.unref();
    socket.on('pong', () => {
      this.isAlive = true;
    });
    // An error is followed by a close, which says all that matters.
    socket.on('error', () => undefined);
    this.waitIdle();
  }

  /** Aborted when the socket is over. */
  get gone(): AbortSignal {
    return this.leaving.signal;
  }

  /** Takes a credential as the socket's for all its life: what the first message gives goes before the header. False where it is
   *  none that holds. */
  async identify(authorization: string | undefined): Promise<boolean> {
    const { authenticator, limits, now } = this.options;
    try {
      this.principal = await authenticator.authenticate(authorization ?? this.options.authorization);
      if (this.principal.kind !== 'anonymous') this.options.identified(this.principal);
    } catch (error) {
      // What may be well in a moment: the client is to come again.
      if (isPassing(error)) this.close(tryAgainCode, 'Try again later');
      // The protocol's answer to all else is Forbidden, without a word of why.
      return false;
    }
    const reasons = { expired: 'The credential has expired', revoked: 'The credential was revoked', aged: 'Too old' };
    const codes = { expired: CloseCode.Forbidden, revoked: CloseCode.Forbidden, aged: goingAwayCode };
    const onEnd = (reason: keyof typeof reasons) => this.close(codes[reason], reasons[reason]);
    this.stopGuard = guard({
      authenticator,
      principal: this.principal,
      now,
      ageMs: limits.socketAgeMs,
      lookMs: limits.credentialLookMs,
      onEnd,
    });
    return true;
  }

  /** Writes a frame of a subscription at once: false where nothing more may be written. */
  write(frame: Buffer): boolean {
    const { socket } = this.options;
    if (socket.readyState !== socket.OPEN) return false;
    socket.send(frame, asBytes);
    return this.reader.takesMore;
  }

  drained(): Promise<void> {
    return this.reader.drained();
  }

  /** Sends a message of the protocol; resolves when it has left, or when there is nobody to send it to. */
  send(text: string): Promise<void> {
    const { socket } = this.options;
    // It may close meanwhile: then nobody waits for the message.
    return new Promise((resolve) => {
      if (socket.readyState === socket.OPEN) socket.send(text, () => resolve());
      else resolve();
    });
  }

  /** Keeps work in mind that is to be finished before the server stops. */
  async working<T>(work: Promise<T>): Promise<T> {
    this.running.add(work);
    try {
      return await work;
    } finally {
      this.running.delete(work);
    }
  }

  /** Notes a subscription of the socket. Returns the way to forget it. */
  subscribed(subscription: LiveSubscription): () => void {
    this.subscriptions.add(subscription);
    clearTimeout(this.idle);
    return () => {
      this.subscriptions.delete(subscription);
      if (this.subscriptions.size === 0) this.waitIdle();
    };
  }

  /** Finishes what runs and says good-bye; subscriptions have been ended before. */
  async goAway(): Promise<void> {
    await Promise.allSettled(this.running);
    this.close(goingAwayCode, 'The server stops');
  }

  close(code: number, reason: string): void {
    const { socket } = this.options;
    socket.close(code, cut(reason));
    setTimeout(() => socket.terminate(), farewellMs).unref();
  }

  failed(error: unknown): void {
    if (error instanceof Error && error.message.startsWith('Unexpected message of type')) {
      this.close(CloseCode.BadRequest, 'Invalid message received');
      return;
    }
    this.options.telemetry.log.error({ err: error }, 'a socket failed');
    this.close(CloseCode.InternalServerError, 'Internal server error');
  }

  /** The socket is closed: nothing of it is kept. */
  ended(): void {
    this.leaving.abort();
    clearInterval(this.heart);
    clearTimeout(this.idle);
    this.stopGuard();
    this.reader.end();
    for (const subscription of [...this.subscriptions]) subscription.stop();
  }

  private beat(): void {
    const { socket } = this.options;
    // A reader that has stalled cannot hear the question: it has a deadline of its own.
    if (!this.isAlive && socket.bufferedAmount === 0) {
      socket.terminate();
      return;
    }
    this.isAlive = false;
    socket.ping();
  }

  private waitIdle(): void {
    clearTimeout(this.idle);
    if (this.gone.aborted) return;
    this.idle = setTimeout(() => {
      if (this.subscriptions.size === 0 && this.running.size === 0) this.close(goingAwayCode, 'No subscription');
      else this.waitIdle();
    }, this.options.limits.socketIdleMs);
    this.idle.unref();
  }

  private stalled(): void {
    const last = Math.min(...[...this.subscriptions].map(({ position }) => position));
    this.close(stalledCode, Number.isFinite(last) ? `Stalled; last position ${last}` : 'Stalled');
  }
}

/** A close frame holds 123 bytes of reason. */
const cut = (reason: string): string => (Buffer.byteLength(reason) <= reasonBytesMax ? reason : '');

const isPassing = (error: unknown): boolean => error instanceof CodedError && errorCatalogue[error.code].retryable;
