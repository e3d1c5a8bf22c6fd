/** Where an OpenID Connect issuer keeps its keys (OpenID Connect Discovery 1.0). */
import { CodedError } from '../es/errors.ts';

const timeoutMs = 5_000;

/** Asks the issuer. Errors: `E_UNAVAILABLE` where it does not answer, or not as the issuer that was meant. */
export async function keysAddressOf(issuer: string): Promise<URL> {
  const said = await ask(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  if (said.issuer !== issuer) throw unavailable('The issuer of tokens calls itself otherwise than OIDC_ISSUER.');
  const named = String(said.jwks_uri);
  const address = URL.canParse(named) ? new URL(named) : null;
  // An issuer that is reached safely must not send us for its keys where others can answer.
  if (!address || (address.protocol !== 'https:' && address.protocol !== new URL(issuer).protocol)) {
    throw unavailable('The issuer of tokens names no address of its keys.');
  }
  return address;
}

/** How many keys the issuer gives. Errors: `E_UNAVAILABLE`. */
export async function countIssuersKeys(issuer: string): Promise<number> {
  const { keys } = await ask(String(await keysAddressOf(issuer)));
  return Array.isArray(keys) ? keys.length : 0;
}

/** An answer of JSON. Errors: `E_UNAVAILABLE`. */
async function ask(address: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    const response = await fetch(address, {
      headers: { accept: 'application/json' },
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (response.status !== 200) throw new Error(`HTTP status ${response.status}`);
    const said: unknown = await response.json();
    if (typeof said !== 'object' || said === null) throw new Error('no JSON object');
    return said as Readonly<Record<string, unknown>>;
  } catch (error) {
    throw unavailable('The issuer of tokens cannot be reached.', error);
  }
}

/** What is told of an issuer that fails: nothing of its address. */
export const unavailable = (message: string, cause?: unknown): CodedError =>
  new CodedError('E_UNAVAILABLE', message, {}, { cause });
