/** A village in the roster: listed, renamed, classified, moved, delisted and listed again, as the editions tell it. */
import { streamOf } from '../es/event.ts';
import { type Life, stepsOn, undocumented, voidedOn } from './life.ts';
import { type SimulatedVillage, simulatedName } from './province.ts';
import type { VillagePlace } from './village-place.ts';

/** Listings are those of an imagined edition: taken as they stand. */
const asPublished = { edition: 2020, rule: 'FIRST_RECORD' };
const suffixes: Readonly<Record<string, readonly string[]>> = {
  RESIDENTS_COMMITTEE: ['社区居委会', '居委会', '社区居民委员会', '居民委员会'],
  VILLAGERS_COMMITTEE: ['村委会', '村民委员会', '村村民委员会'],
};
const classes = ['MAIN_URBAN', 'URBAN_FRINGE', 'TOWN_CENTRE', 'TOWN_FRINGE', 'TOWNSHIP_CENTRE', 'VILLAGE_AREA'];

/** `neighbours` are villages to whose township it may be moved. */
export function* villageLife(village: VillagePlace, neighbours: readonly SimulatedVillage[]): Life {
  const { id, record, random, days } = village;
  const step = stepsOn(streamOf('village', id), undocumented);
  yield step(0, 'listVillage', { ...record, ...asPublished });
  yield step(1, 'classifyVillage', { class: random.pick(classes) });
  for (let on = 30 + random.below(700); on < days; on += 100 + random.below(1_200)) {
    const effective = random.chance(0.12) ? Math.max(0, on - random.below(400)) : on;
    const kind = random.next();
    if (kind < 0.6) {
      // As in the real roster, most new names are new spellings of the suffix.
      const shortName = random.chance(0.1) ? `${simulatedName(random)}${on}` : record.shortName;
      const told = yield step(
        on,
        'renameVillage',
        { name: `${shortName}${random.pick(suffixes[record.kind] ?? [''])}` },
        { effective },
      );
      if (told?.[0] && random.chance(0.1)) yield voidedOn(on + 5, told[0]);
    } else if (kind < 0.85) {
      yield step(on, 'classifyVillage', { class: random.pick(classes) }, { effective });
    } else if (kind < 0.96) {
      const { township, county, prefecture } = random.pick(neighbours).record;
      yield step(on, 'listVillage', { ...record, ...asPublished, township, county, prefecture }, { effective });
    } else {
      yield step(on, 'delistVillage', { reason: '模拟' });
      yield step(on + 30 + random.below(60), 'listVillage', { ...record, ...asPublished });
    }
  }
}
