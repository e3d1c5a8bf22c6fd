/** What a simulated county pays its villages' cadres, month by month: by a standard of its own, which a later one raises for months that
 *  were paid already. Amounts and people are invented. */
import type { PayLine } from '../domain/payrun-catalogue.ts';
import { lineHash } from '../domain/payrun-rules.ts';
import type { DivisionView } from '../domain/world.ts';
import { streamOf } from '../es/event.ts';
import { dayOf, firstYear, offsetOf } from './calendar.ts';
import { type Life, organOf, simulatedDocument, stepsOn } from './life.ts';
import type { SimulatedVillage } from './province.ts';
import type { Random } from './random.ts';
import { simulatedId } from './simulated-hash.ts';

const basis = simulatedDocument('村干部补贴');
const cadresEach = 5;
/** Months after the first: a standard of the fourth year's middle reaches back to that year's first day. */
const retroactiveMonths = { from: 12 * 3, issued: 12 * 3 + 6 };
const plainMonth = 12 * 5;

interface Terms {
  readonly id: string;
  readonly amountFen: number;
}

const monthOf = (at: number): string => dayOf(offsetOf(firstYear, at + 1)).slice(0, 7);

/** Standards, runs, closings, arrears and a few reversals. */
export function* payLife(county: DivisionView, villages: readonly SimulatedVillage[], random: Random): Life {
  const decidedBy = organOf(county);
  const pay = stepsOn(streamOf('payrun', county.id), basis);
  const [first, second, third] = [1_500, 1_800, 2_100].map(
    (yuan, at): Terms => ({ id: simulatedId('s', county.id, at), amountFen: (yuan + 100 * random.below(4)) * 100 }),
  ) as [Terms, Terms, Terms];
  const { from, issued } = retroactiveMonths;
  yield adoption(county, first, 0);
  let terms = first;
  let lines = linesOf(villages, terms.amountFen);
  for (let at = 0; ; at += 1) {
    const start = offsetOf(firstYear, at + 1);
    if (at === issued) {
      const reach = { retroactive: true, issuedOn: dayOf(start + 4), supersedes: first.id };
      yield adoption(county, second, start + 4, { effective: offsetOf(firstYear, from + 1), ...reach });
      const increase = linesOf(villages, (second.amountFen - first.amountFen) * (issued - from));
      const span = { kind: 'ALLOWANCE', fromMonth: monthOf(from), toMonth: monthOf(issued - 1) };
      const arrears = { ...span, oldStandard: first.id, newStandard: second.id, ...sumsOf(increase), lines: increase };
      yield pay(start + 15, 'postArrears', arrears, { decidedBy });
      terms = second;
      lines = linesOf(villages, terms.amountFen);
    } else if (at === plainMonth) {
      yield adoption(county, third, start, { issuedOn: dayOf(start - 20), supersedes: second.id });
      terms = third;
      lines = linesOf(villages, terms.amountFen);
    }
    const run = { month: monthOf(at), kind: 'ALLOWANCE', standard: terms.id };
    const on = start + 9 + random.below(12);
    const told = yield pay(on, 'postAllowanceRun', { ...run, ...sumsOf(lines), lines }, { decidedBy });
    const posted = told?.[0]?.id;
    if (posted !== undefined && random.chance(0.06)) {
      const { length } = lines;
      const line = lines[random.below(length)] as PayLine;
      const reason = random.pick(['DEATH', 'DOUBLE', 'WRONG_POST']);
      const back = { run: posted, lineSha256: lineHash(line), amountFen: line.amountFen, reason };
      yield pay(on + 6, 'reverseAllowance', back, { decidedBy });
    }
    yield pay(offsetOf(firstYear, at + 2, 3), 'closeMonth', { month: monthOf(at) }, { decidedBy });
  }
}

function adoption(
  county: DivisionView,
  { id, amountFen }: Terms,
  on: number,
  {
    effective = on,
    ...said
  }: { effective?: number; retroactive?: boolean; issuedOn?: string; supersedes?: string } = {},
) {
  const step = stepsOn(streamOf('standard', id), basis);
  const amount = { method: 'FIXED', per: 'PERSON_MONTH', amountFen: String(amountFen) };
  const data = { kind: 'ALLOWANCE', beneficiary: 'COMMITTEE_MEMBER', ...amount, division: county.code, ...said };
  return step(on, 'adoptStandard', data, { decidedBy: organOf(county), effective });
}

const linesOf = (villages: readonly SimulatedVillage[], amountFen: number): PayLine[] =>
  villages.flatMap(({ id: village }) =>
    Array.from({ length: cadresEach }, (_, at) => {
      const personRef = simulatedId('p', village, 'member', at);
      return { personRef, village, amountFen: String(amountFen), post: at === 0 ? 'CHAIR' : 'MEMBER' };
    }),
  );

const sumsOf = (lines: readonly PayLine[]) => ({
  headcount: lines.length,
  totalFen: String(lines.reduce((sum, { amountFen }) => sum + Number(amountFen), 0)),
});
