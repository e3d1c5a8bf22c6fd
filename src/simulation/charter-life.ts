/** A village's charter: made or revised in the five statutory steps, filed, published, and looked after each year. */
import { streamOf } from '../es/event.ts';
import { dayOf } from './calendar.ts';
import { type Life, simulatedDocument, stepsOn } from './life.ts';
import { simulatedHash } from './simulated-hash.ts';
import type { VillagePlace } from './village-place.ts';

const basis = simulatedDocument('关于做好村规民约和居民公约工作的意见');
const topics = ['CONDUCT', 'ORDER', 'RIGHTS', 'MEDIATION', 'CUSTOMS'];

/** One revision through all its steps, then a review of its enforcement each year. */
export function* charterLife(village: VillagePlace): Life {
  const { id, random, isRural, township, county } = village;
  const step = stepsOn(streamOf('charter', id), basis);
  let on = 20 + random.below(330);
  yield step(on, 'openCharterRevision', { kind: isRural ? 'VILLAGE_RULES' : 'RESIDENTS_PACT', reason: '模拟' });
  const from = on;
  on += 5 + random.below(20);
  const opinionsReceived = random.below(200);
  const opinions = { from: dayOf(from), channels: ['公示栏'], opinionsReceived };
  yield step(on, 'collectCharterOpinions', { ...opinions, opinionsAdopted: random.below(opinionsReceived + 1) });
  const textSha256 = simulatedHash('charter', id);
  on += 3 + random.below(20);
  yield step(on, 'draftCharter', { textSha256, topics });
  // Some villages vote before anybody has reviewed the draft, and are told so.
  if (random.chance(0.04)) yield step(on + 1, 'adoptCharter', voteOf(village));
  on += 2 + random.below(10);
  yield step(on, 'submitCharterForReview', {});
  on += 3 + random.below(20);
  yield step(on, 'passCharterReview', { textSha256 }, { decidedBy: township });
  on += 12 + random.below(20);
  yield step(on, 'adoptCharter', voteOf(village));
  on += 2 + random.below(15);
  const registrar = isRural ? township : county;
  yield step(on, 'fileCharter', { textSha256, filedWith: registrar.organ }, { decidedBy: registrar });
  on += 1 + random.below(15);
  yield step(on, 'publishCharter', { publishedOn: dayOf(on), channels: ['公示栏'] });
  for (let next = on + 365; ; next += 365) {
    const data = { from: dayOf(next - 365), incentives: random.below(30), breachesHandled: random.below(8) };
    yield step(next + random.below(20), 'reviewCharterEnforcement', data);
  }
}

function voteOf({ random }: VillagePlace) {
  const eligible = 300 + random.below(900);
  const attended = Math.ceil(eligible * (0.68 + random.next() * 0.25));
  const women = Math.floor(attended * (0.35 + random.next() * 0.2));
  return {
    assembly: 'HOUSEHOLDS',
    eligible,
    attended,
    women,
    inFavour: Math.ceil(attended * (0.7 + random.next() * 0.3)),
  };
}
