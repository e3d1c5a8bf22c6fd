/** Reading an edition's file. A broken file is refused whole, with the line at which it breaks; dirty names pass. */
import { createHash } from 'node:crypto';
import { constants, gunzipSync } from 'node:zlib';
import { CodedError } from '../es/errors.ts';
import type { Edition, RosterRow } from './edition.ts';

const header = 'code,name';
/** Unpacked size beyond which a file is no edition: all of China is 24 MB. */
const textBytesMax = 256 * 1024 * 1024;
const nameCharsMax = 120;
const codePattern = /^\d{2}(\d{2}(\d{2}(\d{3}(\d{3})?)?)?)?$/;
const parentDigits: Readonly<Record<number, number>> = { 4: 2, 6: 4, 9: 6, 12: 9 };

/** Parses a file, packed by gzip or plain. Errors: `E_ROSTER_INVALID` with `line` (from 1). */
export function parseEdition(bytes: Uint8Array): Edition {
  const unpacked = unpack(bytes);
  const text = decode(unpacked);
  if (!text.endsWith('\n')) throw broken(countLines(unpacked), 'the file is cut off: its last line does not end');
  const lines = text.split('\n');
  lines.pop();
  if (lines[0] !== header) throw broken(1, `the header is not "${header}"`);
  if (lines.length === 1) throw broken(1, 'there are no rows');
  const rows: RosterRow[] = [];
  const seen = new Set<string>();
  for (let at = 1; at < lines.length; at += 1) {
    const row = parseRow(lines[at] as string, at + 1);
    checkOrder(row.code, rows.at(-1)?.code, seen, at + 1);
    seen.add(row.code);
    rows.push(row);
  }
  const villages = rows.filter(({ code }) => code.length === 12).length;
  return { rows, villages, sha256: createHash('sha256').update(unpacked).digest('hex') };
}

function parseRow(line: string, number: number): RosterRow {
  const comma = line.indexOf(',');
  if (comma < 0) throw broken(number, 'the line has no comma');
  const code = line.slice(0, comma);
  const name = line.slice(comma + 1);
  if (!codePattern.test(code)) throw broken(number, 'the code has not 2, 4, 6, 9 or 12 digits');
  if (code.length === 12 && (code.endsWith('000') || Number(code.slice(9)) > 599)) {
    throw broken(number, 'the last three digits of the village code lie outside 001 to 599');
  }
  if (name.length === 0) throw broken(number, 'the name is empty');
  if (name.length > nameCharsMax) throw broken(number, `the name is longer than ${nameCharsMax} characters`);
  if (/[\p{Cc}\uFFFD,"]/u.test(name)) {
    throw broken(number, 'the name holds a comma, a quotation mark, a control or a replacement character');
  }
  return { code, name };
}

function checkOrder(code: string, before: string | undefined, seen: ReadonlySet<string>, line: number): void {
  if (code === before) throw broken(line, `the code ${code} stands twice`);
  if (before !== undefined && code < before) throw broken(line, `the code ${code} stands after ${before}: not sorted`);
  const digits = parentDigits[code.length];
  if (digits !== undefined && !seen.has(code.slice(0, digits))) {
    throw broken(line, `the parent ${code.slice(0, digits)} of ${code} is missing`);
  }
}

function unpack(bytes: Uint8Array): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: textBytesMax });
  } catch (error) {
    throw broken(lastLineOf(bytes), 'the packed file is cut off or damaged', error);
  }
}

/** The line at which a damaged packed file ends, as far as it unpacks. */
function lastLineOf(bytes: Uint8Array): number {
  try {
    return countLines(gunzipSync(bytes, { maxOutputLength: textBytesMax, finishFlush: constants.Z_SYNC_FLUSH }));
  } catch {
    // Nothing of it can be read: the damage begins with the first line.
    return 1;
  }
}

function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf)
    throw broken(1, 'the file begins with a byte order mark');
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw broken(firstUndecodableLine(bytes), 'the text is not UTF-8', error);
  }
}

function firstUndecodableLine(bytes: Uint8Array): number {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let line = 1;
  let start = 0;
  for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
    try {
      decoder.decode(bytes.subarray(start, end));
    } catch {
      return line;
    }
    line += 1;
    start = end + 1;
  }
  return line;
}

function countLines(bytes: Uint8Array): number {
  let lines = 1;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) lines += 1;
  return bytes.at(-1) === 10 ? lines - 1 : lines;
}

const broken = (line: number, why: string, cause?: unknown) =>
  new CodedError('E_ROSTER_INVALID', `Line ${line}: ${why}.`, { line }, { cause });
