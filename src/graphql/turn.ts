/** Long work in slices: what else waits has its turn between them, and what nobody waits for any more ends. */
import { setImmediate as others } from 'node:timers/promises';
import { CodedError } from '../es/errors.ts';

/** What the deadline and the work of one request tell each other. */
export interface Effort {
  /** Nobody waits for the answer any more. */
  isCancelled: boolean;
  /** What goes on although the request was answered; settles when it has ended. */
  rest: Promise<unknown> | undefined;
}

/** The effort of a request that has just begun. */
export const newEffort = (): Effort => ({ isCancelled: false, rest: undefined });

/** Lets what else waits have its turn. Errors: `E_TIMEOUT` where nobody waits for the work any more. */
export async function turn({ effort }: { readonly effort: Effort }): Promise<void> {
  await others();
  if (effort.isCancelled) throw new CodedError('E_TIMEOUT', 'The query was given up.');
}
