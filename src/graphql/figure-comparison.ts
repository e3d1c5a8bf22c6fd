/** Whether a derived figure bears a published one out. */
import type { Qualifier } from '../domain/reported-figure.ts';

export interface Comparison {
  readonly holds: boolean;
  /** Derived less reported. */
  readonly gap: bigint;
}

/** The rule of each qualifier, in whole numbers: 0.95 v ≤ d is 95 v ≤ 100 d. Pure. */
const rules: { readonly [Q in Qualifier]: (derived: bigint, reported: bigint) => boolean } = {
  EXACT: (derived, reported) => derived === reported,
  MORE_THAN: (derived, reported) => derived > reported,
  AT_LEAST: (derived, reported) => derived >= reported,
  NEARLY: (derived, reported) => 95n * reported <= 100n * derived && derived < reported,
  ABOUT: (derived, reported) => 95n * reported <= 100n * derived && 100n * derived <= 105n * reported,
};

/** Holds a derived figure against a published one. Pure. */
export function compareFigures(derived: bigint, reported: bigint, qualifier: Qualifier): Comparison {
  return { holds: rules[qualifier](derived, reported), gap: derived - reported };
}
