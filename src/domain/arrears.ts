/** Arrears (补发): what standards as they are known now give for past months more than standards as they were known before. */
import type { LocalDate } from '../es/event.ts';
import type { AuthorityLevel } from './authority.ts';
import type { StandardTerms } from './standard-terms.ts';

type Shares = NonNullable<StandardTerms['shares']>;

/** An amount a month and when it holds: from `from` on, and no longer on `endedOn`. */
export interface DatedAmount {
  readonly standard: string;
  readonly from: LocalDate;
  readonly endedOn: LocalDate | null;
  /** Fen for a person and a month. */
  readonly amountFen: number;
  /** What it was before, as the document says: counted where no standard before is known. */
  readonly previousAmountFen?: number;
  readonly shares?: Shares;
  readonly sharesOfIncrease?: Shares;
}

export interface LevelFen {
  readonly level: AuthorityLevel;
  readonly fen: number;
}

/** Months next to each other for which the same is due. */
export interface Arrears {
  /** The standard that gives more. */
  readonly standard: string;
  readonly fromMonth: string;
  readonly toMonth: string;
  readonly months: number;
  /** Fen for a person and each of the months. */
  readonly monthlyFen: number;
  /** Who bears `monthlyFen`; none where the document does not fix it. */
  readonly byLevel: readonly LevelFen[];
}

const monthsMax = 1_200;

/** What is due for months up to `untilMonth`, in their order. A month goes by the standard that holds on its first day; where
 *  it gives less than before, nothing is due. Of one kind and one beneficiary in one region. Pure. */
export function arrearsBetween(
  before: readonly DatedAmount[],
  after: readonly DatedAmount[],
  untilMonth: string,
): readonly Arrears[] {
  const due: Arrears[] = [];
  const first = after.map(({ from }) => firstMonthOf(from)).sort()[0] ?? '9999-12';
  for (let month = first, at = 0; month <= untilMonth && at < monthsMax; month = next(month), at++) {
    const now = holding(after, month);
    if (!now) continue;
    const was = holding(before, month)?.amountFen ?? now.previousAmountFen;
    const monthlyFen = now.amountFen - (was ?? 0);
    if (monthlyFen <= 0) continue;
    const shares = was === undefined ? now.shares : (now.sharesOfIncrease ?? now.shares);
    append(due, now.standard, month, monthlyFen, shares ?? []);
  }
  return due;
}

/** Who bears a sum. Rounded down; what remains falls to the level that bears the rest, else to the last one. None where a
 *  level's share is not fixed. */
export function sharesOf(sumFen: number, shares: Shares): readonly LevelFen[] {
  const restAt = shares.findIndex(({ remainder }) => remainder);
  if (shares.some(({ bp, remainder }) => bp === undefined && !remainder)) return [];
  const borne = shares.map(({ level, bp = 0 }) => ({
    level,
    fen: Number((BigInt(sumFen) * BigInt(bp)) / 10_000n),
  }));
  const restFen = sumFen - borne.reduce((sum, { fen }) => sum + fen, 0);
  const taker = restAt === -1 ? borne.length - 1 : restAt;
  return borne.map((each, at) => (at === taker ? { ...each, fen: each.fen + restFen } : each));
}

function append(due: Arrears[], standard: string, month: string, monthlyFen: number, shares: Shares): void {
  const last = due.at(-1);
  if (last && last.standard === standard && last.monthlyFen === monthlyFen && next(last.toMonth) === month) {
    due[due.length - 1] = { ...last, toMonth: month, months: last.months + 1 };
    return;
  }
  due.push({
    standard,
    fromMonth: month,
    toMonth: month,
    months: 1,
    monthlyFen,
    byLevel: sharesOf(monthlyFen, shares),
  });
}

/** The newest of those that hold on the month's first day. */
function holding(amounts: readonly DatedAmount[], month: string): DatedAmount | undefined {
  const day = `${month}-01`;
  return amounts
    .filter(({ from, endedOn }) => from <= day && (endedOn === null || day < endedOn))
    .sort((a, b) => (a.from < b.from ? -1 : 1))
    .at(-1);
}

const firstMonthOf = (day: LocalDate): string => (day.endsWith('-01') ? day.slice(0, 7) : next(day.slice(0, 7)));

function next(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
}
