/** The master key: it closes the keys of the persons, and nothing else. */
import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { inspect } from 'node:util';

export const keyBytes = 32;

/** 32 random bytes that no output of the program shows: as JSON, as text and to a debugger it is its id. */
export class VaultKey {
  readonly #bytes: Buffer;
  /** Tells keys apart and gives nothing away of them. */
  readonly id: string;

  constructor(bytes: Buffer) {
    if (bytes.length !== keyBytes) throw new TypeError('A master key has 32 bytes');
    this.#bytes = bytes;
    this.id = createHmac('sha256', bytes).update('xiangyue vault: id of the key').digest('hex').slice(0, 16);
  }

  static random(): VaultKey {
    return new VaultKey(randomBytes(keyBytes));
  }

  /** The key of a text: 64 hexadecimal digits, or 44 characters of base64. Null where it is neither. */
  static parse(text: string): VaultKey | null {
    const trimmed = text.trim();
    if (/^[0-9a-fA-F]{64}$/.test(trimmed)) return new VaultKey(Buffer.from(trimmed, 'hex'));
    if (/^[A-Za-z0-9+/_-]{43}=?$/.test(trimmed)) return new VaultKey(Buffer.from(trimmed, 'base64'));
    return null;
  }

  /** The text that `parse` reads, for a key file. */
  toFileText(): string {
    return `${this.#bytes.toString('base64')}\n`;
  }

  /** The key that closes other keys. The caller wipes it. */
  wrappingKey(): Buffer {
    return Buffer.from(hkdfSync('sha256', this.#bytes, '', 'xiangyue vault: wrapping keys', keyBytes));
  }

  toJSON(): string {
    return `key ${this.id}`;
  }

  toString(): string {
    return this.toJSON();
  }

  [inspect.custom](): string {
    return this.toJSON();
  }
}
