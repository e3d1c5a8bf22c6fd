/** A server with both roads of subscriptions over a province that is known by heart, on a free port of this machine, closed when
 *  its test has finished. */
import { onTestFinished } from 'vitest';
import { projections } from '../../projections/index.ts';
import type { Authenticator } from '../../src/access/authenticator.ts';
import { defaultLimits, type Limits } from '../../src/graphql/limits.ts';
import { buildXiangyueSchema } from '../../src/graphql/schema.ts';
import { buildServer } from '../../src/graphql/server.ts';
import { createTelemetry } from '../../src/graphql/telemetry.ts';
import type { Live } from '../../src/live/live.ts';
import { openTransports } from '../../src/live/transports/open-transports.ts';
import { type LiveApi, liveApi } from './live-api.ts';
import { everyone } from './principals.ts';

export interface LiveServer {
  readonly api: LiveApi;
  readonly url: string;
  /** Stops the server as a signal would. */
  readonly close: () => Promise<void>;
}

export interface LiveServerOptions {
  readonly limits?: Partial<Limits>;
  readonly authenticator?: Authenticator;
  readonly origins?: readonly string[];
  /** Cursors in place of the usual ones. */
  readonly live?: Live;
}

export async function liveServer(options: LiveServerOptions = {}): Promise<LiveServer> {
  const { authenticator = everyone, origins = [] } = options;
  const api = await liveApi();
  const limits = { ...defaultLimits, ...options.limits };
  const telemetry = createTelemetry({ level: 'fatal', destination: { write: () => undefined } });
  const edge = { origins, trustProxy: [], tls: null };
  const server = await buildServer({
    schema: buildXiangyueSchema(),
    services: api.services,
    projections,
    limits,
    cacheBytesMax: 0,
    telemetry,
    authenticator,
    edge,
    contract: { 'schema.graphql': '', 'events.schema.json': '{}' },
    graphiql: { examples: [], folder: 'nowhere' },
  });
  const { live = api.live } = options;
  openTransports(server, { live, services: api.services, authenticator, limits, telemetry, ...edge });
  const url = await server.app.listen({ host: '127.0.0.1', port: 0 });
  const close = async () => server.app.close();
  onTestFinished(close);
  return { api, url, close };
}
