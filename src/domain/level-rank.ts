/** Levels of bodies against each other. */
import { AuthorityLevel } from './authority.ts';

/** Place of a level, from the village up: 0 for the village. */
export const rankOf = (level: AuthorityLevel): number => AuthorityLevel.options.indexOf(level);

/** Whether one level stands below another: a township below the province. Pure. */
export const isBelow = (level: AuthorityLevel, other: AuthorityLevel): boolean => rankOf(level) < rankOf(other);
