/** How a village deliberates: a platform, for some a demonstration site, and one matter after the other. */
import { streamOf } from '../es/event.ts';
import { dayOf } from './calendar.ts';
import { type Life, type Outcome, type Step, simulatedDocument, stepsOn } from './life.ts';
import { simulatedHash, simulatedId } from './simulated-hash.ts';
import type { VillagePlace } from './village-place.ts';

const basis = simulatedDocument('城乡社区协商工作');
const categories = ['PUBLIC_AFFAIR', 'PUBLIC_GOOD', 'DISPUTE', 'POLICY_IMPLEMENTATION', 'REQUESTED_BY_PARTICIPANT'];
const channels = ['公示栏'];

/** Every third village or so has a platform, every ninth a site. */
export function* platformLife({ id, random, county }: VillagePlace): Life {
  if (!random.chance(0.38)) return;
  const step = stepsOn(streamOf('deliberation', id), basis);
  const name = '模拟议事厅';
  const on = 10 + random.below(900);
  yield step(on, 'openDeliberationPlatform', { name, form: random.pick(['HALL', 'COUNCIL', 'BOARD', 'ONLINE']) });
  if (!random.chance(0.32)) return;
  const site = { platform: name, level: 'COUNTY', batch: '模拟第一批' };
  yield step(on + 60 + random.below(600), 'designateDemonstrationSite', site, { decidedBy: county });
}

/** Matters, each brought to its end before the next is raised. */
export function* matterLife(village: VillagePlace): Life {
  const { id, random, days } = village;
  for (let on = 15 + random.below(500), number = 1; on < days; on += 250 + random.below(2_000), number += 1) {
    on = yield* matter(village, simulatedId('m', id, number), on);
  }
}

/** One matter; returns the day of its end. */
function* matter({ id, random }: VillagePlace, matterId: string, raisedOn: number): Generator<Step, number, Outcome> {
  const step = stepsOn(streamOf('matter', matterId), basis);
  let on = raisedOn;
  const category = random.pick(categories);
  const raised = {
    village: id,
    title: `模拟事项 ${matterId.slice(-4)}`,
    category,
    raisedBy: 'RESIDENT',
    important: false,
  };
  yield step(on, 'raiseMatter', raised);
  on += 3 + random.below(20);
  // Some forget that nothing is held that was not called.
  if (random.chance(0.03))
    yield step(on, 'decideMatter', { outcome: 'ADOPTED', inFavour: 0, against: 0, abstained: 0 });
  const notice = 2 + random.below(8);
  yield step(on + notice, 'conveneDeliberation', { form: 'REPRESENTATIVE_ASSEMBLY', noticeOn: dayOf(on) });
  on += notice;
  const eligible = 30 + random.below(50);
  const attended = Math.ceil(eligible * (0.7 + random.next() * 0.3));
  yield step(on, 'recordDeliberation', { eligible, attended, minutesSha256: simulatedHash(matterId) });
  const isAdopted = random.chance(0.93);
  const inFavour = Math.floor(attended * (isAdopted ? 0.6 + random.next() * 0.4 : random.next() * 0.4));
  const against = Math.floor((attended - inFavour) / 2);
  const votes = { inFavour, against, abstained: attended - inFavour - against };
  yield step(on, 'decideMatter', { outcome: isAdopted ? 'ADOPTED' : 'REJECTED', ...votes });
  on += 1 + random.below(6);
  yield step(on, 'publishResolution', { channels });
  if (!isAdopted) return on;
  on += 10 + random.below(200);
  if (random.chance(0.97)) yield step(on, 'reportImplementation', { result: '模拟：已落实' });
  else yield step(on, 'reportBlockedResolution', { reason: '模拟：受阻' });
  return on;
}
