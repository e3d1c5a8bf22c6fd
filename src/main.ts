/** The server, assembled: here the store, the read model and the clock are picked. */
import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { projections } from '../projections/index.ts';
import { type Access, openAccess } from './access/open-access.ts';
import { dayInShanghai } from './cli/clock.ts';
import { rebuildSource } from './cli/log-source.ts';
import { settleApproved } from './cli/settle-approved.ts';
import type { Config } from './config.ts';
import type { Instant, LocalDate, Position } from './es/event.ts';
import type { ReadModel } from './es/projection.ts';
import { Runner } from './es/runner.ts';
import type { EventStore } from './es/store.ts';
import { lookRecorder } from './graphql/access-log.ts';
import type { Services } from './graphql/context.ts';
import { contractFiles } from './graphql/contract-files.ts';
import type { Edge } from './graphql/http-application.ts';
import { defaultLimits } from './graphql/limits.ts';
import { buildXiangyueSchema } from './graphql/schema.ts';
import { buildServer } from './graphql/server.ts';
import { createTelemetry, type Telemetry, timedStore } from './graphql/telemetry.ts';
import { worldOf } from './graphql/world.ts';
import { openLive } from './live/open-live.ts';
import { openTransports } from './live/transports/open-transports.ts';
import { packageRoot } from './package-root.ts';
import { openReadModel } from './readmodel/open.ts';
import type { ServingReadModel } from './readmodel/serving.ts';
import { openSqliteStore } from './store/sqlite/store.ts';
import { LedgerVault } from './vault/ledger-vault.ts';
import { openWebhooks, type ServedWebhooks } from './webhooks/open-webhooks.ts';

/** What a server needs beside its configuration; each has a usual value. */
export interface ServerDeps {
  /** Milliseconds since the epoch. */
  readonly now?: () => Instant;
  readonly telemetry?: Telemetry;
  /** The log of the data folder, where the caller has opened it already; the server closes it. */
  readonly store?: EventStore;
  /** Hears how many of the log's events a read model that is being built has taken in. */
  readonly onBuild?: (events: number, total: number) => void;
}

export interface RunningServer {
  readonly url: string;
  /** Why mutations are refused, or null. */
  readonly readOnlyBecause: string | null;
  /** Refuses what is new, finishes what runs, closes. */
  readonly close: () => Promise<void>;
}

/** How long a reader waits for the read model to reach its position. */
const catchUpMsMax = 5_000;
const retryDelayMs = 1_000;

/** Opens the data folder and serves it. Errors: those of the store and the read model, and of listening. */
export async function startServer(config: Config, deps: ServerDeps = {}): Promise<RunningServer> {
  const now = deps.now ?? Date.now;
  const telemetry = deps.telemetry ?? createTelemetry({ level: config.logLevel, process: true });
  const opened = deps.store ?? openSqliteStore({ dir: config.dataDir, mode: 'write', now, newId: randomUUID });
  const undo: (() => Promise<void>)[] = [() => opened.close()];
  const close = async () => {
    // The server first, the store last.
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const store = timedStore(opened, telemetry);
    const { readModel, abandon } = await serveReadModel(config, store, telemetry, undo, deps.onBuild);
    const runner = Runner.start({ store, sink: readModel, onFailure: reportAndWait(telemetry) });
    undo.push(async () => {
      const stopped = runner.stop();
      // The runner waits for the file that is being built.
      abandon();
      await stopped;
    });
    const reportStuck = stuckReporter(readModel, telemetry);
    reportStuck();
    runner.onApplied(reportStuck);
    const readOnlyBecause = reasonForReadOnly(config);
    const ledgerServices = servicesOf({ store, readModel, runner, now, readOnlyBecause });
    const persons = await openPersons(config, ledgerServices, telemetry, undo);
    if (readOnlyBecause === null) undo.push(settleApproved(ledgerServices.ledger, runner, telemetry));
    const access = await accessOf(config, store, now, telemetry);
    undo.push(async () => access.close());
    const webhooks = await webhooksOf(config, ledgerServices, access, telemetry);
    undo.push(webhooks.close);
    const services = { ...ledgerServices, persons, keys: access.keys, webhooks: webhooks.service };
    const app = await applicationOf(config, services, telemetry, readModel, access, webhooks);
    undo.push(async () => void (await Promise.all([app.close(), webhooks.close()])));
    const url = await app.listen({ host: config.host, port: config.port });
    telemetry.log.info({ url, position: String(readModel.position), readOnlyBecause }, 'serving');
    return { url, readOnlyBecause, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function serveReadModel(
  { dataDir }: Config,
  store: EventStore,
  { log }: Telemetry,
  undo: (() => Promise<void>)[],
  onBuild: ServerDeps['onBuild'],
): Promise<{ readModel: ServingReadModel; abandon: () => void }> {
  const stopping = new AbortController();
  const abandon = () => stopping.abort();
  const { position: total } = await store.head();
  const readModel = await openReadModel({
    dir: dataDir,
    projections,
    store,
    source: rebuildSource(dataDir),
    onProgress: ({ events }) => onBuild?.(events, total),
    onNotice: (notice) => log.info({ notice }, `read model ${notice.kind}`),
    signal: stopping.signal,
  });
  undo.push(async () => {
    abandon();
    await readModel.close();
  });
  return { readModel, abandon };
}

/** Carries out what was ordered destroyed; a vault that cannot be opened keeps nobody from the rest of the ledger. */
async function openPersons(
  { dataDir, vaultKey }: Config,
  { ledger }: Services,
  { log }: Telemetry,
  undo: (() => Promise<void>)[],
): Promise<LedgerVault> {
  const persons = new LedgerVault({ dir: dataDir, ledger, key: vaultKey });
  undo.push(() => persons.close());
  await persons.settle().catch((error: unknown) => log.error({ err: error }, 'the vault of persons cannot be opened'));
  return persons;
}

async function accessOf(
  { dataDir: dir, oidc }: Config,
  store: EventStore,
  now: () => Instant,
  { log }: Telemetry,
): Promise<Access> {
  const onFault = (error: unknown) => log.error({ err: error }, 'the use of a key could not be noted');
  return openAccess({ dir, logId: (await store.identity()).id, oidc, now, onFault });
}

function webhooksOf(
  { dataDir: dir, isPrivateWebhookAllowed: isPrivateAllowed }: Config,
  services: Services,
  { authenticator }: Access,
  telemetry: Telemetry,
): Promise<ServedWebhooks> {
  return openWebhooks({
    dir,
    services,
    isPrivateAllowed,
    holds: (principal) => authenticator.holds(principal),
    telemetry,
  });
}

interface Parts {
  readonly store: EventStore;
  readonly readModel: ServingReadModel;
  readonly runner: Runner;
  readonly now: () => Instant;
  readonly readOnlyBecause: string | null;
}

function servicesOf({ store, readModel, runner, now, readOnlyBecause }: Parts): Services {
  const today = todayOf(now);
  return {
    store,
    readModel,
    ledger: { store, today, world: worldOf(readModel) },
    now,
    today,
    waitFor: (position: Position) => runner.waitFor(position, AbortSignal.timeout(catchUpMsMax)),
    onApplied: (ring) => runner.onApplied(ring),
    recordLook: lookRecorder(store, today),
    readOnlyBecause,
  };
}

async function applicationOf(
  config: Config,
  services: Services,
  telemetry: Telemetry,
  readModel: ServingReadModel,
  { authenticator }: Access,
  webhooks: ServedWebhooks,
): Promise<FastifyInstance> {
  const documents = await exampleOperations();
  const schema = buildXiangyueSchema();
  const limits = { ...defaultLimits, ...config.limits };
  const edge = await edgeOf(config);
  const server = await buildServer({
    schema,
    contract: contractFiles(),
    services,
    projections,
    limits,
    cacheBytesMax: config.cacheBytesMax,
    telemetry,
    authenticator,
    documents,
    edge,
    graphiql: { examples: documents, folder: join(packageRoot, 'dist', 'graphiql') },
    degraded: () => [...shortcomings(readModel), ...webhooks.shortcomings()],
  });
  const live = openLive({ schema, services, executor: server.executor, telemetry });
  openTransports(server, { live, services, authenticator, limits, telemetry, ...edge });
  return server.app;
}

async function edgeOf({ origins, trustProxy, tls }: Config): Promise<Edge> {
  if (!tls) return { origins, trustProxy, tls };
  const [cert, key] = await Promise.all([readFile(tls.certFile, 'utf8'), readFile(tls.keyFile, 'utf8')]);
  return { origins, trustProxy, tls: { cert, key } };
}

function shortcomings({ building, failure }: ServingReadModel): string[] {
  if (!building) return [];
  if (failure === null) return ['The read model of this version is being built; an older one answers.'];
  return [`The read model of this version could not be built and is tried again; an older one answers. ${failure}`];
}

/** Today in Asia/Shanghai, formatted once a day: the city has kept UTC+8 all year round since 1991. */
function todayOf(now: () => Instant): () => LocalDate {
  const dayMs = 86_400_000;
  const offsetMs = 28_800_000;
  let known = Number.NaN;
  let date = '';
  return () => {
    const instant = now();
    const day = Math.floor((instant + offsetMs) / dayMs);
    if (day !== known) {
      known = day;
      date = dayInShanghai(instant);
    }
    return date;
  };
}

const reasonForReadOnly = ({ isReadOnly }: Config): string | null =>
  isReadOnly ? 'The server was started read-only (READ_ONLY).' : null;

/** Writes each entity that an event has stopped to the log, once. */
function stuckReporter(readModel: ReadModel, { log }: Telemetry): () => void {
  const known = new Set<string>();
  return () => {
    for (const { projection, entity, position, message } of readModel.stuck()) {
      const key = `${projection} ${entity} ${position}`;
      if (known.has(key)) continue;
      known.add(key);
      log.error(
        { code: 'E_PROJECTION_STUCK', projection, entity, position: String(position), message },
        'an event stopped an entity',
      );
    }
  };
}

function reportAndWait({ log }: Telemetry): (error: unknown, stopped: AbortSignal) => Promise<void> {
  return async (error, stopped) => {
    // What was cut short on purpose is no failure.
    if (stopped.aborted) return;
    log.error({ err: error }, 'the read model could not take the log in; trying again');
    await new Promise<void>((resolve) => {
      const end = () => {
        clearTimeout(timer);
        stopped.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, retryDelayMs);
      stopped.addEventListener('abort', end);
    });
  };
}

/** `schema/operations`, in the order of their names. */
async function exampleOperations(): Promise<string[]> {
  const folder = join(packageRoot, 'schema', 'operations');
  const names = await readdir(folder).catch(() => []);
  const files = names.filter((name) => name.endsWith('.graphql')).sort();
  return Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
}
