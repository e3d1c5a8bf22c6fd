/** Hashes that stand for texts and files nobody ever wrote. */
import { hash } from 'node:crypto';

/** 64 hex digits; the same for the same words. */
export const simulatedHash = (...words: readonly (string | number)[]): string =>
  hash('sha256', `simulated:${words.join(':')}`);

/** An id that stands for nobody and nothing in the world. */
export const simulatedId = (prefix: string, ...words: readonly (string | number)[]): string =>
  `${prefix}_${simulatedHash(prefix, ...words).slice(0, 20)}`;
