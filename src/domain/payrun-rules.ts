/** What pay runs refuse, and how their lines are hashed. */
import { createHash } from 'node:crypto';
import { canonicalJson } from '../es/canonical.ts';
import type { PayLine } from './payrun-catalogue.ts';
import { refusals } from './refusals.ts';

const run = 'one run for a county and a month, its lines held by their hash: rule of this ledger';
const audits = 'audits look for double payment, posts that are not held and payment above the cap';

export const refusePayRun = refusals('payrun', {
  TOTAL: { code: 'E_AMOUNT', when: 'headcount or totalFen is not that of the lines.', source: run },
  ZERO_AMOUNT: { code: 'E_AMOUNT', when: 'An amount is zero.', source: run },
  ABOVE_CAP: {
    code: 'E_ABOVE_LIMIT',
    when: 'More people of a village are paid than the standard allows.',
    source: audits,
  },
  PERSON_TWICE: {
    code: 'E_ALREADY_EXISTS',
    when: 'A person is paid twice for the month: the same kind twice, or in two villages.',
    source: audits,
  },
  OTHER_LINES: {
    code: 'E_TEXT_CHANGED',
    when: 'The lines given of another run are not those that it was posted with.',
    source: run,
  },
  NOT_IN_OFFICE: {
    code: 'E_NOT_FOUND',
    when: 'A person does not hold office in the village in that month.',
    source: audits,
  },
  NO_STANDARD: {
    code: 'E_NOT_FOUND',
    when: 'The standard does not stand on that day, or is of another kind.',
    source: run,
  },
  MONTH_CLOSED: {
    code: 'E_PERIOD_CLOSED',
    when: 'The month is closed.',
    source: 'the county closes the month',
    remedy: 'Give `reopenApproval` of the finance organ that closed it, or send reopenMonth.',
  },
  MONTH_OPEN: { code: 'E_STEP_ORDER', when: 'The month is not closed.', source: 'the county closes the month' },
  OUTSIDE_SPAN: {
    code: 'E_PERIOD',
    when: 'A month lies before the new standard, or after the last month that was paid by the old one.',
    source: 'arrears are what a retroactive standard gives more',
  },
  SPAN_POSTED: {
    code: 'E_ALREADY_EXISTS',
    when: 'Arrears from the one standard to the other were posted for one of the months already.',
    source: audits,
  },
  UNKNOWN_RUN: { code: 'E_NOT_FOUND', when: 'There is no such run of this county.', source: 'log' },
  REVERSED: { code: 'E_ALREADY_EXISTS', when: 'The line was paid back already.', source: 'log' },
  ABOVE_RUN: { code: 'E_ABOVE_LIMIT', when: 'More would be paid back than the run paid.', source: run },
  UNKNOWN_COUNTY: {
    code: 'E_DIVISION_UNKNOWN',
    when: 'There is no such county on that day, nor a city without counties.',
    source: 'roster',
  },
});

const sha256 = (value: unknown): string => createHash('sha256').update(canonicalJson(value)).digest('hex');

/** SHA-256 of a line’s canonical JSON: what names it in a reversal. */
export const lineHash = (line: PayLine): string => sha256(line);

/** SHA-256 of a run’s lines, whatever order they came in. */
export const linesHash = (lines: readonly PayLine[]): string =>
  sha256([...lines].sort((a, b) => (a.personRef < b.personRef ? -1 : a.personRef > b.personRef ? 1 : 0)));

/** Errors: `E_AMOUNT`, `E_ALREADY_EXISTS`. */
export function checkLines(
  lines: readonly PayLine[],
  { headcount, totalFen }: { readonly headcount: number; readonly totalFen: string },
  others: readonly PayLine[] = [],
): void {
  const paid = new Set(others.map(({ personRef }) => personRef));
  let sumFen = 0;
  for (const { personRef, amountFen } of lines) {
    if (amountFen === '0') refusePayRun.ZERO_AMOUNT();
    if (paid.has(personRef)) refusePayRun.PERSON_TWICE();
    paid.add(personRef);
    sumFen += Number(amountFen);
  }
  if (sumFen !== Number(totalFen) || lines.length !== headcount) {
    refusePayRun.TOTAL(`The lines are ${lines.length} people and ${sumFen} fen.`, { sumFen, people: lines.length });
  }
}
