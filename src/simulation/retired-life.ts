/** Retired cadres of a village, each from the collection of the record to the end of the allowance. No person stands behind a reference. */
import { streamOf } from '../es/event.ts';
import { dayOf } from './calendar.ts';
import { type Life, simulatedDocument, stepsOn } from './life.ts';
import { simulatedId } from './simulated-hash.ts';
import type { VillagePlace } from './village-place.ts';

const basis = simulatedDocument('正常离任村干部生活补助');

/** A step whose amounts are illustrative. */
const tierOf = (years: number) =>
  years < 10
    ? { maxYearsExclusive: 10, amountFen: '150000', per: 'PERSON_ONCE' }
    : years < 20
      ? { minYears: 10, maxYearsExclusive: 20, amountFen: '15000', per: 'PERSON_MONTH' }
      : { minYears: 20, amountFen: '30000', per: 'PERSON_MONTH' };

/** One record; `number` tells the records of a village apart. */
export function* retiredLife(village: VillagePlace, number: number): Life {
  const { id, random, township, county } = village;
  const step = stepsOn(streamOf('retired', simulatedId('r', id, number)), basis);
  const years = 4 + random.below(24);
  const posts = [{ post: 'COMMITTEE_MEMBER', from: `${2017 - years}-06`, to: '2017-05' }];
  const personRef = simulatedId('p', id, 'retired', number);
  const record = {
    village: id,
    personRef,
    posts,
    leftOn: '2017-05-31',
    leaveReason: 'NORMAL',
    collectionNoticeShown: true,
  };
  let on = 200 + random.below(1_500);
  yield step(on, 'collectRetiredRecord', record, { decidedBy: township });
  on += 10 + random.below(40);
  const verified = { countedMonths: years * 12, interruptions: [], countingRule: 'ALL_POSTS' };
  yield step(on, 'verifyRetiredService', verified, { decidedBy: township });
  on += 12 + random.below(20);
  // A notice that was too short is refused, and posted again.
  if (random.chance(0.05)) {
    const short = { from: dayOf(on - 2), to: dayOf(on - 1), objections: 0 };
    yield step(on, 'postRetiredNotice', short, { decidedBy: township });
  }
  yield step(
    on,
    'postRetiredNotice',
    { from: dayOf(on - 8), to: dayOf(on - 1), objections: 0 },
    { decidedBy: township },
  );
  on += 15 + random.below(60);
  if (random.chance(0.06)) {
    yield step(on, 'refuseRetirementAllowance', { ground: 'NOT_PROVEN', remark: '模拟' }, { decidedBy: county });
    return;
  }
  const approved = {
    tier: tierOf(years),
    from: dayOf(on + 31).slice(0, 7),
    inPensionScheme: false,
    excludesPensioners: true,
  };
  yield step(on, 'approveRetirementAllowance', approved, { decidedBy: county });
  if (!random.chance(0.15)) return;
  on += 100 + random.below(1_200);
  const from = dayOf(on + 31).slice(0, 7);
  yield step(on, 'ceaseRetirementAllowance', { cause: 'DEATH', from }, { decidedBy: county });
}
