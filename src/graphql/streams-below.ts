/** What lies below a division: its own stream, those of divisions below it, and those of villages below it. */
import { LRUCache } from 'lru-cache';
import { type DivisionRow, divisions } from '../../projections/divisions.ts';
import { villages } from '../../projections/villages.ts';
import { aggregateOf, idOf, streamOf } from '../es/event.ts';
import type { ReadModel } from '../es/projection.ts';
import { placeOfDivision } from './place.ts';
import type { Scene } from './scene.ts';
import { villagesBelow } from './villages.ts';

const subjectsMax = 1_000_000;
/** Streams that are remembered for divisions, all together. */
const keptStreamsMax = 100_000;

const streamsOfModels = new WeakMap<ReadModel, LRUCache<string, ReadonlySet<string>>>();

/** Streams below the division with a code, made once for each picture of villages and divisions; none where no division has it. */
export function streamsBelow(scene: Scene, code: string): ReadonlySet<string> {
  const { context, at } = scene;
  const { readModel } = context.services;
  const names = [villages.name, divisions.name];
  for (const name of names) context.reads.add(name);
  const kept = streamsOfModels.get(readModel) ?? new LRUCache({ maxSize: keptStreamsMax });
  streamsOfModels.set(readModel, kept);
  const key = [code, at.effectiveOn, readModel.touched(names, at.position), readModel.generation].join();
  const known = kept.get(key) ?? findStreams(scene, code);
  kept.set(key, known, { size: known.size + 1 });
  return known;
}

/** Whether a stream is one of `streamsBelow`, by a look at its thing alone: for few events while villages change. */
export function liesBelow(scene: Scene, code: string, stream: string): boolean {
  const found = scene.divisionByCode(code);
  if (!found) return false;
  const id = idOf(stream);
  if (aggregateOf(stream) === 'division')
    return scene.division(id) !== null && placeOfDivision(scene, id).includes(found.id);
  const village = aggregateOf(stream) === 'village' ? scene.one(villages, id) : null;
  if (!village) return false;
  const { township, county, prefecture } = village;
  if (found.row.level === 'PROVINCE') return scene.prefecturesOf(found.id).includes(prefecture);
  return found.id === { TOWNSHIP: township, COUNTY: county, PREFECTURE: prefecture }[found.row.level];
}

function findStreams(scene: Scene, code: string): ReadonlySet<string> {
  const found = scene.divisionByCode(code);
  if (!found) return new Set();
  const { sql: where, params } = villagesBelow(scene, found.id, found.row.level);
  const below = scene.select(villages, { where, params, limit: subjectsMax });
  return new Set([
    ...divisionsBelow(scene, found.id, found.row.level).map((id) => streamOf('division', id)),
    ...below.map(({ id }) => streamOf('village', id)),
  ]);
}

/** Ids of a division and of all that lie below it. */
function divisionsBelow(scene: Scene, id: string, level: DivisionRow['level']): string[] {
  if (level === 'TOWNSHIP') return [id];
  const children = scene.select(divisions, { where: 'v.parent = ?', params: [id], limit: subjectsMax });
  return [id, ...children.flatMap((child) => divisionsBelow(scene, child.id, child.row.level))];
}
