/** Which step of a standard a retired cadre's years of service come to. */
import type { DecisionContext } from '../es/aggregate.ts';
import { streamOf } from '../es/event.ts';
import { refuseRetired } from './retired-rules.ts';
import type { Per } from './standard-terms.ts';

/** A step of a standard, as an approval pins it. */
export interface Tier {
  readonly minYears?: number;
  readonly maxYearsExclusive?: number;
  /** In fen, as digits. */
  readonly amountFen: string;
  readonly per: Per;
}

const monthsPerYear = 12;

/** Whether whole years of the counted months lie in the step. Errors: `E_NOT_ELIGIBLE`. */
export function checkYears({ minYears = 0, maxYearsExclusive }: Tier, countedMonths: number): void {
  const years = Math.floor(countedMonths / monthsPerYear);
  if (years >= minYears && (maxYearsExclusive === undefined || years < maxYearsExclusive)) return;
  refuseRetired.OTHER_TIER(`${years} years count; the step is for another number.`, { years });
}

/** Whether the standard of the log, where one is named, holds on the day and has the step. Errors: `E_NOT_FOUND`, `E_NOT_ELIGIBLE`. */
export function checkStandard(
  standard: string | undefined,
  tier: Tier,
  { related, effectiveOn }: Pick<DecisionContext, 'related' | 'effectiveOn'>,
): void {
  if (standard === undefined) return;
  const stream = streamOf('standard', standard);
  const own = related(stream).filter((event) => event.stream === stream && event.effectiveOn <= effectiveOn);
  const said = own.findLast(({ type }) => type === 'SubsidyStandardCorrected' || type === 'SubsidyStandardAdopted');
  const tiers = (said?.data as { tiers?: readonly Tier[] } | undefined)?.tiers;
  if (!said) refuseRetired.UNKNOWN_STANDARD(undefined, { standard });
  if (!tiers?.some((each) => isSame(each, tier))) refuseRetired.NOT_IN_STANDARD(undefined, { standard });
}

const isSame = (one: Tier, other: Tier): boolean =>
  (one.minYears ?? 0) === (other.minYears ?? 0) &&
  one.maxYearsExclusive === other.maxYearsExclusive &&
  one.amountFen === other.amountFen &&
  one.per === other.per;
