/** The ledger behind its whole HTTP server, asked by principals of a test: a log in memory, a real read model, a real vault. */
import { expect, onTestFinished } from 'vitest';
import { projections } from '../../projections/index.ts';
import type { Principal } from '../../src/access/principal.ts';
import type { RecordedEvent } from '../../src/es/event.ts';
import { lookRecorder } from '../../src/graphql/access-log.ts';
import type { RequestContext, Services } from '../../src/graphql/context.ts';
import { defaultLimits } from '../../src/graphql/limits.ts';
import { buildXiangyueSchema } from '../../src/graphql/schema.ts';
import { buildServer } from '../../src/graphql/server.ts';
import { createTelemetry } from '../../src/graphql/telemetry.ts';
import { newEffort } from '../../src/graphql/turn.ts';
import type { WebhookService } from '../../src/graphql/webhook-service.ts';
import { LedgerVault } from '../../src/vault/ledger-vault.ts';
import { type LedgerApi, ledgerApi, today } from './ledger-api.ts';
import { named } from './principals.ts';
import { tempFolder } from './temp-folder.ts';

export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: an answer's shape is that of its query, which each test states.
  readonly data: any;
  /** Codes of the errors. */
  readonly codes: readonly string[];
}

export interface GuardedApi {
  readonly api: LedgerApi;
  /** Asks as somebody; null for the anonymous. */
  ask(by: Principal | null, query: string, variables?: object): Promise<Answered>;
  /** The data; an error fails the test. */
  data(by: Principal | null, query: string, variables?: object): Promise<Answered['data']>;
  /** Gets an address as somebody. */
  get(by: Principal | null, url: string, headers?: Readonly<Record<string, string>>): Promise<Answered>;
  /** The context of a request of somebody's, for what is asked without a server. */
  contextOf(by: Principal): RequestContext;
  /** Events of a type that the log holds. */
  events(type: string): Promise<readonly RecordedEvent[]>;
}

interface GuardedOptions {
  readonly recordLook?: Services['recordLook'];
  readonly cacheBytesMax?: number;
  readonly webhooksOf?: (services: Services) => Promise<WebhookService>;
}

/** A guarded, empty ledger; `recordLook` in place of the log's own. */
export async function guardedApi(
  principals: readonly Principal[],
  { recordLook, cacheBytesMax = 0, webhooksOf }: GuardedOptions = {},
): Promise<GuardedApi> {
  const api = await ledgerApi();
  const persons = new LedgerVault({ dir: tempFolder(), ledger: api.services.ledger, key: null });
  const { store } = api.services;
  const recording = { ...api.services, persons, recordLook: recordLook ?? lookRecorder(store, () => today) };
  const services: Services = { ...recording, webhooks: await webhooksOf?.(recording) };
  const { app } = await buildServer({
    schema: buildXiangyueSchema(),
    services,
    projections,
    limits: { ...defaultLimits, requestsPerSecond: 0 },
    cacheBytesMax,
    telemetry: createTelemetry({ level: 'fatal', destination: { write: () => undefined } }),
    authenticator: named(principals),
    contract: { 'schema.graphql': '', 'events.schema.json': '{}' },
    graphiql: { examples: [], folder: 'nowhere' },
  });
  onTestFinished(async () => {
    await app.close();
    await persons.close();
  });
  const headersOf = (by: Principal | null) => (by === null ? {} : { authorization: `Bearer ${by.id}` });
  const ask = async (by: Principal | null, query: string, variables: object = {}) => {
    const headers = { ...headersOf(by), 'content-type': 'application/json' };
    const payload = JSON.stringify({ query, variables });
    const { statusCode, headers: sent, body } = await app.inject({ method: 'POST', url: '/graphql', headers, payload });
    return answered(statusCode, sent, body);
  };
  return {
    api,
    ask,
    async data(by, query, variables) {
      const { data, codes, text } = await ask(by, query, variables);
      expect(codes, text).toEqual([]);
      return data;
    },
    async get(by, url, given = {}) {
      const sent = { ...headersOf(by), ...given };
      const { statusCode, headers, body } = await app.inject({ method: 'GET', url, headers: sent });
      return answered(statusCode, headers, body);
    },
    contextOf: (by) => ({
      services,
      requestId: 'request-1',
      principal: by,
      basis: { effectiveOn: today, position: services.readModel.position },
      reads: new Set(),
      disclosed: new Set(),
      loaders: new Map(),
      effort: newEffort(),
    }),
    events: (type) => store.readLog({ limit: 10_000, filter: { types: [type] } }),
  };
}

interface Body {
  readonly data?: unknown;
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
}

function answered(status: number, headers: Readonly<Record<string, unknown>>, text: string): Answered {
  const isJson = String(headers['content-type']).includes('json') && !String(headers['content-type']).includes('nd');
  const { data, errors = [] } = isJson ? (JSON.parse(text) as Body) : {};
  return { status, headers, text, data, codes: errors.map(({ extensions }) => extensions.code) };
}
