/** What a village discloses quarter by quarter, who objects, and how it is assessed each year. */
import { streamOf } from '../es/event.ts';
import { firstYear, offsetOf } from './calendar.ts';
import { type Life, type Step, simulatedDocument, stepsOn, voidedOn } from './life.ts';
import { dimensionCodes, disclosureStandardId } from './province-acts.ts';
import { simulatedHash } from './simulated-hash.ts';
import type { VillagePlace } from './village-place.ts';

const basis = simulatedDocument('村务公开工作');
const channels = ['村务公开栏'];
const others = ['ASSEMBLY_DECISIONS', 'FUNDS_AND_RELIEF', 'GOVERNMENT_ASSISTANCE', 'OTHER_CONCERNS'];

/** Finances each quarter, other affairs once a year; some late, some taken back or corrected. */
export function* disclosureLife({ id, random, township, county, days }: VillagePlace): Life {
  const step = stepsOn(streamOf('disclosure', id), basis);
  const late: Step[] = [];
  // Villages differ in how much of the standard they meet, and get better.
  const diligence = 0.8 + random.next() * 0.2;
  for (let quarter = 0; ; quarter += 1) {
    const year = firstYear + Math.floor(quarter / 4);
    const due = offsetOf(year, (quarter % 4) * 3 + 4);
    if (due >= days) return;
    const period = `${year}-Q${(quarter % 4) + 1}`;
    // Finances each quarter; one of the other categories once a year.
    const categories = quarter % 4 === 1 ? ['FINANCE', random.pick(others)] : ['FINANCE'];
    for (const category of categories) {
      const on = due + random.below(14);
      const data = { period, category, phase: 'AFTER', contentSha256: simulatedHash(id, period, category), channels };
      if (random.chance(0.06))
        late.push(step(on + 100 + random.below(150), 'publishDisclosure', data, { effective: on }));
      else if (random.chance(0.98)) {
        const told = yield step(on, 'publishDisclosure', data);
        const first = told?.[0];
        const slip = first ? random.next() : 1;
        if (first && slip < 0.014) yield voidedOn(on + 3, first);
        else if (first && slip < 0.028) {
          const corrected = { ...data, contentSha256: simulatedHash(id, period, category, 'corrected') };
          yield step(on + 6, 'publishDisclosure', corrected, { effective: on, corrects: first.id });
        }
      }
    }
    for (const waiting of late.filter(({ on }) => on < due + 90))
      yield late.splice(late.indexOf(waiting), 1)[0] as Step;
    if (random.chance(0.03)) yield* objection(step, due + 20, period, township);
    if (quarter % 4 === 3) {
      const results = dimensionCodes.map((dimension) => ({
        dimension,
        met: random.chance(diligence + quarter * 0.01),
      }));
      yield step(due + 30, 'assessDisclosure', { standard: disclosureStandardId, results }, { decidedBy: county });
    }
  }
}

function* objection(
  step: ReturnType<typeof stepsOn>,
  on: number,
  period: string,
  township: VillagePlace['township'],
): Life {
  const matter = { period, category: 'FINANCE', addressedTo: 'TOWNSHIP', matter: '模拟：账目不清' };
  const told = yield step(on, 'raiseDisclosureObjection', matter);
  const number = (told?.[0]?.data as { objection?: number } | undefined)?.objection;
  if (number === undefined) return;
  const answer = { objection: number, answer: '模拟：已核实答复' };
  yield step(on + 10, 'answerDisclosureObjection', answer, { decidedBy: township });
}
