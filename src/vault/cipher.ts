/** AES-256-GCM as the vault uses it: a random nonce each time, and everything a box belongs to bound into its seal. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { canonicalJson } from '../es/canonical.ts';

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;
/** Texts are padded to multiples of this: a box does not tell how long a name is. */
const blockBytes = 64;
const lengthBytes = 4;

/** What a box belongs to: opened for anything else, it does not open. */
export type Belonging = readonly (string | number)[];

/** Nonce, seal and cipher text of `plain` under `key`. */
export function seal(key: Buffer, plain: Buffer, belonging: Belonging): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagBytes });
  cipher.setAAD(Buffer.from(canonicalJson(belonging)));
  const closed = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), closed]);
}

/** What was sealed; null where the box was changed, belongs elsewhere, or is of another key. The caller wipes it. */
export function unseal(key: Buffer, box: Buffer, belonging: Belonging): Buffer | null {
  if (box.length < nonceBytes + tagBytes) return null;
  const decipher = createDecipheriv(algorithm, key, box.subarray(0, nonceBytes), { authTagLength: tagBytes });
  decipher.setAAD(Buffer.from(canonicalJson(belonging)));
  decipher.setAuthTag(box.subarray(nonceBytes, nonceBytes + tagBytes));
  const opened = decipher.update(box.subarray(nonceBytes + tagBytes));
  try {
    return Buffer.concat([opened, decipher.final()]);
  } catch {
    // The seal does not hold: what came out means nothing.
    opened.fill(0);
    return null;
  }
}

/** A text with its length, filled up to whole blocks. Texts with lone surrogates are not whole: TypeError. */
export function padded(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.toString('utf8') !== text) throw new TypeError('The text is not well-formed');
  const plain = Buffer.alloc(Math.ceil((lengthBytes + bytes.length) / blockBytes) * blockBytes);
  plain.writeUInt32BE(bytes.length);
  bytes.copy(plain, lengthBytes);
  bytes.fill(0);
  return plain;
}

/** The text that `padded` filled up. */
export const unpadded = (plain: Buffer): string =>
  plain.toString('utf8', lengthBytes, lengthBytes + plain.readUInt32BE());
