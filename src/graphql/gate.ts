/** How many requests are executed at a time, and how many may wait. */
import { CodedError } from '../es/errors.ts';

export interface GateLimits {
  readonly runningMax: number;
  readonly waitingMax: number;
  /** How long work that was given up keeps its place at most. */
  readonly queryDurationMsMax?: number;
}

/** Tells once when nobody waits for the work any more. */
export type OnLeave = (tell: () => void) => void;

/** Keeps the place of work that goes on after its answer. */
export type Hold = (rest: Promise<unknown>) => void;

const restMsMax = 10_000;

export class Gate {
  private readonly waiting: (() => void)[] = [];
  private running = 0;
  private idle: (() => void)[] = [];

  constructor(private readonly limits: GateLimits) {}

  /** Runs `work` in its turn. Errors: `E_OVERLOADED` at once where too many wait already, `E_TIMEOUT` where whoever waits has left,
   *  and those of `work`. */
  async run<T>(work: (hold: Hold) => Promise<T>, onLeave?: OnLeave): Promise<T> {
    // Whoever waited is given the place of the one that leaves: nobody comes in between.
    if (this.running >= this.limits.runningMax) await this.turn(onLeave);
    else this.running += 1;
    const rests: Promise<unknown>[] = [];
    try {
      return await work((rest) => rests.push(this.endOf(rest)));
    } finally {
      if (rests.length === 0) this.leave();
      else void Promise.all(rests).then(() => this.leave());
    }
  }

  /** Resolves when nothing runs. */
  async drained(): Promise<void> {
    if (this.running > 0) await new Promise<void>((resolve) => this.idle.push(resolve));
  }

  private leave(): void {
    const next = this.waiting.shift();
    if (next) {
      next();
      return;
    }
    this.running -= 1;
    if (this.running === 0) for (const tell of this.idle.splice(0)) tell();
  }

  private turn(onLeave: OnLeave | undefined): Promise<void> {
    if (this.waiting.length >= this.limits.waitingMax) {
      throw new CodedError('E_OVERLOADED', 'The server has as many requests as it takes.');
    }
    return new Promise((resolve, reject) => {
      this.waiting.push(resolve);
      onLeave?.(() => {
        const at = this.waiting.indexOf(resolve);
        if (at < 0) return;
        this.waiting.splice(at, 1);
        reject(new CodedError('E_TIMEOUT', 'Nobody waits for the answer any more.'));
      });
    });
  }

  /** Resolves when work that was given up has ended; what never ends must not close the gate for ever. */
  private endOf(rest: Promise<unknown>): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, this.limits.queryDurationMsMax ?? restMsMax);
      const end = () => {
        clearTimeout(timer);
        resolve();
      };
      rest.then(end, end);
    });
  }
}
