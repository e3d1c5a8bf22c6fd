/** Targets as they are kept: one row each, whole, on the disk when a call returns. */
import type { Principal } from '../access/principal.ts';
import type { Instant, Position } from '../es/event.ts';
import type { EventFilter } from '../graphql/event-filter.ts';
import type { WebhookStatus } from '../graphql/webhook-service.ts';
import { coded, type Database, openWebhookFile } from './database.ts';

export interface Target {
  readonly id: string;
  readonly url: string;
  /** `whsec_` and base64, as the receiver has it. */
  readonly secret: string;
  /** The secret before, and until when it signs along. */
  readonly old: { readonly secret: string; readonly until: Instant } | null;
  readonly filter: EventFilter;
  /** Who registered it: it is sent what this principal may see. */
  readonly principal: Principal;
  readonly checkpoint: Position;
  readonly status: WebhookStatus;
  readonly failures: number;
  readonly lastError: string | null;
  readonly nextAttemptAt: Instant | null;
  readonly createdAt: Instant;
}

interface Row {
  readonly id: string;
  readonly url: string;
  readonly secret: string;
  readonly old_secret: string | null;
  readonly old_secret_until: number | null;
  readonly filter: string;
  readonly principal: string;
  readonly checkpoint: number;
  readonly status: WebhookStatus;
  readonly failures: number;
  readonly last_error: string | null;
  readonly next_attempt_at: number | null;
  readonly created_at: number;
}

const columns = [
  ...['id', 'url', 'secret', 'old_secret', 'old_secret_until', 'filter', 'principal', 'checkpoint', 'status'],
  ...['failures', 'last_error', 'next_attempt_at', 'created_at'],
];

export class TargetFile {
  private constructor(private readonly database: Database) {}

  /** The targets of a data folder. Errors: as `openWebhookFile`. */
  static open(dir: string, logId: string): TargetFile {
    return new TargetFile(openWebhookFile(dir, logId));
  }

  /** The log that the checkpoints are places in. */
  get logId(): string {
    return (coded(() => this.database.prepare('select log_id from log').get()) as { log_id: string }).log_id;
  }

  /** From now on the checkpoints are places in another log. */
  setLogId(logId: string): void {
    coded(() => this.database.prepare('update log set log_id = ?').run(logId));
  }

  /** All, the oldest first. */
  all(): Target[] {
    const rows = coded(() => this.database.prepare('select * from target order by created_at, rowid').all());
    return (rows as unknown as Row[]).map(targetOf);
  }

  /** Adds the target, or puts it in its own place. */
  save(target: Target): void {
    const set = columns.map((name) => `${name} = excluded.${name}`).join(', ');
    const marks = columns.map(() => '?').join(', ');
    const insert = `insert into target (${columns.join(', ')}) values (${marks}) on conflict (id) do update set ${set}`;
    coded(() => this.database.prepare(insert).run(...cellsOf(target)));
  }

  remove(id: string): void {
    coded(() => this.database.prepare('delete from target where id = ?').run(id));
  }

  close(): void {
    this.database.close();
  }
}

const targetOf = (row: Row): Target => ({
  id: row.id,
  url: row.url,
  secret: row.secret,
  old: row.old_secret === null ? null : { secret: row.old_secret, until: row.old_secret_until ?? 0 },
  filter: JSON.parse(row.filter) as EventFilter,
  principal: JSON.parse(row.principal) as Principal,
  checkpoint: row.checkpoint,
  status: row.status,
  failures: row.failures,
  lastError: row.last_error,
  nextAttemptAt: row.next_attempt_at,
  createdAt: row.created_at,
});

const cellsOf = (target: Target): (string | number | null)[] => [
  target.id,
  target.url,
  target.secret,
  target.old?.secret ?? null,
  target.old?.until ?? null,
  JSON.stringify(target.filter),
  JSON.stringify(target.principal),
  target.checkpoint,
  target.status,
  target.failures,
  target.lastError,
  target.nextAttemptAt,
  target.createdAt,
];
