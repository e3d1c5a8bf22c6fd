/** How many requests are executed at a time, and how many may wait. */
import { CodedError } from '../es/errors.ts';

export interface GateLimits {
  readonly runningMax: number;
  readonly waitingMax: number;
}

export class Gate {
  private readonly waiting: (() => void)[] = [];
  private running = 0;
  private idle: (() => void)[] = [];

  constructor(private readonly limits: GateLimits) {}

  /** Runs `work` in its turn. Errors: `E_OVERLOADED` where too many wait already, and those of `work`. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= this.limits.runningMax) await this.turn();
    this.running += 1;
    try {
      return await work();
    } finally {
      this.running -= 1;
      this.waiting.shift()?.();
      if (this.running === 0) for (const tell of this.idle.splice(0)) tell();
    }
  }

  /** Resolves when nothing runs. */
  async drained(): Promise<void> {
    if (this.running > 0) await new Promise<void>((resolve) => this.idle.push(resolve));
  }

  private turn(): Promise<void> {
    if (this.waiting.length >= this.limits.waitingMax) {
      throw new CodedError('E_OVERLOADED', 'The server has as many requests as it takes.');
    }
    return new Promise((resolve) => this.waiting.push(resolve));
  }
}
