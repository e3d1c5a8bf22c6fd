/** One code of the error catalogue. */

export interface ErrorEntry {
  /** One sentence: what was wrong. */
  readonly means: string;
  /** What the caller or operator does next. */
  readonly remedy: string;
  /** True where the same request may succeed later without a change. */
  readonly retryable: boolean;
}

/** An entry of the catalogue. */
export const entry = (means: string, remedy: string, retryable = false): ErrorEntry => ({ means, remedy, retryable });
