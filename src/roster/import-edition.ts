/** One edition's file into the log, as one import: a stream `roster-nbs-<edition day>` that says when it began and ended, and
 *  events of divisions, villages and reviews that bear its name as their correlationId. */
import { roster } from '../domain/roster.ts';
import type { Ledger } from '../es/command.ts';
import { CodedError, invariant } from '../es/errors.ts';
import { type Position, streamOf } from '../es/event.ts';
import { execute } from '../es/execute.ts';
import type { EventStore } from '../es/store.ts';
import type { Edition, EditionMeta } from './edition.ts';
import type { MatchCache } from './edition-set.ts';
import { executePlan, type Written } from './execute-plan.ts';
import type { ImportPlan } from './import-plan.ts';
import { knownEdition } from './known-editions.ts';
import { parseEdition } from './parse-edition.ts';
import { indexPlaces, type PlaceIndex } from './place-index.ts';
import { planImport } from './plan-import.ts';
import { restoreEdition } from './restore-edition.ts';
import { RosterLog } from './roster-log.ts';
import { worldOf } from './timelines.ts';

export interface ImportProgress {
  /** What is being done; `write` is the long part. */
  readonly phase: 'read' | 'compare' | 'write';
  readonly done: number;
  readonly total: number;
}

export interface ImportRequest {
  readonly ledger: Omit<Ledger, 'world'>;
  /** The file as it lies on the disk, packed or plain. */
  readonly bytes: Uint8Array;
  /** Where left out, what is known of the file by its hash. */
  readonly meta?: EditionMeta;
  readonly recordedBy: string;
  readonly onProgress?: (progress: ImportProgress) => void;
  /** Keeps what was read and compared for the next import into the same log. */
  readonly session?: ImportSession;
}

export interface ImportReport {
  readonly stream: string;
  readonly editionOn: string;
  readonly rows: number;
  readonly villages: number;
  /** The file was imported before; nothing was appended. */
  readonly isRepeat: boolean;
  /** Events of divisions, villages and reviews, by type. */
  readonly written: Readonly<Record<string, number>>;
  /** The edition's villages by the rule that recognised them, and those that are missing in it. */
  readonly recognised: Readonly<Record<string, number>>;
  /** Cases that this import left for a clerk. */
  readonly reviews: number;
}

/** What imports into one log share. */
export class ImportSession {
  readonly matches: MatchCache = new Map();
  /** By the file's hash. */
  readonly editions = new Map<string, PlaceIndex>();
  private log = new RosterLog();

  /** The log up to a position, and nothing after it. */
  async logUpTo(store: EventStore, position: Position): Promise<RosterLog> {
    if (this.log.position > position) this.log = new RosterLog();
    await this.log.readUpTo(store, position);
    return this.log;
  }
}

/** Imports one edition. Run again after a crash it goes on where it stopped; run again after its end it appends nothing.
 *  Errors: `E_ROSTER_INVALID` (with line), `E_ROSTER_UNKNOWN`, `E_ROSTER_UNFINISHED`, `E_EDITION_CONFLICT`, and the store's. */
export async function importEdition(request: ImportRequest): Promise<ImportReport> {
  const { ledger, bytes, recordedBy, onProgress = () => {}, session = new ImportSession() } = request;
  onProgress({ phase: 'read', done: 0, total: 1 });
  const edition = parseEdition(bytes);
  const meta = request.meta ?? knownEdition(edition.sha256);
  if (!meta) {
    throw new CodedError('E_ROSTER_UNKNOWN', 'Nothing is known of this file’s edition.', {
      fileSha256: edition.sha256,
    });
  }
  const job: Job = { ledger, stream: streamOf('roster', `nbs-${meta.editionOn}`), edition, meta, recordedBy };
  const log = await start(job, session);
  if (!log) return reportOf(job);

  onProgress({ phase: 'compare', done: 0, total: 1 });
  const plan = planImport(log, knownEditions(log, session), arrivingEdition(job, session), session.matches);
  const total = plan.commands.length;
  onProgress({ phase: 'write', done: 0, total });
  const world = worldOf(plan.timelines);
  const header = { stream: job.stream, fileSha256: edition.sha256, recordedBy };
  const onDone = (done: number) => onProgress({ phase: 'write', done, total });
  const written = await executePlan({ ...ledger, world }, plan.commands, header, onDone);
  await complete(job, plan, written);
  return reportOf(job, plan, written);
}

/** One import: what is imported, into what. */
interface Job extends Pick<ImportRequest, 'ledger' | 'recordedBy'> {
  readonly stream: string;
  readonly edition: Edition;
  readonly meta: EditionMeta;
}

/** Begins the import, or finds where it was begun. Returns what the log held then; undefined where the import is complete. */
async function start(job: Job, session: ImportSession): Promise<RosterLog | undefined> {
  const { store } = job.ledger;
  const before = await store.readStream(job.stream);
  if (before.length === 0) refuseUnfinished(await session.logUpTo(store, (await store.head()).position));
  await executeOwn(job, 'startRosterImport', fileOf(job));
  const events = await store.readStream(job.stream);
  if (events.some(({ type }) => type === 'RosterImportCompleted')) return undefined;
  const begun = events.find(({ type }) => type === 'RosterImportStarted');
  invariant(begun, 'an import that was started has begun');
  return session.logUpTo(store, begun.position - 1);
}

function refuseUnfinished(log: RosterLog): void {
  const unfinished = log.knownImports().find(({ completed }) => !completed);
  if (!unfinished) return;
  const message = `The import of the edition of ${unfinished.editionOn} was begun and not finished.`;
  throw new CodedError('E_ROSTER_UNFINISHED', message, { editionOn: unfinished.editionOn });
}

async function complete(job: Job, plan: ImportPlan, written: Written): Promise<void> {
  const recognised = [...plan.recognised].sort().map(([rule, count]) => ({ rule, count }));
  const counts = { eventsAppended: written.events, recognised, reviews: plan.reviews };
  await executeOwn(job, 'completeRosterImport', { ...fileOf(job), ...counts });
}

/** Executes a command on the import's own stream. */
function executeOwn({ ledger, stream, edition, meta, recordedBy }: Job, name: string, data: unknown) {
  return execute({ ...ledger, world: null }, roster, {
    name,
    stream,
    data,
    effectiveOn: meta.editionOn,
    commandId: `${name}-${edition.sha256.slice(0, 32)}`,
    basis: [{ title: meta.source, issuer: '国家统计局' }],
    recordedBy,
    correlationId: stream,
  });
}

function knownEditions(log: RosterLog, { editions }: ImportSession): PlaceIndex[] {
  return log.knownImports().map((known) => {
    const index = editions.get(known.fileSha256) ?? indexPlaces(known.editionOn, restoreEdition(log, known));
    editions.set(known.fileSha256, index);
    return index;
  });
}

function arrivingEdition({ edition, meta }: Job, { editions }: ImportSession): PlaceIndex {
  const index = editions.get(edition.sha256) ?? indexPlaces(meta.editionOn, edition.rows);
  editions.set(edition.sha256, index);
  return index;
}

function reportOf(job: Job, plan?: ImportPlan, written?: Written): ImportReport {
  const { rows, villages } = fileOf(job);
  return {
    stream: job.stream,
    editionOn: job.meta.editionOn,
    rows,
    villages,
    isRepeat: plan === undefined,
    written: Object.fromEntries(written?.types ?? []),
    recognised: Object.fromEntries(plan?.recognised ?? []),
    reviews: plan?.reviews ?? 0,
  };
}

function fileOf({ edition, meta }: Job) {
  return {
    edition: Number(meta.editionOn.slice(0, 4)),
    publisher: 'nbs',
    publishedOn: meta.publishedOn,
    fileSha256: edition.sha256,
    rows: edition.rows.length,
    villages: edition.villages,
  };
}
