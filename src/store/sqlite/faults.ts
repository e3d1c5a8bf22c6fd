/** What the disk, the file system or SQLite refuses, as errors of the catalogue. */
import { accessSync, constants, statfsSync } from 'node:fs';
import { CodedError, type ErrorCode } from '../../es/errors.ts';

/** Primary result codes of SQLite. */
const sqlite = { busy: 5, locked: 6, readOnly: 8, ioError: 10, corrupt: 11, full: 13, cantOpen: 14, notADatabase: 26 };
const constraintTrigger = 1811;

/** The primary result code of a driver's error, or undefined where the error is none of SQLite's. */
function sqliteCode(error: unknown): number | undefined {
  const code = extendedCode(error);
  return code === undefined ? undefined : code & 0xff;
}

/** True where a trigger of the schema refused the statement with this message. */
export const refusedWith = (error: unknown, message: string): boolean =>
  extendedCode(error) === constraintTrigger && (error as Error).message.includes(message);

/** True where another connection holds the lock. */
export const isBusy = (error: unknown): boolean => {
  const code = sqliteCode(error);
  return code === sqlite.busy || code === sqlite.locked;
};

/** True where the connection may have lost its file, so that a new one may fare better. */
export const losesConnection = (error: unknown): boolean => {
  const code = sqliteCode(error);
  return code === sqlite.ioError || code === sqlite.cantOpen;
};

/** The coded error for a failure in the data folder `dir`; an error that is no fault of storage comes back as it is. */
export function storageFault(error: unknown, dir: string): unknown {
  if (error instanceof CodedError) return error;
  const code = codeOf(error, dir);
  return code === undefined ? error : new CodedError(code, messages[code], {}, { cause: error });
}

const messages = {
  E_UNAVAILABLE: 'The log cannot be reached at the moment.',
  E_STORAGE_FULL: 'The disk of the data folder is full; nothing was written.',
  E_READ_ONLY: 'The data folder cannot be written; nothing was written.',
  E_LOG_DAMAGED: 'The log file is damaged.',
} as const satisfies Partial<Record<ErrorCode, string>>;

function codeOf(error: unknown, dir: string): keyof typeof messages | undefined {
  // Stored text that is no JSON was not written by us.
  if (error instanceof SyntaxError) return 'E_LOG_DAMAGED';
  const code = sqliteCode(error) ?? systemCode(error);
  switch (code) {
    case undefined:
      return undefined;
    case sqlite.full:
      return 'E_STORAGE_FULL';
    case sqlite.readOnly:
      return 'E_READ_ONLY';
    case sqlite.corrupt:
    case sqlite.notADatabase:
      return 'E_LOG_DAMAGED';
    case sqlite.ioError:
    case sqlite.cantOpen:
      return conditionOf(dir);
    case sqlite.busy:
    case sqlite.locked:
      return 'E_UNAVAILABLE';
  }
  return undefined;
}

/** SQLite says only "I/O error" of some refusals: the folder itself tells why. */
function conditionOf(dir: string): 'E_READ_ONLY' | 'E_STORAGE_FULL' | 'E_UNAVAILABLE' {
  try {
    if (statfsSync(dir).bavail === 0) return 'E_STORAGE_FULL';
    accessSync(dir, constants.W_OK);
    return 'E_UNAVAILABLE';
  } catch (error) {
    return systemCode(error) === sqlite.readOnly ? 'E_READ_ONLY' : 'E_UNAVAILABLE';
  }
}

/** The driver's `all()` throws without a code; what it says is SQLite's own text for the primary code. */
const texts: Readonly<Record<string, number>> = {
  'database is locked': sqlite.busy,
  'database table is locked': sqlite.locked,
  'attempt to write a readonly database': sqlite.readOnly,
  'disk I/O error': sqlite.ioError,
  'database disk image is malformed': sqlite.corrupt,
  'database or disk is full': sqlite.full,
  'unable to open database file': sqlite.cantOpen,
  'file is not a database': sqlite.notADatabase,
};

function extendedCode(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined;
  const { errcode } = error as { errcode?: unknown };
  return typeof errcode === 'number' ? errcode : texts[error.message];
}

/** A file system error in SQLite's words. */
function systemCode(error: unknown): number | undefined {
  switch ((error as NodeJS.ErrnoException | undefined)?.code) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return sqlite.readOnly;
    case 'ENOSPC':
    case 'EDQUOT':
      return sqlite.full;
    case 'EIO':
    case 'EMFILE':
    case 'ENFILE':
    case 'ENOENT':
      return sqlite.ioError;
    default:
      return undefined;
  }
}
