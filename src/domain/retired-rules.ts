/** What is refused of retired cadres, and how months of service are counted. */
import type { DecisionContext } from '../es/aggregate.ts';
import { refusals } from './refusals.ts';
import { ruleOn } from './rule-set.ts';
import type { World } from './world.ts';

const practice = 'the chain of checks as it is practised elsewhere';

export const refuseRetired = refusals('retired', {
  ALREADY_COLLECTED: {
    code: 'E_ALREADY_EXISTS',
    when: 'The person has a record in this village already.',
    source: 'one record a person and village',
    remedy: 'Act on that record, or void it first.',
  },
  NOT_COLLECTED: { code: 'E_NOT_FOUND', when: 'There is no such record on that day.', source: 'log' },
  NOT_NORMAL: {
    code: 'E_NOT_ELIGIBLE',
    when: 'Only who left office normally is recorded for an allowance.',
    source: 'the system’s name: 正常离任村干部',
  },
  POSTS_OVERLAP: {
    code: 'E_PERIOD_INVALID',
    when: 'Two times in the same post overlap.',
    source: 'arithmetic of service',
    remedy: 'Give each time in a post once; different posts may overlap.',
  },
  LEFT_BEFORE_END: {
    code: 'E_PERIOD_INVALID',
    when: 'The person left office before the last post ended.',
    source: 'calendar',
  },
  STILL_IN_OFFICE: {
    code: 'E_STEP_ORDER',
    when: 'The person is still in office on that day.',
    source: 'committee terms in the log',
    remedy: 'Record the end of the office first.',
  },
  COUNTED_MONTHS: {
    code: 'E_TOTAL_MISMATCH',
    when: 'The months are not what the counting rule makes of the posts.',
    source: 'counting rule that the command names',
    remedy: '`counted` says what the rule gives.',
  },
  NOT_VERIFIED: {
    code: 'E_STEP_ORDER',
    when: 'The service is not verified.',
    source: practice,
    remedy: 'Send verifyRetiredService first.',
  },
  NOTICE_TOO_SHORT: {
    code: 'E_NOTICE_TOO_SHORT',
    when: 'The notice was posted for too few days.',
    source: 'rule RETIRED_NOTICE_DAYS: illustrative',
  },
  NOTICE_NOT_OVER: {
    code: 'E_STEP_ORDER',
    when: 'The notice is not over on the day of the command.',
    source: 'calendar',
    remedy: 'Record the notice on its last day or later.',
  },
  NOT_POSTED: {
    code: 'E_STEP_ORDER',
    when: 'The eligibility was not posted.',
    source: practice,
    remedy: 'Send postRetiredNotice first.',
  },
  SAME_LEVEL: {
    code: 'E_NOT_AUTHORIZED',
    when: 'The level that verified the service does not approve the allowance.',
    source: 'four eyes',
  },
  IN_PENSION_SCHEME: {
    code: 'E_NOT_ELIGIBLE',
    when: 'The person draws a public pension already, and the rule excludes that.',
    source: 'eligibility of the standard',
    remedy: 'Send refuseRetirementAllowance with the ground IN_PENSION_SCHEME.',
  },
  OTHER_TIER: {
    code: 'E_NOT_ELIGIBLE',
    when: 'The step of the standard is not the one for the years that count.',
    source: 'the standard’s steps',
  },
  UNKNOWN_STANDARD: {
    code: 'E_NOT_FOUND',
    when: 'No standard with this id is in force on that day.',
    source: 'log',
    remedy: 'Name a standard of the log, or leave it out and say the step alone.',
  },
  NOT_IN_STANDARD: {
    code: 'E_NOT_ELIGIBLE',
    when: 'The standard has no such step.',
    source: 'the standard’s steps',
  },
  DUE_TOO_EARLY: {
    code: 'E_PERIOD_INVALID',
    when: 'It would be due for a month in which the person was still in office.',
    source: 'calendar',
  },
  ALREADY_DECIDED: {
    code: 'E_ALREADY_EXISTS',
    when: 'The allowance is approved already.',
    source: 'log',
    remedy: 'Suspend, end or recompute it, or void the approval.',
  },
  NOT_RUNNING: { code: 'E_STEP_ORDER', when: 'No allowance runs on that day.', source: 'log' },
  NOT_SUSPENDED: { code: 'E_STEP_ORDER', when: 'The allowance is not suspended on that day.', source: 'log' },
  DEATH_WITHOUT_MONTH: {
    code: 'E_PERIOD_INVALID',
    when: 'An allowance ends the month after a death: the month must be given.',
    source: 'the allowance ceases the month after death',
  },
  AFTER_DEATH: {
    code: 'E_STEP_ORDER',
    when: 'The person has died: nothing is resumed.',
    source: 'the allowance ceases the month after death',
    remedy: 'Void the end that names the death, if it was recorded wrongly.',
  },
});

interface Span {
  readonly from: string;
  readonly to: string;
}
interface Served extends Span {
  readonly post: string;
}

const monthNumber = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;

/** The month after the one of a day or month. */
export function monthAfter(day: string): string {
  const next = monthNumber(day) + 1;
  return `${String(Math.floor(next / 12)).padStart(4, '0')}-${String((next % 12) + 1).padStart(2, '0')}`;
}

/** Posts whose months do not count under `TWO_COMMITTEES`. */
const outsideCommittees: readonly string[] = ['SUPERVISION_HEAD', 'SUPERVISION_MEMBER', 'GROUP_HEAD'];

/** Months of service that count: each month in a post once, both ends included, less interruptions. */
export function countMonths(posts: readonly Served[], interruptions: readonly Span[], rule: string): number {
  const counting = rule === 'ALL_POSTS' ? posts : posts.filter(({ post }) => !outsideCommittees.includes(post));
  const months = new Set(counting.flatMap(monthsOf));
  for (const month of interruptions.flatMap(monthsOf)) months.delete(month);
  return months.size;
}

function monthsOf({ from, to }: Span): number[] {
  const first = monthNumber(from);
  return Array.from({ length: Math.max(0, monthNumber(to) - first + 1) }, (_, at) => first + at);
}

/** Errors: `E_PERIOD_INVALID` where two times in one post overlap, or the last one ends after the person left. */
export function checkPosts(posts: readonly Served[], leftOn: string): void {
  for (const [at, one] of posts.entries()) {
    const other = posts
      .slice(at + 1)
      .find(({ post, from, to }) => post === one.post && from <= one.to && to >= one.from);
    if (other) refuseRetired.POSTS_OVERLAP(`Two times as ${one.post} overlap.`, { post: one.post });
  }
  const last =
    posts
      .map(({ to }) => to)
      .sort()
      .at(-1) ?? '';
  if (leftOn.slice(0, 7) < last) {
    refuseRetired.LEFT_BEFORE_END(`The last post ended in ${last}; the person left on ${leftOn}.`, { last });
  }
}

const msPerDay = 86_400_000;

/** Errors: `E_NOTICE_TOO_SHORT`, `E_STEP_ORDER` where its last day has not come. */
export function checkNotice({ from, to }: Span, { world, effectiveOn }: DecisionContext<World>): void {
  if (to > effectiveOn) refuseRetired.NOTICE_NOT_OVER(`The notice lasts until ${to}.`);
  const required = ruleOn(world.rules, 'RETIRED_NOTICE_DAYS', effectiveOn)?.value ?? 0;
  const days = (Date.parse(to) - Date.parse(from)) / msPerDay + 1;
  if (days < required) {
    refuseRetired.NOTICE_TOO_SHORT(`The notice was posted for ${days} days of ${required}.`, { days, required });
  }
}
