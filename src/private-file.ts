/** Files with secrets: readable by their owner alone, and put in place whole, so that no crash leaves a torn one. */
import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, openSync, unlinkSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** Makes a file of mode 0600, on the disk when this returns. Throws EEXIST where there is one already. */
export function makePrivateFile(path: string, text: string): void {
  // A name of its own: two processes may make the file at once, and one of them is refused by the link.
  const aside = `${path}.${randomBytes(6).toString('hex')}.new`;
  const file = openSync(aside, 'wx', 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  try {
    linkSync(aside, path);
  } finally {
    unlinkSync(aside);
  }
  syncFolder(dirname(path));
}

/** Puts the names of a folder's files on the disk. */
export function syncFolder(dir: string): void {
  const folder = openSync(dir, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
