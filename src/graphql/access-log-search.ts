/** Looks that the log holds, by who looked or by whom they were at. */
import { retiredCadres } from '../../projections/retired-cadres.ts';
import { access, accessStreamOf, seenSubject } from '../domain/access.ts';
import { person } from '../domain/person.ts';
import { type Position, type RecordedEvent, streamOf } from '../es/event.ts';
import { nowhere } from './place.ts';
import { placesOfStream } from './places.ts';
import { Rights } from './rights.ts';
import type { Scene } from './scene.ts';
import { turn } from './turn.ts';

const scannedMax = 20_000;
const sliceEvents = 500;
const recordsMax = 1_000;
const types = ['PersonalDataAccessed', 'RestrictedHistoryRead'];

/** An event by which a look is known, and the streams among those shown that the one who asks is told of. */
export interface FoundLook {
  readonly event: RecordedEvent;
  readonly streams: readonly string[];
}

/** Whose looks are asked for. */
export type Subject = { readonly person: string } | { readonly principal: string };

/** Checks the right to the looks, and notes that they are looked at. Returns the subjects under which the log finds them. Errors:
 *  `UNAUTHENTICATED`, `FORBIDDEN`: the same for a person outside one's rights and for none. */
export function subjectsOf(scene: Scene, asked: Subject): readonly string[] {
  const { context } = scene;
  const rights = Rights.of(context);
  if (!rights.hasAnywhere('seeAccessLog')) rights.need('seeAccessLog', nowhere);
  if ('principal' in asked) {
    const stream = accessStreamOf(asked.principal);
    context.disclosed.add(stream);
    return [stream];
  }
  const stream = streamOf('person', asked.person);
  rights.needAll('seeAccessLog', placesOfStream(rights.scene, stream));
  context.disclosed.add(stream);
  return [stream, seenSubject(stream), ...recordsOf(rights.scene, asked.person).map(seenSubject)];
}

/** Streams of the records of retired cadres that name the person. */
function recordsOf(scene: Scene, ref: string): readonly string[] {
  const question = { where: 'v.person_ref = ?', params: [ref], limit: recordsMax };
  return scene
    .on('9999-12-31')
    .select(retiredCadres, question)
    .map(({ id }) => streamOf('retired', id));
}

/** Looks by position, those of which the one who asks may be told. `resume`: where the search ended before the log did. */
export async function findLooks(
  scene: Scene,
  subjects: readonly string[],
  { from, until, limit }: { readonly from: Position; readonly until: Position; readonly limit: number },
): Promise<{ readonly found: readonly FoundLook[]; readonly resume: Position | null }> {
  const { store } = scene.context.services;
  const found: FoundLook[] = [];
  for (let [after, scanned] = [from, 0]; after < until; scanned += sliceEvents) {
    if (scanned >= scannedMax) return { found, resume: after };
    if (scanned > 0) await turn(scene.context);
    const read = await store.readLog({ from: after, until, limit: sliceEvents, filter: { types, subjects } });
    for (const event of read) {
      const streams = toldStreams(scene, event);
      if (streams.length > 0) found.push({ event, streams });
      if (found.length === limit) return { found, resume: null };
    }
    if (read.length < sliceEvents) break;
    after = (read.at(-1) as RecordedEvent).position;
  }
  return { found, resume: null };
}

/** What was shown, as far as it lies within the rights of who asks. */
function toldStreams({ context }: Scene, event: RecordedEvent): readonly string[] {
  const rights = Rights.of(context);
  const all =
    event.type === 'RestrictedHistoryRead'
      ? access.events.RestrictedHistoryRead.decode(event.data, event.schemaVersion).streams
      : [event.stream];
  return all.filter((stream) => rights.hasAll('seeAccessLog', placesOfStream(rights.scene, stream)));
}

/** Why and of what kinds, where a look was a reading of personal data. */
export function readingOf({ type, data, schemaVersion }: RecordedEvent) {
  if (type !== 'PersonalDataAccessed') return { purpose: null, fields: [] };
  return person.events.PersonalDataAccessed.decode(data, schemaVersion);
}

/** What was asked for. */
export const operationOf = ({ type, data, schemaVersion }: RecordedEvent): string =>
  type === 'RestrictedHistoryRead'
    ? access.events.RestrictedHistoryRead.decode(data, schemaVersion).operation
    : 'mutation readPersonalData';
