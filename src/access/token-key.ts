/** The key that a single machine signs its own tokens with: Ed25519, as a JWK in the data folder. */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  type JsonWebKey as NodeJsonWebKey,
} from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CodedError } from '../es/errors.ts';
import { makePrivateFile } from '../private-file.ts';

export interface TokenKey {
  /** Thumbprint of the public key (RFC 7638). */
  readonly id: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** Whoever can read it can make any token of this folder; where it is removed, all of its tokens are void. */
export const tokenKeyFileOf = (dir: string): string => join(dir, 'token.key');

/** The folder's key; null where none was made yet. Errors: `E_UNAVAILABLE` where the file cannot be read or holds no key. */
export function readTokenKey(dir: string): TokenKey | null {
  try {
    return keyOf(readFileSync(tokenKeyFileOf(dir), 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new CodedError('E_UNAVAILABLE', 'The key of tokens (token.key) cannot be read.', {}, { cause: error });
  }
}

/** The folder's key, made with the folder where there is none. Errors: as `readTokenKey`, and those of the disk. */
export function ensureTokenKey(dir: string): TokenKey {
  const known = readTokenKey(dir);
  if (known) return known;
  mkdirSync(dir, { recursive: true });
  const { privateKey } = generateKeyPairSync('ed25519');
  try {
    makePrivateFile(tokenKeyFileOf(dir), `${JSON.stringify(privateKey.export({ format: 'jwk' }))}\n`);
  } catch (error) {
    // Another process was quicker: its key is the one.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readTokenKey(dir) as TokenKey;
}

function keyOf(text: string): TokenKey {
  const jwk = JSON.parse(text) as NodeJsonWebKey;
  const privateKey = createPrivateKey({ key: jwk, format: 'jwk' });
  if (privateKey.asymmetricKeyType !== 'ed25519') throw new Error('no key of Ed25519');
  const publicKey = createPublicKey(privateKey);
  const { crv, kty, x } = publicKey.export({ format: 'jwk' });
  const id = createHash('sha256').update(JSON.stringify({ crv, kty, x })).digest('base64url');
  return { id, privateKey, publicKey };
}
