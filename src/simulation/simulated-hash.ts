/** Hashes that stand for texts and files nobody ever wrote. */
import { createHash } from 'node:crypto';

/** 64 hex digits; the same for the same words. */
export const simulatedHash = (...words: readonly (string | number)[]): string =>
  createHash('sha256')
    .update(`simulated:${words.join(':')}`)
    .digest('hex');
