/** The story of a simulated province: what every clerk enters, one command after the other. First what holds for all, then
 *  county by county, in each the lives of all its villages in the order of days: as if each county's archive was entered in its turn. */
import { createHash } from 'node:crypto';
import type { DivisionView } from '../domain/world.ts';
import type { Command } from '../es/command.ts';
import { invariant } from '../es/errors.ts';
import { streamOf } from '../es/event.ts';
import { inDayOrder } from './agenda.ts';
import { dayOf, daysOf } from './calendar.ts';
import { certificateLife } from './certificate-life.ts';
import { charterLife } from './charter-life.ts';
import { disclosureLife } from './disclosure-life.ts';
import { appraisalLife, electionLife, supervisionLife } from './election-life.ts';
import { type Draft, type Life, type Outcome, organOf, undocumented } from './life.ts';
import { matterLife, platformLife } from './matter-life.ts';
import { moneyLife } from './money-life.ts';
import { payLife } from './pay-life.ts';
import type { SimulatedProvince, SimulatedVillage } from './province.ts';
import { provinceActs } from './province-acts.ts';
import { isInTier, provinceMoney } from './province-money.ts';
import { type Random, seededRandom } from './random.ts';
import { retiredLife } from './retired-life.ts';
import { serviceLife, workforceLife } from './service-life.ts';
import { villageLife } from './village-life.ts';
import type { VillagePlace } from './village-place.ts';

export interface StoryOptions {
  readonly province: SimulatedProvince;
  readonly years: number;
  readonly seed: number;
}

/** The end of a part of the story: nothing that comes rests on what was told of a county before. */
export interface End {
  readonly ends: 'preface' | 'county';
  /** Counties that are told. */
  readonly done: number;
  readonly total: number;
}

/** Yields commands, and is told what each came to; and the ends of its parts, whose answer does not matter. */
export function* storyOf({ province, years, seed }: StoryOptions): Generator<Command | End, void, Outcome> {
  const days = daysOf(years);
  const counties = byCounty(province);
  let told = 0;
  const commandOf = ({ name, stream, data, effectiveOn, basis, decidedBy, corrects }: Draft): Command => {
    told += 1;
    const commandId = `sim-${seed}-${told}`;
    const [note, recordedBy] = ['simulated', 'simulation'];
    return { name, stream, data, effectiveOn, basis, decidedBy, corrects, commandId, note, recordedBy };
  };
  for (const draft of preface(province, years)) yield commandOf(draft);
  yield { ends: 'preface', done: 0, total: counties.length };
  for (const [at, villages] of counties.entries()) {
    const county = province.divisionsById.get(villages[0]?.record.county ?? '');
    const lives = villages.flatMap((village) => {
      const place = placeOf(village, province, seed, days);
      const hasStandards = isInTier(province, village.record.prefecture);
      return [...livesOf(place, villages), moneyLife(place, hasStandards)];
    });
    if (county) {
      lives.push(workforceLife(county, villages.length), payLife(county, villages, chanceOf(seed, county.id)));
    }
    const chronicle = inDayOrder(lives, days);
    for (let next = chronicle.next(null); !next.done; next = chronicle.next(yield commandOf(next.value)));
    yield { ends: 'county', done: at + 1, total: counties.length };
  }
}

function* preface(province: SimulatedProvince, years: number): Generator<Draft> {
  for (const { id, parent, ...division } of province.divisions) {
    const data = { ...division, edition: 2020, rule: 'FIRST_RECORD', parent: parent ?? undefined };
    yield { name: 'listDivision', stream: streamOf('division', id), data, effectiveOn: dayOf(0), basis: undocumented };
  }
  for (const { draft } of provinceActs(province)) yield draft;
  for (const { draft } of provinceMoney(province, years)) yield draft;
}

function livesOf(village: VillagePlace, neighbours: readonly SimulatedVillage[]): Life[] {
  const retired = Array.from({ length: village.random.below(2) }, (_, at) => retiredLife(village, at + 1));
  return [
    villageLife(village, neighbours),
    electionLife(village),
    supervisionLife(village),
    appraisalLife(village),
    charterLife(village),
    platformLife(village),
    matterLife(village),
    disclosureLife(village),
    certificateLife(village),
    serviceLife(village),
    ...retired,
  ];
}

function byCounty({ villages }: SimulatedProvince): SimulatedVillage[][] {
  const counties = new Map<string, SimulatedVillage[]>();
  for (const village of villages) {
    const key = village.record.county ?? village.record.prefecture;
    const own = counties.get(key);
    if (own) own.push(village);
    else counties.set(key, [village]);
  }
  return [...counties.values()];
}

function placeOf(
  village: SimulatedVillage,
  { divisionsById }: SimulatedProvince,
  seed: number,
  days: number,
): VillagePlace {
  const { township, county = '' } = village.record;
  const bodyOf = (id: string) => {
    const division: DivisionView | undefined = divisionsById.get(id);
    invariant(division, 'a village lies in known divisions');
    return organOf(division);
  };
  const isRural = village.record.kind === 'VILLAGERS_COMMITTEE';
  return {
    ...village,
    township: bodyOf(township),
    county: bodyOf(county),
    isRural,
    random: chanceOf(seed, village.id),
    days,
  };
}

const chanceOf = (seed: number, id: string): Random =>
  seededRandom(createHash('sha256').update(`${seed}:${id}`).digest().readUInt32LE());
