import type { Instant } from '../es/event.ts';
import type { AccessFile } from './access-file.ts';
import { ttlMsMax } from './token-ttl.ts';

/** Tokens of this machine's issuer that hold no longer, though they have not expired. */
export class RevokedTokens {
  constructor(private readonly file: AccessFile) {}

  has(jti: string): boolean {
    return (
      this.file.read((database) => database.prepare('select 1 from revoked_token where jti = ?').get(jti)) !== undefined
    );
  }

  /** Revokes a token by its id, known or not, for as long as it could hold at all. The same again changes nothing. */
  add(jti: string, now: Instant): void {
    this.file.write((database) => {
      database.prepare('delete from revoked_token where kept_until < ?').run(now);
      database
        .prepare('insert into revoked_token values (?, ?, ?) on conflict do nothing')
        .run(jti, now, now + ttlMsMax);
    });
  }
}
