/** The revision check, said once for every store. */
import { CodedError, invariant } from '../es/errors.ts';
import type { ExpectedRevision } from '../es/store.ts';

/** The revision after which the writer means to append (-1 in a new stream), or undefined where any will do. */
export function expectedLast(expected: ExpectedRevision): number | undefined {
  if (expected === 'any') return undefined;
  if (expected === 'none') return -1;
  invariant(Number.isSafeInteger(expected) && expected >= 0, 'an expected revision is an integer from 0');
  return expected;
}

/** The refusal of an append to a stream that stands elsewhere. `actualRevision` is -1 where it is empty. */
export function staleRevision(actualRevision: number): CodedError {
  const where = actualRevision === -1 ? 'The stream is empty.' : `The stream stands at revision ${actualRevision}.`;
  return new CodedError('E_STALE_REVISION', where, { actualRevision });
}
