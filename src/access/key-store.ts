/** Keys of machines: `xyk_<id>_<secret>`. Only a digest of the secret is kept. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { CodedError } from '../es/errors.ts';
import type { Instant } from '../es/event.ts';
import type { AccessFile } from './access-file.ts';
import type { ApiKey, ApiKeys, NewApiKey } from './api-keys.ts';
import { dayOf } from './day-of.ts';
import { grantOf, grantText } from './grant-text.ts';
import type { Issuer } from './issuer.ts';
import type { Principal } from './principal.ts';

export interface KeyStoreOptions {
  readonly file: AccessFile;
  readonly now: () => Instant;
  /** Hears that a use could not be noted; the key is taken all the same. */
  readonly onFault?: (error: unknown) => void;
}

interface KeyRow {
  readonly id: string;
  readonly secret_sha256: Uint8Array;
  readonly name: string;
  readonly grants: string;
  readonly created_by: string;
  readonly created_at: number;
  readonly expires_at: number;
  readonly revoked_at: number | null;
  readonly last_used_at: number | null;
}

const prefix = 'xyk_';
const form = /^xyk_([0-9a-f]{16})_([A-Za-z0-9_-]{43})$/;
const idBytes = 8;
const secretBytes = 32;
/** A use is noted once in so long. */
const useMs = 3_600_000;

export class KeyStore implements ApiKeys, Issuer {
  readonly name = prefix;

  constructor(private readonly options: KeyStoreOptions) {}

  list(): readonly ApiKey[] {
    const select = (database: DatabaseSyncInstance) =>
      database.prepare('select * from api_key order by created_at desc, id').all() as unknown as KeyRow[];
    return (this.options.file.read(select) ?? []).map(keyOf);
  }

  create({ name, grants, createdBy, expiresAt }: NewApiKey): { readonly key: ApiKey; readonly text: string } {
    const id = randomBytes(idBytes).toString('hex');
    const secret = randomBytes(secretBytes).toString('base64url');
    const createdAt = this.options.now();
    const texts = JSON.stringify(grants.map(grantText));
    this.options.file.write((database) =>
      database
        .prepare('insert into api_key values (?, ?, ?, ?, ?, ?, ?, null, null)')
        .run(id, digest(secret), name, texts, createdBy, createdAt, expiresAt),
    );
    const key = { id, name, grants, createdBy, createdAt, expiresAt, revokedAt: null, lastUsedAt: null };
    return { key, text: `${prefix}${id}_${secret}` };
  }

  revoke(id: string): ApiKey | null {
    if (!this.row(id)) return null;
    this.options.file.write((database) =>
      database
        .prepare('update api_key set revoked_at = ? where id = ? and revoked_at is null')
        .run(this.options.now(), id),
    );
    const row = this.row(id);
    return row ? keyOf(row) : null;
  }

  async verify(text: string): Promise<Principal> {
    const [, id = '', secret = ''] = form.exec(text) ?? [];
    const row = id === '' ? undefined : this.row(id);
    const isRight = timingSafeEqual(row?.secret_sha256 ?? Buffer.alloc(secretBytes), digest(secret));
    if (!row || !isRight) throw refused('is not valid');
    const now = this.options.now();
    if (row.revoked_at !== null) throw refused('was revoked');
    if (row.expires_at <= now) throw refused('has expired');
    this.noteUse(row, now);
    const { grants, createdAt, expiresAt } = keyOf(row);
    const named = `key:${id}`;
    return { id: named, kind: 'key', grants, grantedOn: dayOf(createdAt), expiresAt, credential: named };
  }

  holds({ kind, id }: Principal): boolean | undefined {
    if (kind !== 'key') return undefined;
    return this.row(id.slice('key:'.length))?.revoked_at === null;
  }

  private row(id: string): KeyRow | undefined {
    return this.options.file.read(
      (database) => database.prepare('select * from api_key where id = ?').get(id) as KeyRow | undefined,
    );
  }

  private noteUse({ id, last_used_at: last }: KeyRow, now: Instant): void {
    const hour = now - (now % useMs);
    if (last !== null && last >= hour) return;
    try {
      this.options.file.write((database) =>
        database.prepare('update api_key set last_used_at = ? where id = ?').run(hour, id),
      );
    } catch (error) {
      this.options.onFault?.(error);
    }
  }
}

const digest = (secret: string): Buffer => createHash('sha256').update(secret).digest();
const refused = (what: string) => new CodedError('UNAUTHENTICATED', `The key ${what}.`);

const keyOf = (row: KeyRow): ApiKey => ({
  id: row.id,
  name: row.name,
  grants: (JSON.parse(row.grants) as string[]).flatMap((text) => grantOf(text) ?? []),
  createdBy: row.created_by,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  revokedAt: row.revoked_at,
  lastUsedAt: row.last_used_at,
});
