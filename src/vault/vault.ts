/** The vault: one random key a person, closed by the master key; one box a datum, closed by the person's key. It knows neither
 *  the log nor the clock. */
import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { PersonalDatum, PersonalField, StoredField } from '../domain/personal-field.ts';
import { canonicalJson } from '../es/canonical.ts';
import { CodedError } from '../es/errors.ts';
import { type Belonging, padded, seal, unpadded, unseal } from './cipher.ts';
import { coded, type Database, emptyJournal, openVaultFile, transact } from './database.ts';
import { keyFileOf, keysOf, makeKeyFile } from './key-files.ts';
import { keyBytes, type VaultKey } from './vault-key.ts';

export interface VaultOptions {
  readonly dir: string;
  /** Id of the log whose persons it holds. */
  readonly logId: string;
  /** The master key; null where it lies in the folder itself, or is made there with the first person. */
  readonly key: VaultKey | null;
}

interface DatumRow {
  readonly field: PersonalField;
  readonly version: number;
  readonly processing_ground: StoredField['processingGround'];
  readonly retention: StoredField['retention'];
  readonly box: Uint8Array;
}

/** A datum as it is held, and the version under which it was put. */
export type HeldDatum = PersonalDatum & { readonly version: number };

const refCharacters = 32;

export class Vault {
  readonly #options: VaultOptions;
  readonly #database: Database;
  #master: VaultKey | undefined;

  /** Opens the vault, or makes it. It need not be unlocked to destroy. Errors: those of `openVaultFile`. */
  constructor(options: VaultOptions) {
    this.#options = options;
    this.#database = openVaultFile(options.dir, options.logId);
  }

  /** Finds the master key, or makes it with an empty vault. Errors: `E_VAULT_LOCKED`. */
  unlock(): VaultKey {
    this.#master ??= coded(() => this.#findMaster());
    return this.#master;
  }

  #findMaster(): VaultKey {
    const { dir, key } = this.#options;
    const known = this.#database.prepare('select key_id from master').get() as { key_id: string } | undefined;
    const keys = keysOf(dir, key);
    if (known) {
      const found = keys.find(({ id }) => id === known.key_id);
      if (found) return found;
      throw new CodedError('E_VAULT_LOCKED', 'The key that this vault was closed with is not there.', {
        keyId: known.key_id,
      });
    }
    const master = keys[0] ?? makeKeyFile(keyFileOf(dir));
    const refKey = randomBytes(keyBytes);
    transact(this.#database, () =>
      this.#database
        .prepare('insert into master values (1, ?, ?, null)')
        .run(master.id, wrap(master, refKey, this.#refKeyBelongs())),
    );
    return master;
  }

  /** The reference of the person that a command registers: the same for the same command, and of no use to anybody else. */
  refFor(commandId: string): string {
    return coded(() => {
      const master = this.unlock();
      const { ref_key } = this.#database.prepare('select ref_key from master').get() as { ref_key: Uint8Array };
      const refKey = unwrap(master, Buffer.from(ref_key), this.#refKeyBelongs());
      const digest = createHmac('sha256', refKey).update(commandId).digest('hex');
      refKey.fill(0);
      return `p_${digest.slice(0, refCharacters)}`;
    });
  }

  /** Makes the person's key where there is none. Errors: `E_PERSON_ERASED`. */
  ensureKey(personRef: string): void {
    coded(() => {
      const master = this.unlock();
      if (this.#wrappedKey(personRef)) return;
      const key = randomBytes(keyBytes);
      const wrapped = wrap(master, key, this.#keyBelongs(personRef));
      key.fill(0);
      transact(this.#database, () =>
        this.#database.prepare('insert into person values (?, ?, 0)').run(personRef, wrapped),
      );
    });
  }

  /** A digest of the data that nobody without the person's key can guess at, and nobody at all once that is gone. */
  digest(personRef: string, data: readonly PersonalDatum[]): string {
    return this.#withKey(personRef, (key) => {
      const own = Buffer.from(hkdfSync('sha256', key, '', 'xiangyue vault: digest', keyBytes));
      return createHmac('sha256', own).update(canonicalJson(data)).digest('hex');
    });
  }

  /** Puts data under a version, in place of older ones; what is held under this or a later version stays. */
  put(personRef: string, version: number, data: readonly PersonalDatum[]): void {
    this.#withKey(personRef, (key) =>
      transact(this.#database, () => {
        const statement = this.#database.prepare(`
          insert into datum values (?, ?, ?, ?, ?, ?)
          on conflict do update set version = excluded.version, processing_ground = excluded.processing_ground,
            retention = excluded.retention, box = excluded.box
          where excluded.version > version`);
        for (const { field, value, processingGround, retention } of data) {
          const plain = padded(value);
          const box = seal(key, plain, this.#datumBelongs(personRef, field, version, processingGround, retention));
          plain.fill(0);
          statement.run(personRef, field, version, processingGround, retention, box);
        }
      }),
    );
  }

  /** What is held of a person. Errors: `E_PERSON_ERASED`; `E_VAULT_DAMAGED` where a box was changed, or put in another's place. */
  get(personRef: string): readonly HeldDatum[] {
    return this.#withKey(personRef, (key) => {
      const rows = this.#database
        .prepare('select field, version, processing_ground, retention, box from datum where person_ref = ?')
        .all(personRef) as unknown as DatumRow[];
      return rows.map((row) => {
        const { field, version, processing_ground: processingGround, retention } = row;
        const belongs = this.#datumBelongs(personRef, field, version, processingGround, retention);
        const plain = unseal(key, Buffer.from(row.box), belongs);
        if (!plain) throw new CodedError('E_VAULT_DAMAGED', 'A datum of the vault was changed.', { field });
        const value = unpadded(plain);
        plain.fill(0);
        return { field, version, processingGround, retention, value };
      });
    });
  }

  /** Destroys the person's key and all that it closed, for ever; the vault need not be unlocked. The same again is harmless.
   *  Errors: `E_VAULT_UNAVAILABLE` where another process still reads old pages: then call again. */
  destroy(personRefs: readonly string[]): void {
    coded(() => {
      transact(this.#database, () => {
        const data = this.#database.prepare('delete from datum where person_ref = ?');
        const key = this.#database.prepare(`
          insert into person values (?, null, 1) on conflict do update set wrapped_key = null, erased = 1`);
        for (const personRef of personRefs) {
          data.run(personRef);
          key.run(personRef);
        }
      });
      emptyJournal(this.#database);
    });
  }

  /** Position of the log up to which every destruction is carried out. */
  get settledPosition(): number {
    return coded(() => (this.#database.prepare('select settled_position as at from vault').get() as { at: number }).at);
  }

  set settledPosition(position: number) {
    coded(() => {
      this.#database.prepare('update vault set settled_position = ?').run(position);
    });
  }

  /** Closes every key with another master key: all of them or none, whenever it is cut short. */
  rotate(next: VaultKey, now: number): number {
    return coded(() => {
      const last = this.unlock();
      const count = transact(this.#database, () => {
        const { ref_key } = this.#database.prepare('select ref_key from master').get() as { ref_key: Uint8Array };
        const refKey = rewrap(last, next, ref_key, this.#refKeyBelongs());
        const keys = this.#database
          .prepare('select person_ref, wrapped_key from person where erased = 0')
          .all() as unknown as { person_ref: string; wrapped_key: Uint8Array }[];
        const change = this.#database.prepare('update person set wrapped_key = ? where person_ref = ?');
        for (const { person_ref, wrapped_key } of keys) {
          change.run(rewrap(last, next, wrapped_key, this.#keyBelongs(person_ref)), person_ref);
        }
        this.#database.prepare('update master set key_id = ?, ref_key = ?, rotated_at = ?').run(next.id, refKey, now);
        return keys.length;
      });
      this.#master = next;
      try {
        emptyJournal(this.#database);
      } catch {
        // A reader's moment. The rotation is durable; the journal's old keys go when the vault is closed or opened next.
      }
      return count;
    });
  }

  close(): void {
    try {
      emptyJournal(this.#database);
    } catch {
      // A reader's moment: the journal holds only what is sealed, and the next opening takes it in.
    }
    this.#database.close();
  }

  #wrappedKey(personRef: string): Buffer | null {
    const row = this.#database.prepare('select wrapped_key, erased from person where person_ref = ?').get(personRef) as
      | { wrapped_key: Uint8Array | null; erased: number }
      | undefined;
    if (row?.erased) throw new CodedError('E_PERSON_ERASED', 'The person was erased.');
    return row?.wrapped_key ? Buffer.from(row.wrapped_key) : null;
  }

  #withKey<T>(personRef: string, work: (key: Buffer) => T): T {
    return coded(() => {
      const wrapped = this.#wrappedKey(personRef);
      if (!wrapped) throw new CodedError('E_VAULT_DAMAGED', 'The vault holds no key of this person.');
      const key = unwrap(this.unlock(), wrapped, this.#keyBelongs(personRef));
      try {
        return work(key);
      } finally {
        key.fill(0);
      }
    });
  }

  #refKeyBelongs(): Belonging {
    return ['xiangyue vault 1', 'references', this.#options.logId];
  }

  #keyBelongs(personRef: string): Belonging {
    return ['xiangyue vault 1', 'key', this.#options.logId, personRef];
  }

  #datumBelongs(personRef: string, ...datum: readonly (string | number)[]): Belonging {
    return ['xiangyue vault 1', 'datum', this.#options.logId, personRef, ...datum];
  }
}

function wrap(master: VaultKey, key: Buffer, belonging: Belonging): Buffer {
  const wrapping = master.wrappingKey();
  const wrapped = seal(wrapping, key, belonging);
  wrapping.fill(0);
  return wrapped;
}

function unwrap(master: VaultKey, wrapped: Buffer, belonging: Belonging): Buffer {
  const wrapping = master.wrappingKey();
  const key = unseal(wrapping, wrapped, belonging);
  wrapping.fill(0);
  if (!key) throw new CodedError('E_VAULT_DAMAGED', 'A key of the vault was changed.');
  return key;
}

function rewrap(last: VaultKey, next: VaultKey, wrapped: Uint8Array, belonging: Belonging): Buffer {
  const key = unwrap(last, Buffer.from(wrapped), belonging);
  const closed = wrap(next, key, belonging);
  key.fill(0);
  return closed;
}
