/** The HTTP server around the schema: one Fastify application with every door. */
import type { FastifyInstance } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { Authenticator } from '../access/authenticator.ts';
import type { Projection } from '../es/projection.ts';
import { Admission } from './admission.ts';
import { startApollo } from './apollo.ts';
import { BasisReader } from './basis.ts';
import { closeInTime } from './closing.ts';
import type { Services } from './context.ts';
import { type Contract, openDoors } from './doors.ts';
import { GraphQLEndpoint } from './endpoint.ts';
import { Executor } from './executor.ts';
import { openExports } from './exports/route.ts';
import { Gate } from './gate.ts';
import { type GraphiQLOptions, openGraphiQL } from './graphiql.ts';
import { type Edge, httpApplication, plainEdge } from './http-application.ts';
import type { Limits } from './limits.ts';
import { Meter } from './meter.ts';
import { PersistedDocuments } from './persisted.ts';
import type { RateLimiter } from './rate-limit.ts';
import { ResponseCache } from './response-cache.ts';
import { type Telemetry, watchPositions } from './telemetry.ts';

export interface ServerOptions {
  readonly schema: GraphQLSchema;
  readonly services: Services;
  readonly projections: readonly Projection[];
  readonly limits: Limits;
  /** Bytes of the exact cache; 0 switches it off. */
  readonly cacheBytesMax: number;
  readonly telemetry: Telemetry;
  readonly authenticator: Authenticator;
  /** What works less well than it should, one sentence each. */
  readonly degraded?: () => readonly string[];
  readonly graphiql: GraphiQLOptions;
  readonly contract: Contract;
  /** Left out: nobody else's pages, no proxy, no TLS. */
  readonly edge?: Edge;
  /** Texts of the operations that are also known by their hash. */
  readonly documents?: readonly string[];
  /** Where requests are counted for several nodes together; left out, this process counts for itself. */
  readonly rateLimiter?: RateLimiter;
}

/** The server's parts that other transports of the same operations stand on. */
export interface GraphQLServer {
  /** It listens when told to. Closing it finishes what runs and refuses what is new. */
  readonly app: FastifyInstance;
  readonly admission: Admission;
  readonly executor: Executor;
  readonly basis: BasisReader;
  readonly meter: Meter;
  readonly gate: Gate;
  readonly documents: PersistedDocuments;
}

/** Builds the application with every door of request and answer. */
export async function buildServer(options: ServerOptions): Promise<GraphQLServer> {
  const { schema, services, telemetry, limits } = options;
  const basis = new BasisReader({ ...services, projections: options.projections });
  const admission = new Admission(schema, limits, services.readOnlyBecause);
  const executor = new Executor(schema, limits.queryDurationMsMax);
  const apollo = await startApollo({ schema, executor, admission });
  const gate = new Gate(limits);
  const cache = new ResponseCache({ readModel: services.readModel, bytesMax: options.cacheBytesMax });
  const app = await httpApplication({ limits, telemetry, edge: options.edge ?? plainEdge });
  const meter = new Meter(limits, options.rateLimiter);
  meter.countRequests(app, options.authenticator);
  const documents = new PersistedDocuments(options.documents ?? []);
  documents.open(app);
  const endpoint = new GraphQLEndpoint({ ...options, basis, admission, apollo, gate, cache, documents });
  app.route({ method: ['GET', 'POST'], url: '/graphql', handler: endpoint.handle });
  openDoors(app, { contract: options.contract, services, basis, telemetry, degraded: options.degraded ?? (() => []) });
  openExports(app, { services, basis, authenticator: options.authenticator });
  openGraphiQL(app, options.graphiql);
  watchPositions(telemetry, async () => {
    const { head, position } = await basis.current();
    return { head, applied: position, stuck: services.readModel.stuck().length };
  });
  closeInTime(app);
  app.addHook('onClose', async () => {
    await gate.drained();
    basis.close();
    await apollo.stop();
  });
  return { app, admission, executor, basis, meter, gate, documents };
}
