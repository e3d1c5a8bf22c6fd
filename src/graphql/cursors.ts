/** Cursors of lists below a snapshot: opaque text that carries the picture which the list was cut from, and a place in it. */
import type { Cell, Moment } from '../es/projection.ts';
import { badInput } from './input-error.ts';

export interface Cursor {
  readonly at: Moment;
  /** What the list is and how it is ordered: a cursor of another list is refused. */
  readonly list: string;
  readonly place: readonly Cell[];
}

/** The cursor as text of the URL's alphabet. */
export const encodeCursor = ({ at, list, place }: Cursor): string =>
  Buffer.from(JSON.stringify([at.position, at.effectiveOn, list, ...place])).toString('base64url');

/** The cursor of a list. Errors: `BAD_USER_INPUT` where it is none of this list's. */
export function decodeCursor(text: string, list: string, argument: 'after' | 'before'): Cursor {
  const refuse = () => badInput([argument], 'This is not a cursor of the list as it is ordered here.');
  const parts = parse(text);
  if (!Array.isArray(parts)) throw refuse();
  const [position, effectiveOn, name, ...place] = parts as [unknown, unknown, unknown, ...Cell[]];
  if (!Number.isSafeInteger(position) || (position as number) < 0 || name !== list) throw refuse();
  if (typeof effectiveOn !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(effectiveOn)) throw refuse();
  if (!place.every((cell) => cell === null || typeof cell === 'string' || Number.isSafeInteger(cell))) throw refuse();
  return { at: { effectiveOn, position: position as number }, list, place };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    // Not JSON is as wrong as any other text.
    return null;
  }
}
