/** `xiangyue events`: the log on the screen, from a position, and on as it grows. */
import { streamOf } from '../es/event.ts';
import type { EventStore, LogFilter } from '../es/store.ts';
import { openForReading } from './data-folder.ts';
import { drained, eventLine } from './event-line.ts';
import type { Console } from './output.ts';

export interface EventsOptions {
  readonly dataDir: string;
  readonly after: number;
  readonly limit: number;
  readonly follow: boolean;
  readonly types?: readonly string[];
  readonly village?: string;
  /** Ends following. */
  readonly signal: AbortSignal;
}

const pageEventsMax = 1_000;
const keepAliveMs = 60_000;

/** Prints events, one a line: JSON with `--json`, else position, dates, stream and type. */
export async function runEvents(console: Console, options: EventsOptions): Promise<void> {
  const store = openForReading(options.dataDir);
  try {
    const filter: LogFilter = {
      types: options.types,
      subjects: options.village ? [streamOf('village', options.village)] : undefined,
    };
    let after = options.after;
    let left = options.limit;
    while (left > 0 && !options.signal.aborted) {
      // The bell is hung up before the read, so that nothing appended in between goes unheard.
      const bell = ringOnce(store, options.signal);
      const page = await store.readLog({ from: after, limit: Math.min(left, pageEventsMax), filter });
      for (const event of page) await drained(console.out, eventLine(event, console.json));
      after = page.at(-1)?.position ?? after;
      left -= page.length;
      if (page.length > 0) bell.hangUp();
      else if (options.follow) await awake(bell.rung);
      else break;
    }
  } finally {
    await store.close();
  }
}

/** A reader's bell keeps no process alive: following must. */
async function awake(rung: Promise<void>): Promise<void> {
  const timer = setInterval(() => undefined, keepAliveMs);
  await rung;
  clearInterval(timer);
}

/** Resolves at the next ring, when it is hung up, or when the signal is aborted. */
function ringOnce(
  store: EventStore,
  signal: AbortSignal,
): { readonly rung: Promise<void>; readonly hangUp: () => void } {
  const heard = new AbortController();
  const hangUp = () => heard.abort();
  const stop = store.onAppend(hangUp);
  signal.addEventListener('abort', hangUp, { once: true, signal: heard.signal });
  const rung = new Promise<void>((resolve) => {
    heard.signal.addEventListener('abort', () => {
      stop();
      resolve();
    });
  });
  return { rung, hangUp };
}
