/** An illustrative history of villages: a stream of commands, seeded, that go through the same decisions as any clerk's.
 *  About 95 in 100 come in the order of their days, 4 come late, 1 takes something back. */

import type { Command } from '../es/command.ts';
import type { LocalDate } from '../es/event.ts';
import { streamOf } from '../es/event.ts';
import type { SimulatedProvince, SimulatedVillage } from './province.ts';
import { simulatedName } from './province.ts';
import type { Random } from './random.ts';

/** Commands of one round touch a stream once each, so that all of them may be in flight together. */
export type Round = readonly Command[];

/** Listings are those of an imagined edition: taken as they stand. */
const asPublished = { edition: 2016, rule: 'FIRST_RECORD' };
const firstDay = Date.UTC(2016, 0, 1);
const days = 3_600;
const dayOf = (offset: number): LocalDate => new Date(firstDay + offset * 86_400_000).toISOString().slice(0, 10);

const suffixes: Readonly<Record<string, readonly string[]>> = {
  RESIDENTS_COMMITTEE: ['社区居委会', '居委会', '社区居民委员会', '居民委员会'],
  VILLAGERS_COMMITTEE: ['村委会', '村民委员会', '村村民委员会'],
};
const classes = [
  'MAIN_URBAN',
  'URBAN_FRINGE',
  'TOWN_CENTRE',
  'TOWN_FRINGE',
  'TOWNSHIP_CENTRE',
  'VILLAGE_AREA',
] as const;

/** The divisions first, from the top, then every village's listing, then rounds of change until `commands` are made. */
export function* villageLife(
  province: SimulatedProvince,
  commands: number,
  seed: number,
  random: Random,
): Generator<Round> {
  let made = 0;
  const command = (stream: string, name: string, data: unknown, effectiveOn: LocalDate, corrects?: string): Command => {
    made += 1;
    return {
      name,
      stream,
      data,
      effectiveOn,
      corrects,
      commandId: `sim-${seed}-${made}`,
      basis: [],
      note: 'simulated',
      recordedBy: 'simulation',
    };
  };
  for (const level of ['PROVINCE', 'PREFECTURE', 'COUNTY', 'TOWNSHIP']) {
    yield province.divisions
      .filter((division) => division.level === level)
      .map(({ id, parent, ...division }) =>
        command(
          streamOf('division', id),
          'listDivision',
          { ...division, ...asPublished, parent: parent ?? undefined },
          dayOf(0),
        ),
      );
  }
  yield province.villages.map(({ id, record }) =>
    command(streamOf('village', id), 'listVillage', { ...record, ...asPublished }, dayOf(0)),
  );

  const rounds = Math.max(1, Math.ceil((commands - made) / Math.max(1, province.villages.length)));
  for (let round = 1; made < commands; round += 1) {
    const left = commands - made;
    yield province.villages.slice(0, left).map((village) => {
      const planned = Math.floor(((round - 1 + random.next()) / rounds) * (days - 1)) + 1;
      const offset = random.chance(0.04) ? Math.max(1, planned - random.below(600)) : Math.min(planned, days);
      const stream = streamOf('village', village.id);
      if (round > 2 && random.chance(0.012)) {
        // Not every command yields an event: an early one is surely there.
        const target = `${stream}.${1 + random.below(Math.floor(round / 2))}`;
        return command(stream, 'voidEvent', { eventId: target, reason: 'simulated' }, dayOf(offset), target);
      }
      const [name, data] = change(village, province, round, random);
      return command(stream, name, data, dayOf(offset));
    });
  }
}

function change(
  village: SimulatedVillage,
  province: SimulatedProvince,
  round: number,
  random: Random,
): readonly [string, unknown] {
  const { record } = village;
  const kind = random.next();
  if (kind < 0.55) {
    // As in the real roster, most new names are new spellings of the suffix.
    const shortName = random.chance(0.1) ? `${simulatedName(random)}${round}` : record.shortName;
    return ['renameVillage', { name: `${shortName}${random.pick(suffixes[record.kind] ?? ['村委会'])}` }];
  }
  if (kind < 0.8) return ['classifyVillage', { class: random.pick(classes) }];
  if (kind < 0.9) {
    const other = random.pick(province.villages).record;
    return [
      'listVillage',
      { ...record, ...asPublished, township: other.township, county: other.county, prefecture: other.prefecture },
    ];
  }
  if (kind < 0.95) return ['delistVillage', { reason: 'simulated' }];
  return ['listVillage', { ...record, ...asPublished }];
}
