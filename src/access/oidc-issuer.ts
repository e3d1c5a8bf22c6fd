/** An OpenID Connect issuer that the operator trusts. Its keys are looked for when its first token comes. */
import { createHash } from 'node:crypto';
import { createRemoteJWKSet, customFetch, type FetchImplementation, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { findPersonalData } from '../domain/personal-data.ts';
import type { Instant } from '../es/event.ts';
import { dayOf } from './day-of.ts';
import { grantOf } from './grant-text.ts';
import type { Issuer } from './issuer.ts';
import { keysAddressOf, unavailable } from './oidc-discovery.ts';
import type { Grant, Principal } from './principal.ts';
import { verifyJwt } from './verify-jwt.ts';

export interface OidcOptions {
  readonly issuer: string;
  readonly audience: string;
  /** Claim that lists grants as texts; with dots, a path into nested claims. */
  readonly rolesClaim: string;
  readonly now: () => Instant;
  /** How long the issuer is left alone after it failed. */
  readonly retryDelayMs?: number;
  /** How long a token with an unknown key id does not make us ask for the keys again. */
  readonly cooldownMs?: number;
}

/** No name of this machine's own issuer and no key's has it. */
const prefix = 'oidc:';
const algorithms = ['RS256', 'ES256', 'EdDSA'];
const retryDelayMsUsual = 5_000;
const cooldownMsUsual = 30_000;
const keysAgeMsMax = 600_000;

export class OidcIssuer implements Issuer {
  readonly name: string;
  private keys: Promise<JWTVerifyGetKey> | undefined;
  private alone: Instant = Number.NEGATIVE_INFINITY;

  constructor(private readonly options: OidcOptions) {
    this.name = options.issuer;
  }

  async verify(token: string): Promise<Principal> {
    const { issuer, audience, rolesClaim, now } = this.options;
    const expected = { issuer, audience: [audience], algorithms, now: now() };
    const { subject, issuedAt, expiresAt, payload } = await verifyJwt(token, await this.discovered(), expected);
    const id = `${prefix}${nameOf(issuer, subject)}`;
    const grants = grantsIn(payload, rolesClaim);
    // Requests are counted by the person, whose tokens are renewed every few minutes.
    return { id, kind: 'token', grants, grantedOn: dayOf(issuedAt), expiresAt, credential: id };
  }

  holds({ credential }: Principal): boolean | undefined {
    return credential.startsWith(prefix) ? true : undefined;
  }

  private discovered(): Promise<JWTVerifyGetKey> {
    this.keys ??= this.discover().catch((error: unknown) => {
      this.keys = undefined;
      throw error;
    });
    return this.keys;
  }

  private async discover(): Promise<JWTVerifyGetKey> {
    const { issuer, cooldownMs = cooldownMsUsual } = this.options;
    const address = await this.sparing(() => keysAddressOf(issuer));
    const fetched: FetchImplementation = (url, init) =>
      this.sparing(async () => {
        const response = await fetch(url, init);
        if (response.status !== 200) throw unavailable('The issuer of tokens does not give its keys.');
        return response;
      });
    return createRemoteJWKSet(address, {
      cooldownDuration: cooldownMs,
      cacheMaxAge: keysAgeMsMax,
      [customFetch]: fetched,
    });
  }

  /** Asks the issuer, unless it has just failed: whoever sends tokens must not make us knock without end. */
  private async sparing<T>(ask: () => Promise<T>): Promise<T> {
    const { now, retryDelayMs = retryDelayMsUsual } = this.options;
    if (now() < this.alone) throw unavailable('The issuer of tokens cannot be reached.');
    try {
      return await ask();
    } catch (error) {
      this.alone = now() + retryDelayMs;
      throw error instanceof TypeError ? unavailable('The issuer of tokens cannot be reached.', error) : error;
    }
  }
}

/** Identifiers that say nothing of a person: those of Keycloak, Auth0, Google, Entra and the like. */
const opaque = /^[A-Za-z0-9._~|-]{1,64}$/;
const digestForm = /^u_[0-9a-f]{20}$/;
const digestCharacters = 20;

/** What the log calls a subject: itself where it is opaque, otherwise a digest, since a name in the log stays for ever. */
function nameOf(issuer: string, subject: string): string {
  if (opaque.test(subject) && !digestForm.test(subject) && !findPersonalData(subject)) return subject;
  return `u_${createHash('sha256').update(`${issuer} ${subject}`).digest('hex').slice(0, digestCharacters)}`;
}

/** Grants of a claim; texts that name no role are another program's. */
function grantsIn(payload: JWTPayload, claim: string): Grant[] {
  const listed = own(payload, claim) ?? claim.split('.').reduce<unknown>(own, payload);
  if (!Array.isArray(listed)) return [];
  return listed.flatMap((text: unknown) => (typeof text === 'string' && grantOf(text)) || []);
}

const own = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
