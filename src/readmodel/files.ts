/** The read-model files of a data folder. */
import { readdir, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Projection } from '../es/projection.ts';
import { fileStem } from './tables.ts';

const filePattern = /^readmodel-[0-9a-f]+(?:-(\d+))?\.sqlite$/;
const draftPattern = /^readmodel-[0-9a-f]+(?:-\d+)?\.sqlite\.draft/;

/** Paths of all read models in the folder, the newest first. */
export async function readModelFiles(dir: string): Promise<string[]> {
  const paths = (await readdir(dir)).filter((name) => filePattern.test(name)).map((name) => join(dir, name));
  const dated = await Promise.all(paths.map(async (path) => ({ path, changed: (await stat(path)).mtimeMs })));
  return dated.sort((a, b) => b.changed - a.changed).map(({ path }) => path);
}

/** The newest file of these projections; null where there is none. */
export async function currentFile(dir: string, projections: readonly Projection[]): Promise<string | null> {
  const stem = fileStem(projections);
  return (await readModelFiles(dir)).find((path) => hasStem(path, stem)) ?? null;
}

/** Path of a file with this stem that none of `files` has. A name is not used again: a connection that is not yet closed for good
 *  would take the newcomer's journal for its own. */
export function freePath(dir: string, stem: string, files: readonly string[]): string {
  const numbers = files.map((path) => Number(filePattern.exec(basename(path))?.[1] ?? 1));
  const number = Math.max(0, ...numbers) + 1;
  return join(dir, number === 1 ? `${stem}.sqlite` : `${stem}-${number}.sqlite`);
}

/** True where the file is named after this stem. */
export const hasStem = (path: string, stem: string): boolean =>
  new RegExp(`^${stem}(-\\d+)?\\.sqlite$`).test(basename(path));

/** Removes what a rebuild that was cut short has left. */
export async function removeDrafts(dir: string): Promise<void> {
  const names = (await readdir(dir)).filter((name) => draftPattern.test(name));
  await Promise.all(names.map((name) => rm(join(dir, name), { force: true })));
}

/** Removes a read-model file with its journal; what is not there is passed over. */
export async function removeReadModel(path: string): Promise<void> {
  for (const suffix of ['-wal', '-shm', '']) await rm(path + suffix, { force: true });
}

/** Result codes of SQLite for a file that is no database or a damaged one. */
const damaged = new Set([11, 26]);
/** Those for a file that is there but cannot be used at the moment: busy, locked, read-only, I/O, full, cannot open. */
const passing = new Set([5, 6, 8, 10, 13, 14]);

/** True where an error says that the file is damaged. */
export const isDamage = (error: unknown): boolean => damaged.has(resultCode(error) ?? 0);

/** True where an error says that the file can be read only. */
export const isReadOnly = (error: unknown): boolean => resultCode(error) === 8;

/** True where an error in opening a file says that it will never open: it is damaged, or not of the layout it is named after. */
export function isUnfit(error: unknown): boolean {
  const code = resultCode(error);
  if (code !== undefined) return !passing.has(code);
  return !(error instanceof Error && 'syscall' in error);
}

/** SQLite's own texts: the driver gives an error's code where a file is opened, and the text alone where a statement runs. */
const texts: readonly (readonly [text: string, code: number])[] = [
  ['database is locked', 5],
  ['database table is locked', 6],
  ['attempt to write a readonly database', 8],
  ['disk I/O error', 10],
  ['database disk image is malformed', 11],
  ['database or disk is full', 13],
  ['unable to open database file', 14],
  ['file is not a database', 26],
];

function resultCode(error: unknown): number | undefined {
  const { code, errcode, message } = Object(error) as { code?: unknown; errcode?: number; message?: string };
  if (errcode !== undefined) return errcode & 0xff;
  if (code !== 'ERR_SQLITE_ERROR') return undefined;
  return texts.find(([text]) => message?.startsWith(text))?.[1] ?? 1;
}
