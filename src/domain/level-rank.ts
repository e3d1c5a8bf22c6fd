/** Levels of bodies against each other. */
import { AuthorityLevel } from './authority.ts';

/** Whether one level stands below another: a township below the province. Pure. */
export const isBelow = (level: AuthorityLevel, other: AuthorityLevel): boolean =>
  AuthorityLevel.options.indexOf(level) < AuthorityLevel.options.indexOf(other);
