/** Writes an illustrative log: every command is decided by the aggregates, as a clerk's would be. */
import type { Command } from '../es/command.ts';
import { CodedError } from '../es/errors.ts';
import type { LocalDate, RecordedEvent } from '../es/event.ts';
import type { EventStore } from '../es/store.ts';
import { yearsMax } from './calendar.ts';
import { type Decided, Decider } from './decider.ts';
import { Histories } from './histories.ts';
import { simulateProvince } from './province.ts';
import { seededRandom } from './random.ts';
import { storyOf } from './story.ts';
import { simulatedWorld } from './world.ts';

export interface Simulation {
  /** A log of kind `simulated`: empty, or what the same simulation has written of itself before it was stopped. */
  readonly store: EventStore;
  readonly villages: number;
  /** From 2020 on, 1 to 6. */
  readonly years: number;
  readonly seed: number;
  readonly today: () => LocalDate;
  /** In counties. */
  readonly onProgress?: (done: number, total: number) => void;
}

export interface SimulationReport {
  /** Events of the log, and how many of them were there before. */
  readonly events: number;
  readonly resumedAt: number;
  readonly villages: number;
  readonly commands: number;
  /** Commands that the aggregates refused, as happens to clerks, by the code of the refusal. */
  readonly refused: Readonly<Record<string, number>>;
  readonly types: Readonly<Record<string, number>>;
}

/** Villages and communities that the real province is said to have. */
export const provinceVillages = 26_361;
/** What a village comes to on the average in six years, its share of the county's acts with it. */
const eventsPerVillage = 109;

/** A province whose six years come to about so many events. */
export const provinceOf = (events: number): { readonly villages: number; readonly years: number } => ({
  villages: Math.max(1, Math.round(events / eventsPerVillage)),
  years: yearsMax,
});

const appendsBehindMax = 5_000;

/** Appends what is still missing of the simulation's log. Errors: those of the store; `E_LOG_KIND` where the log is another's. */
export async function simulate(simulation: Simulation): Promise<SimulationReport> {
  const { store, villages, years, seed, today, onProgress } = simulation;
  const province = simulateProvince(villages, seed, seededRandom(seed));
  const histories = new Histories();
  const decider = new Decider(histories, simulatedWorld(province, histories), today);
  const tail = await LogTail.of(store);
  const refused: Record<string, number> = {};
  const types: Record<string, number> = {};
  let [commands, shared] = [0, 0];
  const story = storyOf({ province, years, seed });
  for (let next = story.next(null); !next.done; ) {
    const told = next.value;
    if ('ends' in told) {
      const { ends, done, total } = told;
      if (ends === 'preface') shared = decider.position;
      if (ends === 'county') histories.forgetAfter(shared);
      onProgress?.(done, total);
      next = story.next(null);
      continue;
    }
    commands += 1;
    const decided = answerOf(decider, told, refused);
    if (decided) {
      tail.append(told.stream, decided);
      for (const { type } of decided.events) types[type] = (types[type] ?? 0) + 1;
    }
    next = story.next(decided?.recorded ?? null);
    if (tail.behind >= appendsBehindMax) await tail.settle();
  }
  await tail.settle();
  if (decider.position < tail.start) throw otherLog();
  return { events: decider.position, resumedAt: tail.start, villages, commands, refused, types };
}

/** What a command came to; null where it was refused, which is counted. */
function answerOf(decider: Decider, command: Command, refused: Record<string, number>): Decided | null {
  try {
    return decider.decide(command);
  } catch (error) {
    // A refusal is part of the story; anything else ends it.
    if (!(error instanceof CodedError) || error.code === 'E_EVENT_INVALID') throw error;
    refused[error.code] = (refused[error.code] ?? 0) + 1;
    return null;
  }
}

/** The end of the log: passes over what is there already and appends the rest, without waiting for each. */
class LogTail {
  #appends: Promise<unknown>[] = [];

  private constructor(
    private readonly store: EventStore,
    /** The last event that was there, or undefined. */
    private readonly last: RecordedEvent | undefined,
  ) {}

  static async of(store: EventStore): Promise<LogTail> {
    const [last] = await store.readLog({ backwards: true, limit: 1 });
    return new LogTail(store, last);
  }

  get start(): number {
    return this.last?.position ?? 0;
  }

  get behind(): number {
    return this.#appends.length;
  }

  append(stream: string, { events, revision, recorded }: Decided): void {
    const last = recorded.at(-1);
    if (last === undefined) return;
    if (last.position - recorded.length >= this.start) {
      this.#appends.push(this.store.append(stream, events, revision === -1 ? 'none' : revision));
    } else if (last.position >= this.start && !isSame(last, this.last)) {
      throw otherLog();
    }
  }

  async settle(): Promise<void> {
    await Promise.all(this.#appends.splice(0));
  }
}

const isSame = (a: RecordedEvent, b: RecordedEvent | undefined): boolean =>
  a.id === b?.id && a.commandHash === b.commandHash && a.commandId === b.commandId;

const otherLog = () =>
  new CodedError('E_LOG_KIND', 'The log holds something else than the beginning of this simulation.');
