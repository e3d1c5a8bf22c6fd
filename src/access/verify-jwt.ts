/** The checks that every token goes through, whoever issued it. */
import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { CodedError } from '../es/errors.ts';
import type { Instant } from '../es/event.ts';

export interface Expected {
  readonly issuer: string;
  /** One of them is to be named. */
  readonly audience: readonly string[];
  readonly algorithms: readonly string[];
  readonly now: Instant;
}

/** What a token says, checked. */
export interface Claims {
  readonly subject: string;
  readonly issuedAt: Instant;
  readonly expiresAt: Instant;
  readonly payload: JWTPayload;
}

/** Clocks of two machines may differ by so much: a token is taken so long before it begins. */
const clockToleranceSeconds = 5;
const instantMax = 8_640_000_000_000_000;

/** What the codes of jose say of the issuer, not of the token. */
const issuerCodes: ReadonlySet<string> = new Set(['ERR_JWKS_TIMEOUT', 'ERR_JOSE_GENERIC', 'ERR_JWKS_INVALID']);

/** Verifies a token's signature and claims. Errors: `UNAUTHENTICATED`; `E_UNAVAILABLE` where its issuer's keys cannot be had. */
export async function verifyJwt(token: string, keys: JWTVerifyGetKey, expected: Expected): Promise<Claims> {
  const { issuer, audience, algorithms, now } = expected;
  try {
    const { payload } = await jwtVerify(token, keys, {
      issuer,
      audience: [...audience],
      algorithms: [...algorithms],
      currentDate: new Date(now),
      clockTolerance: clockToleranceSeconds,
      requiredClaims: ['iss', 'aud', 'exp', 'sub'],
    });
    return claimsOf(payload, now);
  } catch (error) {
    throw told(error);
  }
}

function claimsOf(payload: JWTPayload, now: Instant): Claims {
  const { sub, exp, iat } = payload;
  const expiresAt = (exp as number) * 1_000;
  const issuedAt = iat === undefined ? now : iat * 1_000;
  if (typeof sub !== 'string' || sub === '' || !(expiresAt <= instantMax)) throw refused('is not valid');
  // The tolerance is for tokens that begin: what has expired has expired, here and on open sockets alike.
  if (expiresAt <= now) throw refused('has expired');
  if (!(issuedAt >= 0 && issuedAt <= now + clockToleranceSeconds * 1_000)) throw refused('is not valid yet');
  return { subject: sub, issuedAt, expiresAt, payload };
}

/** The refusal of a token: what is wrong in general, and nothing of keys. */
export const refused = (what: string): CodedError => new CodedError('UNAUTHENTICATED', `The token ${what}.`);

function told(error: unknown): unknown {
  if (!(error instanceof errors.JOSEError)) return error;
  if (issuerCodes.has(error.code)) {
    return new CodedError('E_UNAVAILABLE', 'The issuer of the token cannot be reached.', {}, { cause: error });
  }
  if (error instanceof errors.JWTExpired) return refused('has expired');
  if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'nbf') return refused('is not valid yet');
  return refused('is not valid');
}
