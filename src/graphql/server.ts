/** The HTTP server around the schema: one Fastify application with every door. */
import { randomBytes } from 'node:crypto';
import fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import { GraphQLError, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import type { Authenticator } from '../access/authenticator.ts';
import { CodedError } from '../es/errors.ts';
import type { Projection } from '../es/projection.ts';
import { Admission } from './admission.ts';
import { badRequest, startApollo } from './apollo.ts';
import { BasisReader } from './basis.ts';
import type { Services } from './context.ts';
import { type Contract, openDoors } from './doors.ts';
import { GraphQLEndpoint } from './endpoint.ts';
import { clientError, refusalStatus, retryAfter } from './errors.ts';
import { Executor } from './executor.ts';
import { openExports } from './exports/route.ts';
import { Gate } from './gate.ts';
import { type GraphiQLOptions, openGraphiQL } from './graphiql.ts';
import { type Limits, overLimit } from './limits.ts';
import { Meter } from './meter.ts';
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
  /** Where requests are counted for several nodes together; left out, this process counts for itself. */
  readonly rateLimiter?: RateLimiter;
}

const safeHeaders = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
} as const;

/** The server's parts that other transports of the same operations stand on. */
export interface GraphQLServer {
  /** It listens when told to. Closing it finishes what runs and refuses what is new. */
  readonly app: FastifyInstance;
  readonly admission: Admission;
  readonly executor: Executor;
  readonly basis: BasisReader;
  readonly meter: Meter;
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
  const app = bareApplication(options);
  const meter = new Meter(limits, options.rateLimiter);
  meter.countRequests(app, options.authenticator);
  const endpoint = new GraphQLEndpoint({ ...options, basis, admission, apollo, gate, cache });
  app.route({ method: ['GET', 'POST'], url: '/graphql', handler: endpoint.handle });
  openDoors(app, { contract: options.contract, services, basis, telemetry, degraded: options.degraded ?? (() => []) });
  openExports(app, { services, basis, authenticator: options.authenticator });
  openGraphiQL(app, options.graphiql);
  watchPositions(telemetry, async () => {
    const { head, position } = await basis.current();
    return { head, applied: position, stuck: services.readModel.stuck().length };
  });
  hangUpInTime(app);
  app.addHook('onClose', async () => {
    await gate.drained();
    basis.close();
    await apollo.stop();
  });
  return { app, admission, executor, basis, meter };
}

const closeMsMax = 10_000;
const idleCheckMs = 50;

/** A connection that is answered while the server closes would stay open until its other end tires of it. */
function hangUpInTime(app: FastifyInstance): void {
  let ends: readonly NodeJS.Timeout[] = [];
  app.addHook('preClose', async () => {
    const idle = setInterval(() => app.server.closeIdleConnections(), idleCheckMs);
    ends = [idle, setTimeout(() => app.server.closeAllConnections(), closeMsMax)];
  });
  app.addHook('onClose', async () => {
    for (const end of ends) clearTimeout(end);
  });
}

function bareApplication({ limits, telemetry }: ServerOptions): FastifyInstance {
  // Unguessable, so that one server's ids are not another's; counted, so that making one costs nothing.
  const prefix = randomBytes(6).toString('hex');
  let requests = 0;
  const app = fastify({
    bodyLimit: limits.bodyBytesMax,
    genReqId: () => `${prefix}-${(requests++).toString(36)}`,
    requestIdHeader: false,
    forceCloseConnections: 'idle',
    // Slow senders do not keep a connection for ever.
    requestTimeout: 30_000,
    routerOptions: { maxParamLength: 100 },
    // What the router refuses before any handler, such as an address that cannot be decoded.
    frameworkErrors: (error, request, reply) => {
      const told = clientError(transportError(error, limits), { requestId: request.id, log: telemetry.log });
      const plain = reply as FastifyReply;
      plain.code(error.statusCode ?? 400).header('content-type', 'application/json; charset=utf-8');
      plain.send(JSON.stringify(errorBody([told])));
    },
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_, body, done) => done(null, body));
  app.addHook('onRequest', (request, reply, done) => {
    reply.raw.setHeader('x-request-id', request.id);
    for (const name in safeHeaders) reply.raw.setHeader(name, safeHeaders[name as keyof typeof safeHeaders]);
    done();
  });
  app.setErrorHandler((error: Error & { readonly statusCode?: number; readonly code?: string }, request, reply) => {
    const scope = { requestId: request.id, log: telemetry.log };
    const told = clientError(transportError(error, limits), scope);
    telemetry.refusals.inc({ code: String(told.extensions?.code) });
    const status = error.statusCode ?? refusalStatus([told]);
    const seconds = retryAfter([told]);
    if (seconds !== null) reply.header('retry-after', seconds);
    return reply
      .code(status)
      .header('content-type', 'application/json; charset=utf-8')
      .send(errorBody([told]));
  });
  app.setNotFoundHandler((request, reply) => {
    const error = new CodedError('E_NOT_FOUND', 'There is nothing at this address.');
    return reply.code(404).send(errorBody([clientError(error, { requestId: request.id, log: telemetry.log })]));
  });
  return app;
}

/** What Fastify refuses by itself, in our words. */
function transportError(
  error: Error & { readonly statusCode?: number; readonly code?: string },
  limits: Limits,
): unknown {
  if (error instanceof CodedError || error instanceof GraphQLError) return error;
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return overLimit('bodyBytesMax', limits.bodyBytesMax, `above ${limits.bodyBytesMax}`, 'The size of the body is');
  }
  const isRequestsFault = error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500;
  return isRequestsFault ? badRequest('The HTTP request cannot be read.') : error;
}

const errorBody = (errors: readonly GraphQLFormattedError[]) => ({ errors });
