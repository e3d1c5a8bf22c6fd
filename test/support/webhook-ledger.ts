/** A ledger with webhooks whose time and chance belong to the test. */
import { randomBytes } from 'node:crypto';
import { setImmediate as others } from 'node:timers/promises';
import { Registry } from 'prom-client';
import { expect, onTestFinished } from 'vitest';
import type { Services } from '../../src/graphql/context.ts';
import type { WebhookState } from '../../src/graphql/webhook-service.ts';
import { Webhooks, type WebhooksOptions } from '../../src/webhooks/webhooks.ts';
import { ledgerApi } from './ledger-api.ts';
import { tempFolder } from './temp-folder.ts';

/** Waits take no time: the clock is set forward by them. Chance is always in the middle. */
export class TestChance {
  instant = Date.now();
  /** Waits that were asked for and were longer than none. */
  readonly waits: number[] = [];
  readonly now = () => this.instant;
  readonly random = () => 0.5;
  readonly bytes = randomBytes;

  readonly pause = async (delayMs: number, signal: AbortSignal): Promise<void> => {
    await others();
    if (signal.aborted) return;
    if (delayMs > 0) this.waits.push(delayMs);
    this.instant += delayMs;
  };
}

type Options = Partial<Omit<WebhooksOptions, 'services'>> & { readonly services?: Partial<Services> };

export interface WebhookLedger {
  readonly dir: string;
  readonly services: Services;
  readonly chance: TestChance;
  readonly registry: Registry;
  /** Everything that was logged. */
  readonly logged: object[];
  /** Opens the webhooks of the folder, closed when the test has finished. */
  open(options?: Options): Promise<Webhooks>;
  /** Appends an event of each stream, such as `division-d_1`, and waits until it can be read; gives their ids. */
  write(...streams: readonly string[]): Promise<string[]>;
}

let written = 0;

/** A ledger without events or webhooks. */
export async function webhookLedger(): Promise<WebhookLedger> {
  const { services } = await ledgerApi();
  const [dir, chance, registry, logged] = [tempFolder(), new TestChance(), new Registry(), [] as object[]];
  const say = (said: object) => void logged.push(said);
  const log = { error: say, warn: say, info: say } as never;
  return {
    dir,
    services,
    chance,
    registry,
    logged,
    async open({ services: others = {}, ...options } = {}) {
      registry.clear();
      const usual = { dir, chance, isPrivateAllowed: true, holds: async () => true, registry, log };
      const webhooks = await Webhooks.open({ ...usual, ...options, services: { ...services, ...others } });
      onTestFinished(() => webhooks.close());
      return webhooks;
    },
    async write(...streams) {
      const ids: string[] = [];
      for (const stream of streams) {
        const { events, position } = await services.store.append(stream, [eventOf(stream)], 'any');
        ids.push(...events.map(({ id }) => id));
        await services.waitFor(position);
      }
      return ids;
    },
  };
}

function eventOf(stream: string) {
  written += 1;
  const isPerson = stream.startsWith('person-');
  const commandId = `w${written}`;
  return {
    type: isPerson ? 'PersonRegistered' : 'DivisionListed',
    schemaVersion: 1,
    effectiveOn: '2016-07-31',
    subjects: [stream],
    data: isPerson ? { personRef: stream.slice(7) } : { code: '44', name: '广东省', level: 'PROVINCE' },
    recordedBy: 'test',
    basis: [],
    commandId,
    commandHash: '',
    correlationId: commandId,
  };
}

/** The state of a webhook once it is as expected. */
export async function becomes(webhooks: Webhooks, id: string, expected: Partial<WebhookState>): Promise<void> {
  const state = async () => (await webhooks.list()).find((each) => each.id === id);
  await expect.poll(state, { timeout: 30_000 }).toMatchObject(expected);
}
