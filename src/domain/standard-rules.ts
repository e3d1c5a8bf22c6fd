/** What standards refuse, and how shares and tiers are checked. */
import type { Refuse } from './refusals.ts';
import { refusals } from './refusals.ts';
import type { StandardTerms } from './standard-terms.ts';

const guarantee = '村级组织运转经费保障机制';

export const refuseStandard = refusals('standard', {
  SHARES: {
    code: 'E_SHARES',
    when: 'The shares are not 10000 basis points in all, and no level bears the rest.',
    source: guarantee,
  },
  TIERS_OVERLAP: { code: 'E_TIERS', when: 'Two tiers hold for the same years.', source: guarantee },
  TIERS_GAP: { code: 'E_TIERS', when: 'Between two tiers there are years that neither holds for.', source: guarantee },
  ZERO_AMOUNT: {
    code: 'E_AMOUNT',
    when: 'An amount is zero.',
    source: guarantee,
    remedy: 'A standard that gives nothing is none: supersede the one before.',
  },
  BEFORE_ISSUED: {
    code: 'E_STEP_ORDER',
    when: 'It would hold from a day before it was issued, and is not said to be retroactive.',
    source: 'audit: by what document was it done',
    remedy: 'Check the days, or say `retroactive: true` where the document says so.',
  },
  BELOW_FLOOR: {
    code: 'E_BELOW_FLOOR',
    when: 'It gives less than the floor of a higher level.',
    source: '财政部、中组部 2020-06',
  },
  ABOVE_CEILING: {
    code: 'E_ABOVE_LIMIT',
    when: 'It gives more than the ceiling of a higher level.',
    source: guarantee,
  },
  OVERLAP: {
    code: 'E_ALREADY_EXISTS',
    when: 'A standard of the same kind, beneficiary and level stands in a part of the region, and is not superseded.',
    source: 'log',
    remedy: 'Name it in `supersedes`, or end it first by supersedeStandard.',
  },
  NOT_SUPERSEDED: {
    code: 'E_NOT_FOUND',
    when: 'What it supersedes does not stand on that day, or is of another kind, beneficiary or level.',
    source: 'log',
  },
  UNKNOWN_TIER: { code: 'E_NOT_FOUND', when: 'There is no such region tier on that day.', source: 'log' },
  UNKNOWN_DIVISION: { code: 'E_DIVISION_UNKNOWN', when: 'There is no such division on that day.', source: 'roster' },
  VILLAGE_DECIDES: {
    code: 'E_NOT_AUTHORIZED',
    when: 'A village decides the allowance for lost work, and nothing else.',
    source: '村民委员会组织法 art. 24',
  },
  EXISTS: { code: 'E_ALREADY_EXISTS', when: 'The standard is recorded already.', source: 'log' },
  ABSENT: { code: 'E_NOT_FOUND', when: 'The standard does not stand on that day.', source: 'log' },
  PAID: {
    code: 'E_OPEN_OBLIGATIONS',
    when: 'Money was paid by the standard, and no arrears were posted for those months.',
    source: 'arrears are posted for months that were paid: rule of this ledger',
    remedy: 'Post the arrears first, by postArrears, for each county and month that was paid; then correct.',
  },
});
const no = refuseStandard;

type Shares = NonNullable<StandardTerms['shares']>;

/** Errors: `E_SHARES`, `E_TIERS`, `E_AMOUNT`. */
export function checkTerms(terms: StandardTerms): void {
  const { amountFen, tiers, shares, sharesOfIncrease } = terms;
  if (amountFen === '0' || tiers?.some((tier) => tier.amountFen === '0')) no.ZERO_AMOUNT();
  if (tiers) checkTiers(tiers);
  if (shares) checkShares(shares, no.SHARES);
  if (sharesOfIncrease) checkShares(sharesOfIncrease, no.SHARES);
}

function checkTiers(tiers: NonNullable<StandardTerms['tiers']>): void {
  const sorted = [...tiers].sort((a, b) => (a.minYears ?? 0) - (b.minYears ?? 0));
  for (const [at, { minYears = 0, maxYearsExclusive = Number.POSITIVE_INFINITY }] of sorted.entries()) {
    if (maxYearsExclusive <= minYears)
      no.TIERS_OVERLAP(`The tier from ${minYears} years ends at ${maxYearsExclusive}.`);
    const next = sorted[at + 1];
    if (!next) return;
    const from = next.minYears ?? 0;
    if (from < maxYearsExclusive) no.TIERS_OVERLAP(`Two tiers hold for ${from} years.`);
    if (from > maxYearsExclusive) no.TIERS_GAP(`No tier holds for ${maxYearsExclusive} years.`);
  }
}

/** A `bpMax` is what a level bears at most: with one, somebody bears the rest. */
function checkShares(shares: Shares, refuse: Refuse): void {
  const levels = new Set(shares.map(({ level }) => level));
  if (levels.size !== shares.length) refuse('A level is named twice.');
  const rest = shares.filter(({ remainder }) => remainder).length;
  if (rest > 1) refuse('Only one level bears the rest.');
  for (const { bp, bpMax, remainder, level } of shares) {
    const said = [bp, bpMax, remainder || undefined].filter((each) => each !== undefined).length;
    if (said !== 1) refuse(`${level} has one of bp, bpMax and remainder.`);
  }
  const sumBp = shares.reduce((sum, { bp = 0 }) => sum + bp, 0);
  const isWhole = rest === 1 ? sumBp <= 10_000 : sumBp === 10_000 && shares.every(({ bpMax }) => bpMax === undefined);
  if (!isWhole) refuse(`The shares are ${sumBp} basis points in all.`, { sumBp });
}

/** The amounts of a standard that can be compared: of one beneficiary, for a person and month or a village and year; by years
 *  served where it has tiers. */
interface Amounts extends Pick<StandardTerms, 'per' | 'amountFen'> {
  readonly tiers?: readonly { minYears?: number; per: string; amountFen: string }[];
}

/** −1 where `a` gives less than `b` somewhere, 1 where it gives more somewhere, 0 where neither or not comparable. */
export function compareAmounts(a: Amounts, b: Amounts): -1 | 0 | 1 {
  if (a.amountFen !== undefined && b.amountFen !== undefined) {
    return a.per === b.per ? sign(Number(a.amountFen) - Number(b.amountFen)) : 0;
  }
  const differences = (a.tiers ?? []).flatMap((tier) => {
    const same = b.tiers?.find(({ minYears, per }) => (minYears ?? 0) === (tier.minYears ?? 0) && per === tier.per);
    return same ? [sign(Number(tier.amountFen) - Number(same.amountFen))] : [];
  });
  return differences.includes(-1) ? -1 : differences.includes(1) ? 1 : 0;
}

const sign = (difference: number): -1 | 0 | 1 => (difference < 0 ? -1 : difference > 0 ? 1 : 0);
