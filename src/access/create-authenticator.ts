/** The authenticator of a server: tokens of its issuers, and keys of machines. */
import { decodeJwt } from 'jose';
import { LRUCache } from 'lru-cache';
import { CodedError } from '../es/errors.ts';
import type { Instant } from '../es/event.ts';
import type { Authenticator } from './authenticator.ts';
import type { Issuer } from './issuer.ts';
import { anonymous, type Principal } from './principal.ts';
import { refused } from './verify-jwt.ts';

export interface AuthenticatorOptions {
  readonly issuers: readonly Issuer[];
  /** What reads keys: credentials that begin with its name. */
  readonly keys: Issuer;
  readonly now: () => Instant;
}

/** So long what was verified is taken at its word: a revocation is known to every request after it. */
const knownMsMax = 30_000;
const headerCharsMax = 8_192;
const cacheCharsMax = 4_194_304;

interface Known {
  readonly principal: Principal;
  readonly until: Instant;
}

/** Makes it. What was verified is known again for half a minute at most; `holds` always looks anew. */
export function createAuthenticator(options: AuthenticatorOptions): Authenticator {
  return new CachingAuthenticator(options);
}

class CachingAuthenticator implements Authenticator {
  private readonly cache = new LRUCache<string, Known>({ maxSize: cacheCharsMax });

  constructor(private readonly options: AuthenticatorOptions) {}

  known(authorization: string | undefined): Principal | undefined {
    if (authorization === undefined) return anonymous;
    const known = this.cache.get(authorization);
    return known && known.until > this.options.now() ? known.principal : undefined;
  }

  async authenticate(authorization: string | undefined): Promise<Principal> {
    const known = this.known(authorization);
    if (known || authorization === undefined) return known ?? anonymous;
    const credential = credentialOf(authorization);
    const principal = await this.issuerOf(credential).verify(credential);
    const until = Math.min(this.options.now() + knownMsMax, principal.expiresAt ?? Number.POSITIVE_INFINITY);
    this.cache.set(authorization, { principal, until }, { size: authorization.length });
    return principal;
  }

  async holds(principal: Principal): Promise<boolean> {
    if (principal.kind === 'anonymous') return true;
    const { issuers, keys, now } = this.options;
    if (principal.expiresAt !== null && principal.expiresAt <= now()) return false;
    for (const issuer of [keys, ...issuers]) {
      const holds = issuer.holds(principal);
      if (holds !== undefined) return holds;
    }
    return false;
  }

  private issuerOf(credential: string): Issuer {
    const { issuers, keys } = this.options;
    if (credential.startsWith(keys.name)) return keys;
    const name = issuerNamedIn(credential);
    const issuer = issuers.find((each) => each.name === name);
    if (!issuer) throw refused('is not valid');
    return issuer;
  }
}

/** Errors: `UNAUTHENTICATED` for anything but one bearer credential. */
function credentialOf(authorization: string): string {
  if (authorization.length > headerCharsMax) throw refused('is too long');
  const [, credential] = /^Bearer ([A-Za-z0-9._~+/=-]+)$/i.exec(authorization) ?? [];
  if (credential === undefined) {
    throw new CodedError('UNAUTHENTICATED', 'The Authorization header takes `Bearer` and one token or key.');
  }
  return credential;
}

/** What the token says of its issuer, unproved: it picks who proves it. */
function issuerNamedIn(token: string): string | undefined {
  try {
    return decodeJwt(token).iss;
  } catch {
    throw refused('is not valid');
  }
}
