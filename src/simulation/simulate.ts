/** Writes an illustrative log: every command goes through the kernel and the aggregates, as a clerk's would. */
import { authorityMatrix } from '../domain/authority.ts';
import { aggregateNamed } from '../domain/index.ts';
import { ruleSet } from '../domain/rule-set.ts';
import type { World } from '../domain/world.ts';
import type { Ledger } from '../es/command.ts';
import { CodedError, invariant } from '../es/errors.ts';
import { aggregateOf, type LocalDate, type RecordedEvent } from '../es/event.ts';
import { execute } from '../es/execute.ts';
import type { EventStore } from '../es/store.ts';
import { type SimulatedProvince, simulateProvince } from './province.ts';
import { seededRandom } from './random.ts';
import { villageLife } from './village-life.ts';

export interface Simulation {
  /** An empty log of kind `simulated`. */
  readonly store: EventStore;
  readonly events: number;
  readonly seed: number;
  readonly today: () => LocalDate;
  readonly onProgress?: (done: number, total: number) => void;
}

export interface SimulationReport {
  readonly events: number;
  readonly villages: number;
  /** Commands that the aggregates refused, as happens to clerks. */
  readonly refused: number;
}

const inFlightMax = 512;
/** Events a village on the average, as the real roster's own history would have after some decades. */
const eventsPerVillage = 38;

/** Appends at least `events` events, some more where a command yields several. Errors: those of the store; `E_LOG_KIND` where the log is not empty. */
export async function simulate({ store, events, seed, today, onProgress }: Simulation): Promise<SimulationReport> {
  if ((await store.head()).position !== 0) throw new CodedError('E_LOG_KIND', 'A simulation begins with an empty log.');
  const random = seededRandom(seed);
  const villages = Math.max(1, Math.min(26_000, Math.ceil(events / eventsPerVillage)));
  const province = simulateProvince(villages, seed, random);
  const ledger: Ledger = { store: remembering(store), today, world: worldOf(province) };
  let appended = 0;
  let refused = 0;
  for (const round of villageLife(province, Math.ceil(events * 1.5), seed, random)) {
    for (let from = 0; from < round.length && appended < events; from += inFlightMax) {
      const receipts = await Promise.all(
        round.slice(from, from + inFlightMax).map(async (command) => {
          const aggregate = aggregateNamed(aggregateOf(command.stream));
          invariant(aggregate, `an aggregate has ${command.stream}`);
          try {
            return (await execute(ledger, aggregate, command)).events.length;
          } catch (error) {
            // A refusal is part of the story; anything else ends it.
            if (!(error instanceof CodedError) || !isRefusal(error)) throw error;
            return null;
          }
        }),
      );
      for (const count of receipts) {
        if (count === null) refused += 1;
        else appended += count;
      }
      onProgress?.(Math.min(appended, events), events);
    }
    if (appended >= events) break;
  }
  return { events: appended, villages, refused };
}

const isRefusal = ({ code }: CodedError): boolean =>
  code === 'E_VILLAGE_NOT_ACTIVE' || code === 'E_CORRECTION_TARGET' || code === 'E_NOT_FOUND';

/** The simulated world knows its divisions; names and codes are not held to be unique in it. */
function worldOf(province: SimulatedProvince): World {
  const divisions = new Map(province.divisions.map((division) => [division.id, division]));
  return {
    rosterFrom: null,
    rules: ruleSet,
    authority: authorityMatrix,
    document: () => null,
    hasCounties: () => true,
    division: (id) => divisions.get(id) ?? null,
    divisionByCode: () => null,
    village: () => null,
    villageByCode: () => null,
    isCodeRetired: () => false,
    villagesNamed: () => [],
    villagesBelow: () => [],
  };
}

/** The simulation is its log's only writer, so what it wrote need not be read back. */
function remembering(store: EventStore): EventStore {
  const bySubject = new Map<string, RecordedEvent[]>();
  return {
    identity: () => store.identity(),
    readStream: (stream, options) => store.readStream(stream, options),
    readLog: (options) => store.readLog(options),
    readStreams: (range) => store.readStreams(range),
    readShared: (until) => store.readShared(until),
    head: () => store.head(),
    positionAt: (instant) => store.positionAt(instant),
    onAppend: (ring) => store.onAppend(ring),
    close: () => store.close(),
    readSubject: async (stream) => bySubject.get(stream) ?? [],
    append: async (stream, events, expected) => {
      const appended = await store.append(stream, events, expected);
      for (const event of appended.events) {
        for (const subject of event.subjects) {
          const known = bySubject.get(subject);
          if (known) known.push(event);
          else bySubject.set(subject, [event]);
        }
      }
      return appended;
    },
  };
}
