/** The clock, for the composition roots. */
import type { LocalDate } from '../es/event.ts';

export const now = (): number => Date.now();

const shanghai = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

/** The calendar day in Asia/Shanghai at an instant, `YYYY-MM-DD`. */
export const dayInShanghai = (instant: number): LocalDate => shanghai.format(instant);

export const today = (): LocalDate => dayInShanghai(now());
