/** How a decision says no. */
import { CodedError, type ErrorCode, errorCatalogue } from '../es/errors.ts';

/** Throws a coded refusal. `source` cites the law or circular behind the rule, where there is one. */
export function refuse(
  code: ErrorCode,
  message: string,
  details: { source?: string; [key: string]: unknown } = {},
): never {
  throw new CodedError(code, message, { remedy: errorCatalogue[code].remedy, ...details });
}
