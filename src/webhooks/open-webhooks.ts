/** The webhooks of a server, with its clock and chance; without them where their file cannot be opened, which keeps nobody from the
 *  rest of the ledger. */
import { randomBytes } from 'node:crypto';
import type { Telemetry } from '../graphql/telemetry.ts';
import { Webhooks, type WebhooksOptions } from './webhooks.ts';

export interface ServedWebhooks {
  readonly service: Webhooks | undefined;
  /** What works less well than it should, one sentence each. */
  readonly shortcomings: () => readonly string[];
  /** Ends sending within seconds; more than once is once. */
  readonly close: () => Promise<void>;
}

export type ServedOptions = Pick<WebhooksOptions, 'dir' | 'services' | 'isPrivateAllowed' | 'holds'> & {
  readonly telemetry: Telemetry;
};

/** Opens them and goes on sending. */
export async function openWebhooks({ telemetry, ...options }: ServedOptions): Promise<ServedWebhooks> {
  const { log, registry } = telemetry;
  const chance = { now: options.services.now, pause, random: Math.random, bytes: randomBytes };
  try {
    const service = await Webhooks.open({ ...options, chance, registry, log });
    let closed: Promise<void> | undefined;
    return {
      service,
      shortcomings: () => service.shortcomings(),
      close: () => {
        closed ??= service.close();
        return closed;
      },
    };
  } catch (error) {
    log.error({ err: error }, 'the webhooks cannot be opened; none is sent');
    const shortcomings = () => ['The webhooks cannot be opened; none is sent.'];
    return { service: undefined, shortcomings, close: async () => undefined };
  }
}

const pause = (delayMs: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, delayMs);
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
  });
