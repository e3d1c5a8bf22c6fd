/** What an aggregate refuses, as data: thrown by its decisions, listed in the manual, held to its tests. */
import { CodedError, type ErrorCode, errorCatalogue } from '../es/errors.ts';

export interface Refusal {
  readonly code: ErrorCode;
  /** When it is refused, one sentence: the message of the error unless the decision says it more exactly. */
  readonly when: string;
  /** The law, circular or rule of the log behind it. */
  readonly source: string;
  /** What the clerk does next; the code's own remedy where it is left out. */
  readonly remedy?: string;
}

/** Throws the refusal. `message` says it of this case; `details` become extensions of the error. */
export type Refuse = (message?: string, details?: Readonly<Record<string, unknown>>) => never;

/** Every refusal by its name, `charter.ALREADY_OPEN`. */
const known = new Map<string, Refusal>();
export const refusalCatalogue: ReadonlyMap<string, Refusal> = known;

/** Declares an aggregate's refusals; each becomes a function that throws it. The error carries `refusal` (its name), `source`
 *  and `remedy`. */
export function refusals<const R extends Readonly<Record<string, Refusal>>>(
  aggregate: string,
  declared: R,
): { readonly [Name in keyof R]: Refuse } {
  const throwing = Object.entries(declared).map(([name, refusal]) => {
    const full = `${aggregate}.${name}`;
    known.set(full, refusal);
    const { code, when, source, remedy = errorCatalogue[code].remedy } = refusal;
    const refuse: Refuse = (message = when, details = {}) => {
      throw new CodedError(code, message, { refusal: full, source, remedy, ...details });
    };
    return [name, refuse] as const;
  });
  return Object.fromEntries(throwing) as { readonly [Name in keyof R]: Refuse };
}
