/** What is not seen in an input: two texts that look alike would not be one, or would be one in secret. */
import { unseenIn } from '../../es/name-key.ts';
import { badInput } from '../input-error.ts';

/** Read by people alone: nothing is found or compared by it. */
const remarks: ReadonlySet<string> = new Set(['note']);

/** Refuses an input with a text in which a character is not seen. Errors: `BAD_USER_INPUT` with its path and the character. */
export function refuseUnseen(value: unknown, path: readonly (string | number)[]): void {
  if (typeof value === 'string') {
    const character = unseenIn(value);
    if (character) throw badInput(path, `${path.at(-1)} holds ${character}, a character that is not seen.`);
  } else if (Array.isArray(value)) {
    for (const [at, each] of value.entries()) refuseUnseen(each, [...path, at]);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, each] of Object.entries(value)) if (!remarks.has(key)) refuseUnseen(each, [...path, key]);
  }
}
