/** The webhooks of a data folder: targets as administrators manage them, each with its courier. */
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { Principal } from '../access/principal.ts';
import { CodedError } from '../es/errors.ts';
import type { Position } from '../es/event.ts';
import type { Services } from '../graphql/context.ts';
import { Gate } from '../graphql/gate.ts';
import type { WebhookService, WebhookState, WebhookWithSecret } from '../graphql/webhook-service.ts';
import { checkedAddresses, type Resolve, systemResolve, targetUrl } from './address.ts';
import { Courier } from './courier.ts';
import { hasWebhooks } from './database.ts';
import type { Chance, CourierDeps } from './deps.ts';
import { webhookMetrics } from './metrics.ts';
import { Poster } from './poster.ts';
import { type WebhookSettings, webhookSettings } from './settings.ts';
import { type Target, TargetFile } from './target-file.ts';

export interface WebhooksOptions {
  readonly dir: string;
  readonly services: Services;
  readonly chance: Chance;
  /** True where targets may be http and lie in private networks. */
  readonly isPrivateAllowed: boolean;
  /** Whether what the principal was known by has not been revoked. */
  readonly holds: (principal: Principal) => Promise<boolean>;
  readonly registry: Registry;
  readonly log: Pick<Logger, 'error' | 'warn' | 'info'>;
  readonly resolve?: Resolve;
  readonly settings?: Partial<WebhookSettings>;
}

const secretBytes = 32;
const idBytes = 12;

export class Webhooks implements WebhookService {
  private readonly couriers = new Map<string, Courier>();
  private readonly settings: WebhookSettings;
  private readonly resolve: Resolve;
  private readonly deps: CourierDeps;
  private readonly silence: () => void;
  private file: TargetFile | undefined;
  /** Changes come one after the other. */
  private last: Promise<unknown> = Promise.resolve();
  private isClosed = false;

  private constructor(private readonly options: WebhooksOptions) {
    const { isPrivateAllowed, services, registry } = options;
    this.settings = { ...webhookSettings, ...options.settings };
    this.resolve = options.resolve ?? systemResolve;
    const poster = new Poster({ settings: this.settings, resolve: this.resolve, isPrivateAllowed });
    const places = { runningMax: this.settings.runningMax, waitingMax: this.settings.targetsMax };
    this.deps = {
      ...options,
      poster,
      settings: this.settings,
      gates: { quick: new Gate(places), slow: new Gate(places) },
      metrics: webhookMetrics(registry, () => this.look()),
    };
    this.silence = services.onApplied(() => {
      for (const courier of this.couriers.values()) courier.ring();
    });
  }

  /** Opens the webhooks of a folder and goes on with them; a folder without any is left as it is. Errors: those of the disk. */
  static async open(options: WebhooksOptions): Promise<Webhooks> {
    const webhooks = new Webhooks(options);
    if (hasWebhooks(options.dir)) await webhooks.openFile();
    for (const courier of webhooks.couriers.values()) courier.start();
    return webhooks;
  }

  /** One sentence for each target that was given up. */
  shortcomings(): string[] {
    const parked = [...this.couriers.values()].filter(({ target }) => target.status === 'PARKED');
    return parked.map(({ target }) => `The webhook ${target.id} is parked: what it should have been sent waits.`);
  }

  /** Ends what is under way, within seconds, and closes the file. */
  async close(): Promise<void> {
    this.isClosed = true;
    this.silence();
    await this.last;
    if (this.file === undefined) return;
    await Promise.all([...this.couriers.values()].map((courier) => courier.halt(this.settings.stopMsMax)));
    this.deps.poster.close();
    this.file.close();
    this.file = undefined;
  }

  async list(): Promise<readonly WebhookState[]> {
    const head = await this.head();
    return [...this.couriers.values()].map((courier) => stateOf(courier, head));
  }

  register(principal: Principal, asked: Parameters<WebhookService['register']>[1]): Promise<WebhookWithSecret> {
    return this.change(async () => {
      const { url, filter, after } = asked;
      const max = this.settings.targetsMax;
      if (this.couriers.size >= max) {
        const details = { limit: 'webhooksMax', max, actual: this.couriers.size };
        throw new CodedError('E_LIMIT', `There are ${max} webhooks, as many as this server sends.`, details);
      }
      await this.checkUrl(url);
      const head = await this.head();
      const checkpoint = checkedPosition(after ?? head, head);
      const file = this.file ?? (await this.openFile());
      const secret = this.newSecret();
      const asker = lasting(principal);
      const target = newTarget(
        this.newId(),
        { url, secret, filter, principal: asker, checkpoint },
        this.options.chance.now(),
      );
      file.save(target);
      const courier = new Courier(target, file, this.deps);
      this.couriers.set(target.id, courier);
      courier.start();
      return { webhook: stateOf(courier, head), secret };
    });
  }

  remove(id: string): Promise<WebhookState> {
    return this.changeOne(id, async (courier, head) => {
      await courier.halt(0);
      this.file?.remove(id);
      this.couriers.delete(id);
      return stateOf(courier, head);
    });
  }

  pause(id: string): Promise<WebhookState> {
    return this.changeOne(id, async (courier, head) => {
      await courier.halt(0);
      courier.change({ status: 'PAUSED', nextAttemptAt: null });
      return stateOf(courier, head);
    });
  }

  resume(id: string, after?: Position): Promise<WebhookState> {
    return this.changeOne(id, async (courier, head) => {
      if (after !== undefined) checkedPosition(after, head);
      await courier.halt(0);
      const checkpoint = checkedPosition(after ?? courier.target.checkpoint, head);
      courier.change({ checkpoint, status: 'ACTIVE', failures: 0, lastError: null, nextAttemptAt: null });
      courier.start();
      return stateOf(courier, head);
    });
  }

  rotateSecret(id: string): Promise<WebhookWithSecret> {
    return this.changeOne(id, async (courier, head) => {
      const until = this.options.chance.now() + this.settings.oldSecretMs;
      const secret = this.newSecret();
      courier.change({ secret, old: { secret: courier.target.secret, until } });
      return { webhook: stateOf(courier, head), secret };
    });
  }

  private async openFile(): Promise<TargetFile> {
    const { services, log } = this.options;
    const [{ id: logId }, head] = await Promise.all([services.store.identity(), this.head()]);
    const file = TargetFile.open(this.options.dir, logId);
    this.file = file;
    const isOther = file.logId !== logId;
    for (const target of file.all()) {
      const courier = new Courier(target, file, this.deps);
      this.couriers.set(target.id, courier);
      // Another log, or an older copy of this one: nobody knows what of it was sent.
      if (!isOther && target.checkpoint <= head) continue;
      courier.change({
        status: target.status === 'PAUSED' ? 'PAUSED' : 'PARKED',
        lastError: 'The log was replaced: resume it from a position.',
        checkpoint: Math.min(target.checkpoint, head),
      });
      log.warn({ webhook: target.id }, 'a webhook was parked: the log was replaced');
    }
    if (isOther) file.setLogId(logId);
    return file;
  }

  private changeOne<T>(id: string, work: (courier: Courier, head: Position) => Promise<T>): Promise<T> {
    return this.change(async () => {
      const courier = this.couriers.get(id);
      if (!courier) throw new CodedError('E_NOT_FOUND', 'There is no such webhook.', { path: ['input', 'id'] });
      return work(courier, await this.head());
    });
  }

  private change<T>(work: () => Promise<T>): Promise<T> {
    const result = this.last.then(() => {
      if (this.isClosed) throw new CodedError('E_UNAVAILABLE', 'The server is closing.');
      return work();
    });
    // Whoever asked is told of a failure; the next change does not depend on it.
    this.last = result.catch(() => undefined);
    return result;
  }

  private async checkUrl(text: string): Promise<void> {
    const { isPrivateAllowed } = this.options;
    const { hostname } = targetUrl(text, isPrivateAllowed);
    await checkedAddresses(this.resolve, hostname.replace(/^\[|\]$/g, ''), isPrivateAllowed);
  }

  private async head(): Promise<Position> {
    return (await this.options.services.store.head()).position;
  }

  private async look(): Promise<{ active: number; parked: number; behind: number }> {
    const states = await this.list();
    const active = states.filter(({ status }) => status === 'ACTIVE');
    const behind = Math.max(0, ...active.map((state) => state.behind));
    return { active: active.length, parked: states.filter(({ status }) => status === 'PARKED').length, behind };
  }

  private newSecret = (): string => `whsec_${this.options.chance.bytes(secretBytes).toString('base64')}`;
  private newId = (): string => `wh_${this.options.chance.bytes(idBytes).toString('hex')}`;
}

/** A token is short-lived and shows once who somebody is; what it registered stays until it is removed, or the token revoked. A
 *  key’s webhooks end with the key. */
const lasting = (principal: Principal): Principal =>
  principal.kind === 'token' ? { ...principal, expiresAt: null } : principal;

type Asked = Pick<Target, 'url' | 'secret' | 'filter' | 'principal' | 'checkpoint'>;

function newTarget(id: string, asked: Asked, createdAt: number): Target {
  const fresh = { old: null, status: 'ACTIVE', failures: 0, lastError: null, nextAttemptAt: null } as const;
  return { id, ...asked, ...fresh, createdAt };
}

function checkedPosition(after: Position, head: Position): Position {
  if (after <= head) return after;
  throw new CodedError('E_FUTURE_MOMENT', 'after lies ahead of the log.', { path: ['input', 'after'] });
}

/** `reached` rather than the checkpoint: what matches nothing needs no delivery. */
function stateOf({ target, reached }: Courier, head: Position): WebhookState {
  const { secret: _, old, principal, ...told } = target;
  const checkpoint = target.status === 'ACTIVE' ? Math.max(reached, target.checkpoint) : target.checkpoint;
  return {
    ...told,
    checkpoint,
    behind: Math.max(0, head - checkpoint),
    oldSecretUntil: old?.until ?? null,
    createdBy: principal.id,
  };
}
