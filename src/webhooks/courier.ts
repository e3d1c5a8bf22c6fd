/** The delivery to one target: events in their order, one at a time, each until it was taken; then its checkpoint. */
import { setImmediate as others } from 'node:timers/promises';
import { rightToSee } from '../access/restricted.ts';
import type { Position, RecordedEvent } from '../es/event.ts';
import type { Gate } from '../graphql/gate.ts';
import type { CourierDeps } from './deps.ts';
import { headersOf, messageOf } from './message.ts';
import type { Answer } from './poster.ts';
import { retryAfterMs, retryDelay } from './retry.ts';
import type { Target, TargetFile } from './target-file.ts';
import { readStretch, type Stretch } from './visible-events.ts';

const gone = 410;

export class Courier {
  private stopping = new AbortController();
  private cutting = new AbortController();
  private running: Promise<void> = Promise.resolve();
  /** All up to here was looked at; at or after the checkpoint, which is written when something was delivered. */
  private position: Position;
  private lastTryMs = 0;
  private wake: () => void = () => undefined;
  private rung = false;

  constructor(
    private current: Target,
    private readonly file: TargetFile,
    private readonly deps: CourierDeps,
  ) {
    this.position = current.checkpoint;
  }

  /** The target as it stands. */
  get target(): Target {
    return this.current;
  }

  /** Where it stands: nothing that matches lies between the checkpoint and here. */
  get reached(): Position {
    return this.position;
  }

  /** Begins to send, where the target is active. */
  start(): void {
    if (this.current.status !== 'ACTIVE') return;
    this.stopping = new AbortController();
    this.cutting = new AbortController();
    this.running = this.run();
  }

  /** Ends sending: what is under way may end by itself within `graceMs`, then it is cut short, and sent again another time. */
  async halt(graceMs: number): Promise<void> {
    this.stopping.abort();
    this.ring();
    const ended = new AbortController();
    const cut = this.deps.chance.pause(graceMs, ended.signal).then(() => this.cutting.abort());
    await this.running;
    ended.abort();
    await cut;
    try {
      this.keepPosition();
    } catch (error) {
      this.deps.log.error({ err: error, webhook: this.current.id }, 'the place of a webhook could not be kept');
    }
  }

  /** Puts the target on the disk with changes. Errors: those of the disk; then it stands as before. */
  change(changes: Partial<Target>): Target {
    const next = { ...this.current, ...changes };
    this.file.save(next);
    this.current = next;
    if (changes.checkpoint !== undefined) this.position = changes.checkpoint;
    return next;
  }

  /** There may be something new. */
  ring(): void {
    this.rung = true;
    this.wake();
  }

  private async run(): Promise<void> {
    const { log, chance, settings } = this.deps;
    while (this.isSending) {
      try {
        await this.untilDue();
        if (this.isSending) await this.sendStretch();
      } catch (error) {
        // Not the receiver's doing: the log could not be read, a look or the checkpoint not be written.
        log.error({ err: error, webhook: this.current.id }, 'a webhook could not go on; trying again');
        await chance.pause(settings.retryDelayMs, this.stopping.signal);
      }
    }
  }

  private get isSending(): boolean {
    return this.current.status === 'ACTIVE' && !this.stopping.signal.aborted;
  }

  private async untilDue(): Promise<void> {
    const { nextAttemptAt } = this.current;
    const { chance } = this.deps;
    if (nextAttemptAt === null) return;
    const delayMs = nextAttemptAt - chance.now();
    if (delayMs > 0) await chance.pause(delayMs, this.stopping.signal);
  }

  private async sendStretch(): Promise<void> {
    const { services, settings, chance, holds } = this.deps;
    const { filter, principal } = this.current;
    if (!(await holds(principal))) {
      this.park('What it was registered with holds no more.');
      return;
    }
    // Before the read: what the read misses rings after it.
    this.rung = false;
    const begun = chance.now();
    const after = this.position;
    const stretch = await readStretch(services, principal, { filter, after, limit: settings.batchEventsMax });
    for (const event of stretch.events) {
      // After a wait, and now and then, rights are looked at anew.
      if (!this.isSending || chance.now() - begun > settings.batchMsMax) return;
      if (!(await this.send(event))) return;
    }
    this.position = stretch.position;
    await this.rest(stretch);
  }

  /** Waits for the bell at the end of the log; before it, lets others have their turn. */
  private async rest({ hasMore }: Stretch): Promise<void> {
    if (hasMore) await others();
    else await this.untilRung();
  }

  private async untilRung(): Promise<void> {
    if (this.rung || !this.isSending) return;
    await new Promise<void>((resolve) => {
      this.wake = resolve;
    });
    this.wake = () => undefined;
  }

  /** Whether it was taken. */
  private async send(event: RecordedEvent): Promise<boolean> {
    const { services, gates, settings } = this.deps;
    const { id, principal } = this.current;
    if (rightToSee(event.stream) !== null) {
      const look = { principal, streams: [event.stream], operation: `webhook ${id}`, requestId: event.id };
      await services.recordLook(look);
    }
    const isSlow = this.current.failures > 0 || this.lastTryMs > settings.slowMs;
    const answer = await this.inTurn(isSlow ? gates.slow : gates.quick, event);
    // What was cut short is neither delivered nor failed.
    if (answer === null) return false;
    if ('status' in answer && answer.status >= 200 && answer.status < 300) {
      this.deps.metrics.deliveries.inc({ outcome: 'delivered' });
      this.change({ checkpoint: event.position, failures: 0, lastError: null, nextAttemptAt: null });
      return true;
    }
    this.deps.metrics.deliveries.inc({ outcome: 'failed' });
    this.fail(event, answer);
    return false;
  }

  /** Tries when a place is free; null where it was halted before. */
  private async inTurn(gate: Gate, event: RecordedEvent): Promise<Answer | null> {
    const { signal } = this.stopping;
    let isUnderWay = false;
    const answer = gate.run(async () => {
      if (signal.aborted) return null;
      isUnderWay = true;
      return this.try(event);
    });
    await settledOrAborted(answer, signal);
    return isUnderWay ? answer : null;
  }

  private async try(event: RecordedEvent): Promise<Answer | null> {
    const { poster, chance } = this.deps;
    const { url, secret, old } = this.current;
    const message = messageOf(event);
    const begun = chance.now();
    const secrets = old && old.until > begun ? [secret, old.secret] : [secret];
    const headers = headersOf(message, secrets, begun);
    const { signal } = this.cutting;
    const answer = await poster.post(url, headers, message.body, signal);
    this.lastTryMs = chance.now() - begun;
    return 'failure' in answer && signal.aborted ? null : answer;
  }

  private fail(event: RecordedEvent, answer: Answer): void {
    const { settings, chance } = this.deps;
    const now = chance.now();
    const lastError = 'status' in answer ? `answered ${answer.status}` : answer.failure;
    const failures = this.current.failures + 1;
    if (('status' in answer && answer.status === gone) || failures >= settings.triesMax) {
      this.park(lastError, failures, event);
      return;
    }
    const asked = 'status' in answer ? retryAfterMs(answer.retryAfter, now) : null;
    const nextAttemptAt = now + retryDelay(settings, failures, asked, chance.random());
    this.change({ failures, lastError, nextAttemptAt });
  }

  private park(lastError: string, failures = this.current.failures, event?: RecordedEvent): void {
    this.change({ status: 'PARKED', failures, lastError, nextAttemptAt: null });
    this.deps.log.warn({ webhook: this.current.id, event: event?.id, failures, lastError }, 'a webhook was parked');
  }

  /** Nothing that matches lies in between: a later start need not look there again. */
  private keepPosition(): void {
    if (this.position > this.current.checkpoint) this.change({ checkpoint: this.position });
  }
}

/** Resolves when either has come; leaves nothing behind on the signal, which lives as long as the courier. */
const settledOrAborted = (work: Promise<unknown>, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const end = () => {
      signal.removeEventListener('abort', end);
      resolve();
    };
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
    work.then(end, end);
  });
