/** Long work beside others: it gives way, takes its turn, and waits without holding the process up. */
import { setImmediate as others, setTimeout as pause } from 'node:timers/promises';

const stretchMsMax = 8;

/** Lets what else waits have its turn, once work has gone on for a while. */
export class Pace {
  private since = performance.now();

  async breathe(): Promise<void> {
    if (performance.now() - this.since < stretchMsMax) return;
    await others();
    this.since = performance.now();
  }
}

/** Resolves after a while, or at once when stopped. */
export async function wait(ms: number, stopped: AbortSignal): Promise<void> {
  await pause(ms, undefined, { signal: stopped }).catch(() => undefined);
}

/** Does so many things at a time; what comes later waits. */
export class Slots {
  private readonly waiting: (() => void)[] = [];

  constructor(private free: number) {}

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.free > 0) this.free -= 1;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.free += 1;
    }
  }
}
