/** Money of a simulated village: what it gets and accounts for each year. */
import { streamOf } from '../es/event.ts';
import { dayOf, firstYear, offsetOf } from './calendar.ts';
import { type Life, simulatedDocument, stepsOn, voidedOn } from './life.ts';
import { fundFen, fundStandard, type VillageFund, villageFunds } from './province-money.ts';
import type { VillagePlace } from './village-place.ts';

const basis = simulatedDocument('村级组织运转经费保障');

/** Two funds a year and the review of the one; `hasStandards` where the province's standards hold for the village. */
export function* moneyLife(village: VillagePlace, hasStandards: boolean): Life {
  const { id, random, days } = village;
  const step = stepsOn(streamOf('fund', id), basis);
  for (let year = firstYear; offsetOf(year, 1) < days; year += 1) {
    const on = offsetOf(year, 3) + random.below(60);
    for (const kind of villageFunds) yield* transfer(village, kind, year, on, hasStandards);
    if (random.chance(0.03)) continue;
    const reviewOn = offsetOf(year + 1, 1, 5) + random.below(40);
    const all = ['SECRETARY', 'CHAIR', 'FINANCE_GROUP', 'SUPERVISION'];
    const reviewers = random.chance(0.95) ? all : all.slice(0, 2);
    const usedFen = String(Math.floor(fundFen('OFFICE_FUND', year) * (0.8 + random.next() * 0.2)));
    const review = { fiscalYear: year, reviewers, usedFen };
    yield step(reviewOn, 'reviewOfficeFundUse', { ...review, postedOn: dayOf(reviewOn + random.below(8)) });
  }
}

/** A year's fund in one transfer or two; some entered wrongly at first, some twice, which is refused. */
function* transfer(
  { id, random, county }: VillagePlace,
  kind: VillageFund,
  fiscalYear: number,
  on: number,
  hasStandards: boolean,
): Life {
  const step = stepsOn(streamOf('fund', id), basis);
  const standard = hasStandards ? { standard: fundStandard(kind, fiscalYear) } : {};
  const header = { decidedBy: county };
  const parts = random.chance(0.3) ? 2 : 1;
  const amountFen = fundFen(kind, fiscalYear) / parts;
  const data = { kind, amountFen: String(amountFen), fiscalYear, ...standard };
  for (let part = 0; part < parts; part += 1) {
    const paidOn = on + part * 150;
    const slip = random.next();
    const entered = slip < 0.02 ? { ...data, amountFen: String(amountFen / 10) } : data;
    const told = yield step(paidOn, 'transferVillageFund', entered, header);
    const first = told?.[0];
    if (!first) continue;
    if (slip < 0.02) {
      yield step(paidOn + 4, 'transferVillageFund', data, { ...header, effective: paidOn, corrects: first.id });
    } else if (slip < 0.03) {
      yield voidedOn(paidOn + 2, first);
      yield step(paidOn + 3, 'transferVillageFund', data, { ...header, effective: paidOn });
    }
  }
  if (random.chance(0.01)) yield step(on + 160, 'transferVillageFund', data, header);
}
