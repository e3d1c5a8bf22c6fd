/** The issuer of a single machine: whoever can read the data folder makes tokens of it. */
import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import { SignJWT } from 'jose';
import type { Instant } from '../es/event.ts';
import { dayOf } from './day-of.ts';
import { grantOf, grantText } from './grant-text.ts';
import type { Issuer } from './issuer.ts';
import type { Grant, Principal } from './principal.ts';
import type { RevokedTokens } from './revoked-tokens.ts';
import { ensureTokenKey, readTokenKey, type TokenKey, tokenKeyFileOf } from './token-key.ts';
import { refused, verifyJwt } from './verify-jwt.ts';

export interface TokenOrder {
  readonly dir: string;
  /** What `recordedBy` will say: `localName`. */
  readonly name: string;
  readonly grants: readonly Grant[];
  /** Up to `ttlMsMax`. */
  readonly ttlMs: number;
  /** Id of the folder's log; left out where it has none yet. */
  readonly logId?: string;
  readonly now: Instant;
}

export interface IssuedToken {
  readonly token: string;
  /** Its own id: what is revoked. */
  readonly jti: string;
  readonly expiresAt: Instant;
  /** As `clerk:440118102`. */
  readonly roles: readonly string[];
}

const ownName = 'xiangyue';
const algorithm = 'EdDSA';
/** Credentials are `token:<id of the key>:<jti>`: also what is kept of a principal says whether it still holds. */
const tokens = 'token';
/** Names that this issuer gives. Without a colon, so that no other issuer's and no key's is ever the same. */
export const localName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** Makes a token, and the folder's key where there is none. Errors: those of `ensureTokenKey`. */
export async function issueToken({ dir, name, grants, ttlMs, logId, now }: TokenOrder): Promise<IssuedToken> {
  const key = ensureTokenKey(dir);
  const roles = grants.map(grantText);
  const jti = randomUUID();
  const begins = Math.floor(now / 1_000);
  const ends = Math.floor((now + ttlMs) / 1_000);
  const token = await new SignJWT({ roles })
    .setProtectedHeader({ alg: algorithm, kid: key.id, typ: 'JWT' })
    .setIssuer(ownName)
    .setSubject(name)
    .setAudience(logId ?? ownName)
    .setIssuedAt(begins)
    .setNotBefore(begins)
    .setExpirationTime(ends)
    .setJti(jti)
    .sign(key.privateKey);
  return { token, jti, expiresAt: ends * 1_000, roles };
}

export interface OwnIssuerOptions {
  readonly dir: string;
  readonly logId: string;
  readonly revoked: RevokedTokens;
  readonly now: () => Instant;
}

export class OwnIssuer implements Issuer {
  readonly name = ownName;
  private known: { readonly changed: string; readonly key: TokenKey | null } | undefined;

  constructor(private readonly options: OwnIssuerOptions) {}

  async verify(token: string): Promise<Principal> {
    const { logId, now, revoked } = this.options;
    const key = this.key();
    if (!key) throw refused('is not valid');
    const expected = { issuer: ownName, audience: [logId, ownName], algorithms: [algorithm], now: now() };
    const find = ({ kid }: { kid?: string }) => {
      if (kid !== key.id) throw refused('is not valid');
      return key.publicKey;
    };
    const { subject, issuedAt, expiresAt, payload } = await verifyJwt(token, find, expected);
    const { jti, roles } = payload;
    if (typeof jti !== 'string' || !localName.test(subject)) throw refused('is not valid');
    if (revoked.has(jti)) throw refused('was revoked');
    const texts: unknown[] = Array.isArray(roles) ? roles : [];
    const grants = texts.flatMap((text) => (typeof text === 'string' && grantOf(text)) || []);
    const credential = `${tokens}:${key.id}:${jti}`;
    return {
      id: subject,
      kind: 'token',
      grants,
      grantedOn: dayOf(issuedAt),
      expiresAt,
      credential,
    };
  }

  holds({ credential }: Principal): boolean | undefined {
    const [kind, keyId, jti = ''] = credential.split(':');
    if (kind !== tokens) return undefined;
    return this.key()?.id === keyId && !this.options.revoked.has(jti);
  }

  /** The key as the file has it now: it may have been made, or taken away, while the server runs. */
  private key(): TokenKey | null {
    const { dir } = this.options;
    const file = statSync(tokenKeyFileOf(dir), { throwIfNoEntry: false });
    const changed = file ? `${file.ino} ${file.mtimeMs} ${file.size}` : '';
    if (this.known?.changed !== changed) this.known = { changed, key: readTokenKey(dir) };
    return this.known.key;
  }
}
