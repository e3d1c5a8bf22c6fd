/** JSON as clients send it: one reading for every transport, which refuses what two readers could understand differently. */
import { isUtf8 } from 'node:buffer';
import { CodedError } from '../es/errors.ts';
import { badInput } from './input-error.ts';
import { type JsonLimits, JsonScan } from './json-scan.ts';
import { overLimit } from './limits.ts';

/** Text of bytes that must be UTF-8. Errors: `BAD_REQUEST`. */
export function decodeUtf8(bytes: Buffer): string {
  // Decoding by itself would put U+FFFD for what is broken, and say nothing.
  if (!isUtf8(bytes)) throw new CodedError('BAD_REQUEST', 'The body is not UTF-8.');
  return bytes.toString('utf8');
}

/** Parses a text in time linear to its length. Keys such as `__proto__` become keys like any other, on an object of their own.
 *  Errors: `BAD_REQUEST` where it is no JSON or names a key twice; `E_LIMIT` for `jsonDepthMax` and `jsonKeysMax`; `BAD_USER_INPUT` with the path
 *  of a string with half a character or NUL in it, and of a number that a double does not hold. */
export function parseJson(text: string, limits: JsonLimits): unknown {
  if (text.charCodeAt(0) === byteOrderMark) throw notJson('it begins with a byte order mark');
  const fault = new JsonScan(text, limits).firstFault();
  if (fault?.kind === 'limit') {
    const max = limits[fault.limit];
    throw overLimit(fault.limit, max, `above ${max}`, fault.what);
  }
  if (fault?.kind === 'value') throw badInput(insideVariables(fault.path), `The ${fault.message}`);
  if (fault) throw notJson(fault.message);
  try {
    return JSON.parse(text);
  } catch {
    throw notJson('it breaks off or breaks the grammar');
  }
}

const byteOrderMark = 0xfeff;

const notJson = (because: string) => new CodedError('BAD_REQUEST', `The body is not JSON: ${because}.`);

/** A variable is named as the operation names it, however it is wrapped on its way. */
function insideVariables(path: readonly (string | number)[]): readonly (string | number)[] {
  const at = path.indexOf('variables');
  return at >= 0 && at <= 1 && path.length > at + 1 ? path.slice(at + 1) : path;
}
