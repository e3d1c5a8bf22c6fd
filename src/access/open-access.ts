import type { Instant } from '../es/event.ts';
import { AccessFile } from './access-file.ts';
import type { ApiKeys } from './api-keys.ts';
import type { Authenticator } from './authenticator.ts';
import { createAuthenticator } from './create-authenticator.ts';
import { KeyStore } from './key-store.ts';
import { OidcIssuer, type OidcOptions } from './oidc-issuer.ts';
import { OwnIssuer } from './own-issuer.ts';
import { RevokedTokens } from './revoked-tokens.ts';

export interface AccessOptions {
  /** The data folder. */
  readonly dir: string;
  readonly logId: string;
  /** Another issuer that is trusted; null for none. */
  readonly oidc: Omit<OidcOptions, 'now'> | null;
  readonly now: () => Instant;
  /** Hears what went wrong and kept nobody from being known. */
  readonly onFault: (error: unknown) => void;
}

export interface Access {
  readonly authenticator: Authenticator;
  readonly keys: ApiKeys;
  readonly close: () => void;
}

/** Who may come into a server: by tokens of the folder's own issuer and of the one configured, and by keys. */
export function openAccess({ dir, logId, oidc, now, onFault }: AccessOptions): Access {
  const file = new AccessFile(dir);
  const keys = new KeyStore({ file, now, onFault });
  const own = new OwnIssuer({ dir, logId, revoked: new RevokedTokens(file), now });
  const issuers = oidc ? [own, new OidcIssuer({ ...oidc, now })] : [own];
  const authenticator = createAuthenticator({ issuers, keys, now });
  return { authenticator, keys, close: () => file.close() };
}
