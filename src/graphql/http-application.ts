/** The bare HTTP application: what holds for every address before any door is opened. */
import { randomBytes } from 'node:crypto';
import type { ServerOptions as HttpOptions } from 'node:http';
import cors from '@fastify/cors';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { refuseWhileClosing } from './closing.ts';
import { HttpRefusals } from './http-refusals.ts';
import { decodeUtf8 } from './json.ts';
import type { Limits } from './limits.ts';
import type { Telemetry } from './telemetry.ts';

/** Where the server stands in the network. */
export interface Edge {
  /** Origins of pages that may read answers, beside the server's own; `*` for all. */
  readonly origins: readonly string[];
  /** Addresses or networks of proxies that are believed about their clients' addresses and protocol. */
  readonly trustProxy: readonly string[];
  /** Certificate chain and key in PEM; null to speak plainly. */
  readonly tls: { readonly cert: string; readonly key: string } | null;
}

/** Nobody else's pages, no proxy, no TLS. */
export const plainEdge: Edge = { origins: [], trustProxy: [], tls: null };

export interface ApplicationOptions {
  readonly limits: Limits;
  readonly telemetry: Telemetry;
  readonly edge: Edge;
}

/** No answer is a page but GraphiQL's, which says so itself: nothing in an answer runs, loads or is framed. */
const safeHeaders = Object.entries({
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
});
const transportSecurity = 'max-age=31536000';

/** Makes it: limits of HTTP, headers of every answer, bodies as text, refusals in our words. */
export async function httpApplication({ limits, telemetry, edge }: ApplicationOptions): Promise<FastifyInstance> {
  const refusals = new HttpRefusals(limits, telemetry);
  const app = fastify({
    ...protocolOf(limits, edge),
    trustProxy: edge.trustProxy.length > 0 ? [...edge.trustProxy] : false,
    bodyLimit: limits.bodyBytesMax,
    requestTimeout: limits.requestMs,
    connectionTimeout: limits.connectionSilentMs,
    genReqId: requestIds(),
    requestIdHeader: false,
    forceCloseConnections: 'idle',
    // Said by refuseWhileClosing(), with a code.
    return503OnClosing: false,
    routerOptions: { maxParamLength: 100 },
    frameworkErrors: refusals.beforeHandlers,
    clientErrorHandler: refusals.notHttp,
  }) as unknown as FastifyInstance;
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_, body, done) => {
    try {
      done(null, decodeUtf8(body as Buffer));
    } catch (error) {
      done(error as Error);
    }
  });
  app.addHook('onRequest', stateHeaders);
  refuseWhileClosing(app);
  await allowOrigins(app, edge.origins);
  app.setErrorHandler(refusals.failed);
  app.setNotFoundHandler(refusals.notFound);
  return app;
}

/** Slow senders and long headers keep no connection for ever. */
function protocolOf({ headerBytesMax, headersMs, requestMs }: Limits, { tls }: Edge): { http?: HttpOptions } {
  const http: HttpOptions = {
    maxHeaderSize: headerBytesMax,
    headersTimeout: Math.min(headersMs, requestMs),
    requestTimeout: requestMs,
    connectionsCheckingInterval: Math.max(1, Math.ceil(headersMs / 4)),
    insecureHTTPParser: false,
    // Of two credentials Node would keep the first, where a proxy may have looked at the second: joined they are none.
    joinDuplicateHeaders: true,
  };
  const https = { ...http, ...tls, minVersion: 'TLSv1.2' };
  return tls ? ({ https } as { http?: HttpOptions }) : { http };
}

/** Unguessable, so that one server's ids are not another's; counted, so that making one costs nothing. */
function requestIds(): () => string {
  const prefix = randomBytes(6).toString('hex');
  let requests = 0;
  return () => `${prefix}-${(requests++).toString(36)}`;
}

function stateHeaders(request: FastifyRequest, { raw }: FastifyReply, done: () => void): void {
  raw.setHeader('x-request-id', request.id);
  for (const [name, value] of safeHeaders) raw.setHeader(name, value);
  if (request.protocol === 'https') raw.setHeader('strict-transport-security', transportSecurity);
  done();
}

const exposedHeaders = [
  'x-request-id',
  'x-cache',
  'x-cost-estimated',
  'x-cost-limit',
  'x-position',
  'etag',
  'retry-after',
  'ratelimit-limit',
  'ratelimit-remaining',
  'ratelimit-reset',
];
const allowedHeaders = [
  'accept',
  'apollo-require-preflight',
  'authorization',
  'content-type',
  'if-none-match',
  'last-event-id',
  'x-apollo-operation-name',
];
const preflightSeconds = 600;

/** A page of the server's own origin needs no leave. Cookies are never asked for: whoever is known is so by a header that a page
 *  of another origin would have to know. */
async function allowOrigins(app: FastifyInstance, origins: readonly string[]): Promise<void> {
  if (origins.length === 0) return;
  const origin = origins.includes('*') ? '*' : origins.map((each) => new URL(each).origin);
  // Awaited, so that its hook stands before those that may refuse: a refusal must be readable too.
  await app.register(cors, {
    origin,
    methods: ['GET', 'HEAD', 'POST'],
    allowedHeaders,
    exposedHeaders,
    credentials: false,
    maxAge: preflightSeconds,
  });
}
