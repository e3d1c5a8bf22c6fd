/** Where a laptop's master key lies, and how a key file is made and replaced so that no crash loses it. */
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { makePrivateFile, syncFolder } from '../private-file.ts';
import { VaultKey } from './vault-key.ts';

/** The key of a folder for which the operator has configured none. */
export const keyFileOf = (dir: string): string => join(dir, 'vault.key');
/** Its successor while a rotation is under way. */
export const nextKeyFileOf = (dir: string): string => join(dir, 'vault.key.next');

/** The key of a file; null where there is no file, or no key in it. */
export function readKeyFile(path: string): VaultKey | null {
  return existsSync(path) ? VaultKey.parse(readFileSync(path, 'utf8')) : null;
}

/** Makes a key file that only its owner can read, on the disk when this returns. Throws EEXIST where there is one. */
export function makeKeyFile(path: string): VaultKey {
  const key = VaultKey.random();
  makePrivateFile(path, key.toFileText());
  return key;
}

/** The keys that may open a folder's vault: the configured one, or those of the folder's own files. */
export function keysOf(dir: string, configured: VaultKey | null): VaultKey[] {
  if (configured) return [configured];
  return [keyFileOf(dir), nextKeyFileOf(dir)].flatMap((path) => readKeyFile(path) ?? []);
}

/** Puts the next key in the place of the last, whose bytes are overwritten. Cut short at any point, `keysOf` finds the next. */
export function replaceKeyFile(dir: string): void {
  const path = keyFileOf(dir);
  if (existsSync(path)) overwrite(path);
  renameSync(nextKeyFileOf(dir), path);
  syncFolder(dir);
}

function overwrite(path: string): void {
  const file = openSync(path, 'r+');
  try {
    writeSync(file, Buffer.alloc(statSync(path).size), 0);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
