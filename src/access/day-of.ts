import type { Instant, LocalDate } from '../es/event.ts';

/** The city has kept UTC+8 all year round since 1991. */
const offsetMs = 28_800_000;

/** The calendar day in Asia/Shanghai at an instant after 1991, `YYYY-MM-DD`. */
export const dayOf = (instant: Instant): LocalDate => new Date(instant + offsetMs).toISOString().slice(0, 10);
