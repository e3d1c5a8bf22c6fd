/** Many lives told as one story, in the order of days. */
import type { Draft, Life, Outcome, Step } from './life.ts';

interface Waiting {
  readonly life: Life;
  readonly step: Step;
}

/** The drafts of all lives, day by day; a life waits for its turn with one step at a time. What lies on `days` or later is
 *  left out. */
export function* inDayOrder(lives: Iterable<Life>, days: number): Generator<Draft, void, Outcome> {
  const agenda: (Waiting[] | undefined)[] = Array.from({ length: days });
  // A step that is told too late is entered on the day of its telling.
  const enter = (life: Life, { done, value }: IteratorResult<Step, void>, today: number) => {
    if (done || value.on >= days) return;
    const on = Math.max(today, value.on);
    const waiting = agenda[on];
    if (waiting) waiting.push({ life, step: value });
    else agenda[on] = [{ life, step: value }];
  };
  for (const life of lives) enter(life, life.next(null), 0);
  for (let today = 0; today < days; today += 1) {
    // Grows while it is walked: a life may have more to do on the same day.
    for (const { life, step } of agenda[today] ?? []) enter(life, life.next(yield step.draft), today);
    agenda[today] = undefined;
  }
}
