/** Service points of five tiers, honours, and what counties report of their community workers. */
import type { DivisionView } from '../domain/world.ts';
import { streamOf } from '../es/event.ts';
import { dayOf, firstYear, offsetOf } from './calendar.ts';
import { type Life, organOf, type Step, simulatedDocument, stepsOn } from './life.ts';
import { simulatedId } from './simulated-hash.ts';
import type { VillagePlace } from './village-place.ts';

const services = simulatedDocument('“一门式一网式”政务服务');
const pointId = (place: string) => simulatedId('sp', place);

/** The point of a division, right below that of the division above it. */
export function divisionPoint(division: DivisionView): Step {
  const { id, name, level, parent } = division;
  const step = stepsOn(streamOf('servicepoint', pointId(id)), services);
  const above = parent === null ? {} : { parent: pointId(parent) };
  const data = { tier: level, division: id, name: `${name}政务服务中心`, ...above, itemsOffered: 300, online: true };
  return step(0, 'openServicePoint', data, { decidedBy: organOf(division) });
}

/** A village's point, and for a few villages a title. */
export function* serviceLife({ id, record, random, township, county }: VillagePlace): Life {
  const point = stepsOn(streamOf('servicepoint', pointId(id)), services);
  const above = { parent: pointId(record.township), itemsOffered: 20 + random.below(100), online: random.chance(0.8) };
  const on = 15 + random.below(700);
  const told = random.chance(0.95)
    ? yield point(
        on,
        'openServicePoint',
        { tier: 'VILLAGE', village: id, name: '村级服务站', ...above },
        { decidedBy: township },
      )
    : null;
  if (told && random.chance(0.2)) {
    const month = dayOf(on + 90).slice(0, 7);
    const money = { amountFen: String(100_000 * (1 + random.below(50))), qualifier: 'EXACT', from: month, to: month };
    yield point(on + 130, 'recordServiceInvestment', money, { decidedBy: township });
  }
  if (!random.chance(0.04)) return;
  const honour = stepsOn(streamOf('honour', simulatedId('h', id)), simulatedDocument('示范社区名单'));
  const title = { holderType: 'VILLAGE', village: id, title: '模拟示范社区', level: 'COUNTY', batch: 1 };
  yield honour(on + 200 + random.below(600), 'conferHonour', title, { decidedBy: county });
}

/** What a county reports each year. */
export function* workforceLife(county: DivisionView, villages: number): Life {
  const decidedBy = organOf(county);
  for (let year = firstYear; ; year += 1) {
    const on = offsetOf(year + 1, 1, 15);
    const stream = (what: string) => streamOf('workforce', simulatedId('w', county.id, what, year));
    const reported = stepsOn(stream('workers'), simulatedDocument('社区工作者统计'));
    const workers = { division: county.id, definitionCode: 'SIMULATED', headcount: villages * 11, qualifier: 'EXACT' };
    yield reported(on, 'reportWorkforce', workers, { decidedBy });
    const period = { periodFrom: dayOf(offsetOf(year, 1)), periodTo: dayOf(offsetOf(year, 12, 31)) };
    const tallied = stepsOn(stream('tally'), simulatedDocument('社区服务统计'));
    const served = {
      division: county.id,
      ...period,
      personTimes: villages * 310,
      qualifier: 'ABOUT',
      unit: 'PERSON_TIMES',
    };
    yield tallied(on + 1, 'reportServiceTally', served, { decidedBy });
  }
}
