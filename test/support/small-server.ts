/** A server over the small schema and a memory store, on a free port of this machine, closed when its test has finished. */
import type { FastifyInstance } from 'fastify';
import { onTestFinished } from 'vitest';
import type { Projection } from '../../src/es/projection.ts';
import { Runner } from '../../src/es/runner.ts';
import type { EventStore } from '../../src/es/store.ts';
import type { Services } from '../../src/graphql/context.ts';
import { defaultLimits, type Limits } from '../../src/graphql/limits.ts';
import { buildServer, type ServerOptions } from '../../src/graphql/server.ts';
import { createTelemetry } from '../../src/graphql/telemetry.ts';
import { openDatabase } from '../../src/readmodel/database.ts';
import { SqliteReadModel } from '../../src/readmodel/sqlite-read-model.ts';
import { type Fact, memoryStore, record } from './hamlet-log.ts';
import { hamlets } from './hamlets.ts';
import { everyone } from './principals.ts';
import { sdl, smallSchema } from './small-api.ts';

const projections = [hamlets as unknown as Projection];

export interface SmallServer {
  readonly url: string;
  readonly app: FastifyInstance;
  readonly store: EventStore;
  readonly readModel: SqliteReadModel;
  /** Everything that was logged. */
  readonly lines: string[];
  /** Appends a fact and waits until the read model has it. */
  readonly record: (fact: Fact) => Promise<void>;
  /** Waits until the read model has all that was appended. */
  readonly settle: () => Promise<void>;
  readonly setToday: (day: string) => void;
  readonly close: () => Promise<void>;
}

type Options = Partial<Omit<ServerOptions, 'limits'>> & {
  readonly limits?: Partial<Limits>;
  readonly readOnlyBecause?: string;
  readonly wrapStore?: (store: EventStore) => EventStore;
  /** Left out, the read model follows the log. */
  readonly isHalted?: boolean;
};

export async function startSmallServer(options: Options = {}): Promise<SmallServer> {
  const store = memoryStore();
  const served = options.projections ?? projections;
  const readModel = SqliteReadModel.create(openDatabase(':memory:'), served, 'test');
  const onFailure = async (error: unknown) => {
    throw error;
  };
  const runner = options.isHalted ? undefined : Runner.start({ store, sink: readModel, onFailure });
  const waitFor = (position: number) => runner?.waitFor(position, new AbortController().signal) ?? Promise.resolve();
  const settle = async () => waitFor((await store.head()).position);
  let today = '2024-06-30';
  const services: Services = {
    store,
    readModel,
    ledger: { store, today: () => today, world: null },
    now: () => 0,
    today: () => today,
    waitFor,
    onApplied: (ring) => runner?.onApplied(ring) ?? (() => undefined),
    recordLook: async () => undefined,
    readOnlyBecause: options.readOnlyBecause ?? null,
  };
  const lines: string[] = [];
  const telemetry = createTelemetry({ level: 'debug', destination: { write: (line) => void lines.push(line) } });
  const server = await buildServer({
    schema: smallSchema(),
    services,
    projections,
    cacheBytesMax: 10_000_000,
    telemetry,
    authenticator: everyone,
    contract: { 'schema.graphql': sdl, 'events.schema.json': '{}' },
    graphiql: { examples: ['{ position }'], folder: 'nowhere' },
    ...options,
    limits: { ...defaultLimits, ...options.limits },
  });
  const { app } = server;
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  let closed: Promise<void> | undefined;
  const close = () => {
    closed ??= (async () => {
      await app.close();
      await runner?.stop();
      readModel.close();
    })();
    return closed;
  };
  onTestFinished(close);
  return {
    url,
    app,
    store,
    readModel,
    lines,
    close,
    setToday: (day) => {
      today = day;
    },
    settle,
    record: async (fact) => {
      await record(store, fact);
      await settle();
    },
  };
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: {
    readonly data?: Record<string, unknown> | null;
    readonly errors?: readonly {
      readonly message: string;
      readonly path?: unknown;
      readonly extensions: Record<string, unknown>;
    }[];
    readonly extensions?: {
      readonly basis?: { readonly position: string; readonly recordedAt: string | null; readonly behind: boolean };
      readonly cost?: { readonly estimated: number; readonly limit: number };
    };
  };
}

/** Posts an operation. */
export async function ask(
  { url }: Pick<SmallServer, 'url'>,
  query: string,
  variables?: Record<string, unknown>,
  headers: Record<string, string> = {},
): Promise<Reply> {
  const body = JSON.stringify({ query, variables });
  return post({ url }, body, headers);
}

/** Posts a body as it is. */
export async function post(
  { url }: Pick<SmallServer, 'url'>,
  body: string,
  headers: Record<string, string> = {},
): Promise<Reply> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: JSON.parse(text) as Reply['body'] };
}
