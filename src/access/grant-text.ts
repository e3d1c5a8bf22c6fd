/** A grant as text, in claims of tokens, in the file of keys and on the command line: `clerk`, or `clerk:440118102`. */
import { DivisionCode } from '../domain/scalars.ts';
import { type Grant, roles } from './principal.ts';

export const grantText = ({ role, within }: Grant): string => (within === null ? role : `${role}:${within}`);

/** The grant of a text; null where it names no role or no code. */
export function grantOf(text: string): Grant | null {
  const [name, code, ...more] = text.split(':');
  const role = roles.find((each) => each === name);
  if (!role || more.length > 0) return null;
  if (code === undefined) return { role, within: null };
  return DivisionCode.safeParse(code).success ? { role, within: code } : null;
}
