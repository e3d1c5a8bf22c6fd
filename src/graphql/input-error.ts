/** How a resolver refuses an argument. */
import { CodedError, errorCatalogue } from '../es/errors.ts';

/** The error `BAD_USER_INPUT` with the path of the argument that is wrong, from the field's arguments down. */
export function badInput(path: readonly (string | number)[], message: string): CodedError {
  return new CodedError('BAD_USER_INPUT', message, { path, remedy: errorCatalogue.BAD_USER_INPUT.remedy });
}
