/** What can happen to a county's pay runs, and what a clerk may ask for: the first half of the aggregate in `payrun.ts`. */
import { z } from 'zod';
import { streamOf } from '../es/event.ts';
import { corrections } from './corrections.ts';
import { DivisionId, Fen, PersonRef, Sha256, VillageId, YearMonth } from './scalars.ts';
import { StandardId, SubsidyKind } from './standard-terms.ts';
import { codes, command, count, event, part, text } from './vocabulary.ts';

const ReversalReason = codes('ReversalReason', 'Why what was paid is paid back.', {
  DEATH: 'The person had died.',
  DOUBLE: 'It was paid twice.',
  WRONG_POST: 'The person did not hold the post.',
});
const PayRunFlag = codes('PayRunFlag', 'What is remarkable about a run, though it is not refused.', {
  OFFICE_NOT_KNOWN: 'Of at least one village the log does not know who is in office.',
  NOT_COMPARED: 'There are other runs of the month whose lines were not given to be compared.',
});
export const PayLine = part(
  'PayLine',
  'A line of a run. It is checked and hashed; the log keeps the hash, and the line stays with whoever pays.',
  {
    personRef: PersonRef,
    village: VillageId.describe('Village of the post.'),
    amountFen: Fen,
    post: text(60).describe('Post for which it is paid.'),
  },
);
export interface PayLine {
  readonly personRef: string;
  readonly village: string;
  readonly amountFen: string;
  readonly post: string;
}
const linesMax = 20_000;
const lines = z.array(PayLine).min(1).max(linesMax).describe('The lines of the run. Not stored: only their hash is.');
const OtherRun = part('OtherRun', 'Another run of the month, with its lines: compared, not stored.', {
  run: text(120).describe('Id of the run’s event.'),
  lines,
});

const county = DivisionId.describe('County whose run it is; the city where there is no county.');
const month = YearMonth.describe('Month that it is paid for.');
const sums = {
  headcount: count().describe('People paid.'),
  totalFen: Fen.describe('Sum of the lines.'),
};
const linesSha256 = Sha256.describe('SHA-256 of the lines: canonical JSON, in order of personRef.');
const posted = {
  month,
  kind: SubsidyKind,
  standard: StandardId.describe('The standard by which it is paid.'),
  ...sums,
};
const arrears = {
  kind: SubsidyKind,
  fromMonth: YearMonth.describe('First month for which they are due.'),
  toMonth: YearMonth.describe('Last month for which they are due.'),
  oldStandard: StandardId.describe('The standard by which these months were paid.'),
  newStandard: StandardId.describe('The standard by which they should have been; the same one where it is corrected.'),
  ...sums,
};
const reversed = {
  run: text(120).describe('Id of the event of the run.'),
  lineSha256: Sha256.describe('SHA-256 of the line’s canonical JSON.'),
  amountFen: Fen,
  reason: ReversalReason,
};
const approval = text(120).describe('Number or title of the approval by the finance organ that closed the month.');
const reopenApproval = approval.optional();
const flags = z.array(PayRunFlag).max(5).optional().describe('What is remarkable about it.');

/** The stream under which everything about one month of a county is found. */
const monthOf = (data: { county: string; month: string }) => [
  streamOf('paymonth', `${data.county}-${data.month.replace('-', '')}`),
];

// Names and shapes are the stored format: add, never rename; a changed meaning is a new name.
export const payRunEvents = {
  ...corrections,
  AllowanceRunPosted: event(
    'A county posted what it pays for a month: the sums, and a hash of the lines.',
    { county, ...posted, linesSha256, flags, reopenApproval },
    { zh: '津补贴发放', subjects: monthOf },
  ),
  ArrearsPosted: event(
    'A county posted arrears: what a retroactive standard gives for months that were paid by the one before.',
    { county, month: YearMonth.describe('Month in which they are paid.'), ...arrears, linesSha256, reopenApproval },
    { zh: '补发', subjects: monthOf },
  ),
  AllowanceReversed: event(
    'A line of a run is paid back.',
    { county, month, kind: SubsidyKind, ...reversed, reopenApproval },
    { zh: '追回', subjects: monthOf },
  ),
  MonthClosed: event(
    'The county closed a month: nothing more is booked in it.',
    { county, month },
    { zh: '月结', subjects: monthOf },
  ),
  MonthReopened: event(
    'A closed month was opened again.',
    { county, month, approval },
    { zh: '反月结', subjects: monthOf },
  ),
};

export const payRunCommands = {
  postAllowanceRun: command(
    'Post what a county pays for a month. headcount and totalFen are those of the lines.',
    {
      ...posted,
      lines,
      otherRuns: z.array(OtherRun).max(20).optional().describe('Other runs of the month, to find who is paid twice.'),
      reopenApproval,
    },
    { zh: '登记津补贴发放' },
  ),
  postArrears: command(
    'Post arrears for months that were paid by another standard. The day of the command is the day of payment.',
    { ...arrears, lines, reopenApproval },
    {
      zh: '登记补发',
      rule: ({ fromMonth, toMonth }) =>
        fromMonth > toMonth ? { path: 'toMonth', message: 'comes before fromMonth' } : undefined,
    },
  ),
  reverseAllowance: command(
    'Record that a line of a run is paid back.',
    { ...reversed, reopenApproval },
    { zh: '登记追回' },
  ),
  closeMonth: command('Close a month: nothing more is booked in it.', { month }, { zh: '月结' }),
  reopenMonth: command('Open a closed month again.', { month, approval }, { zh: '反月结' }),
};
