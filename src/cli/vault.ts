/** `xiangyue vault`: what the vault of a data folder holds, and its keys under another master key. */
import { existsSync } from 'node:fs';
import { CodedError } from '../es/errors.ts';
import { openVaultBeside, vaultFileOf } from '../vault/database.ts';
import { makeKeyFile, nextKeyFileOf, readKeyFile, replaceKeyFile } from '../vault/key-files.ts';
import { Vault } from '../vault/vault.ts';
import type { VaultKey } from '../vault/vault-key.ts';
import { now } from './clock.ts';
import { openForWriting } from './data-folder.ts';
import { type Console, print } from './output.ts';

export interface VaultCommand {
  readonly dataDir: string;
  readonly vaultKey: VaultKey | null;
}

/** Says how many persons the vault holds, how many were erased, and under which master key: no personal data, no key. Works
 *  beside a running server. Errors: `E_NOT_FOUND` where there is no vault. */
export function runVaultStatus(console: Console, { dataDir }: VaultCommand): void {
  requireVault(dataDir);
  const database = openVaultBeside(dataDir);
  try {
    const said = database
      .prepare(
        `select (select count(*) from person) as persons, (select count(*) from person where erased = 1) as erased,
          (select count(*) from datum) as fields, (select key_id from master) as keyId,
          (select rotated_at from master) as rotatedAt`,
      )
      .get() as { persons: number; erased: number; fields: number; keyId: string | null; rotatedAt: number | null };
    const rotated = said.rotatedAt === null ? 'never rotated' : `rotated ${new Date(said.rotatedAt).toISOString()}`;
    print(console, said, [
      `${said.persons} persons, ${said.erased} of them erased; ${said.fields} fields`,
      `master key ${said.keyId ?? 'not made yet'}, ${rotated}`,
    ]);
  } finally {
    database.close();
  }
}

/** Closes every person's key with another master key. Without a configured key the folder's own key file is replaced; with one,
 *  `nextKeyFile` holds the new key, which is to be configured then. Cut short, all keys are under the old one or the new one.
 *  Errors: `E_NOT_FOUND`, `E_DATA_DIR_IN_USE` while a server runs, `E_VAULT_LOCKED`. */
export async function runVaultRotate(
  console: Console,
  { dataDir, vaultKey, nextKeyFile }: VaultCommand & { readonly nextKeyFile?: string },
): Promise<void> {
  requireVault(dataDir);
  const store = openForWriting(dataDir, 'real');
  try {
    const next = nextKeyOf(dataDir, vaultKey, nextKeyFile);
    const vault = new Vault({ dir: dataDir, logId: (await store.identity()).id, key: vaultKey });
    let keys: number;
    try {
      keys = vault.rotate(next, now());
    } finally {
      vault.close();
    }
    if (vaultKey === null) replaceKeyFile(dataDir);
    print(console, { keys, keyId: next.id }, [
      `${keys} keys are under the master key ${next.id}`,
      ...(vaultKey === null ? [] : ['Configure it (VAULT_KEY or VAULT_KEY_FILE) before the next start.']),
    ]);
  } finally {
    await store.close();
  }
}

function requireVault(dataDir: string): void {
  if (!existsSync(vaultFileOf(dataDir))) throw new CodedError('E_NOT_FOUND', 'There is no vault in this folder.');
}

/** The folder's own next key, made where a rotation was not cut short after making it; or the operator's. */
function nextKeyOf(dataDir: string, configured: VaultKey | null, nextKeyFile: string | undefined): VaultKey {
  if (configured === null) return readKeyFile(nextKeyFileOf(dataDir)) ?? makeKeyFile(nextKeyFileOf(dataDir));
  const next = nextKeyFile === undefined ? null : readKeyFile(nextKeyFile);
  if (!next) throw new CodedError('E_NOT_FOUND', 'Name in --next-key-file a file that holds the new master key.');
  return next;
}
