/** GraphQL over Server-Sent Events (graphql-sse, distinct connections): one operation a stream. Each message's id is its position,
 *  so that an EventSource that comes back goes on where it was. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { OperationTypeNode } from 'graphql';
import type { Authenticator } from '../../access/authenticator.ts';
import type { Principal } from '../../access/principal.ts';
import { type Admitted, Refused } from '../../graphql/admission.ts';
import { refusalStatus, retryAfter } from '../../graphql/errors.ts';
import { parsedOf, rawOf, refusalOfForm, requestOf } from '../../graphql/http-request.ts';
import { badInput } from '../../graphql/input-error.ts';
import { PositionScalar } from '../../graphql/scalars.ts';
import type { LiveSubscription } from '../live.ts';
import { eventFrame } from './frames.ts';
import { guard } from './guard.ts';
import { answerOperation, told } from './operations.ts';
import type { Places } from './places.ts';
import { SlowReader } from './slow-reader.ts';
import type { WebSocketDeps } from './websocket.ts';

export interface EventStreamDeps extends WebSocketDeps {
  readonly authenticator: Authenticator;
  readonly sockets: Places;
}

const queries = [OperationTypeNode.QUERY, OperationTypeNode.SUBSCRIPTION];
const all = [...queries, OperationTypeNode.MUTATION];
const headers = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store, no-transform',
  // Proxies that gather answers would hold events back.
  'x-accel-buffering': 'no',
} as const;
const complete = 'event: complete\ndata:\n\n';
const keepAlive = ':\n\n';

/** The streams of a server. */
export class EventStreams {
  private readonly open = new Set<() => void>();

  constructor(private readonly deps: EventStreamDeps) {}

  /** Fastify's handler of `/graphql/stream`. */
  readonly handle = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { authenticator, server, limits, sockets } = this.deps;
    try {
      const form = refusalOfForm(request);
      if (form) return this.refuse(request, reply, form.error, form.status);
      const principal = await authenticator.authenticate(request.headers.authorization);
      const asked = requestOf(parsedOf(request, rawOf(request), limits), server.documents);
      const admitted = server.admission.admit(asked, request.method === 'POST' ? all : queries, principal);
      const after = lastEventId(request);
      const giveBack = sockets.take(principal, request.ip);
      reply.raw.once('close', giveBack);
      if (admitted.operation.operation !== OperationTypeNode.SUBSCRIPTION)
        return await this.answer(request, reply, admitted, principal);
      this.stream(request, reply, admitted, principal, after);
      return reply;
    } catch (error) {
      return this.refuse(request, reply, error);
    }
  };

  /** Ends all streams: their subscriptions have been ended before. */
  goAway(): void {
    for (const cut of [...this.open]) cut();
  }

  private async answer(
    request: FastifyRequest,
    reply: FastifyReply,
    admitted: Admitted,
    principal: Principal,
  ): Promise<FastifyReply> {
    const leaving = new AbortController();
    reply.raw.once('close', () => leaving.abort());
    const asked = { admitted, principal, requestId: request.id, gone: leaving.signal };
    const answer = await answerOperation(this.deps, asked);
    return once(reply, JSON.stringify(answer));
  }

  private stream(
    request: FastifyRequest,
    reply: FastifyReply,
    admitted: Admitted,
    principal: Principal,
    after: number | undefined,
  ): void {
    const { live, limits, subscriptions, authenticator, services, stopping } = this.deps;
    const giveBack = subscriptions.take(principal, request.ip);
    const { raw } = reply.hijack();
    // With what the hooks have set, such as the leave of other origins.
    for (const [name, value] of Object.entries(reply.getHeaders())) raw.setHeader(name, value ?? '');
    raw.writeHead(200, { ...headers, 'x-request-id': request.id });
    raw.flushHeaders();
    const reader = new SlowReader({
      stream: raw,
      waiting: () => raw.writableLength,
      bytesMax: limits.readerBytesMax,
      stalledMs: limits.readerStalledMs,
      // The id of the last message that it has taken says where it goes on.
      onStalled: () => raw.destroy(),
    });
    let subscription: LiveSubscription | undefined;
    // Only a subscription that has ended is complete; one that is cut is to come again.
    const cut = () => {
      if (!raw.writableEnded) raw.end();
    };
    const stopGuard = guard({
      authenticator,
      principal,
      now: services.now,
      ageMs: limits.socketAgeMs,
      lookMs: limits.credentialLookMs,
      onEnd: cut,
    });
    const heart = setInterval(() => {
      if (reader.takesMore) raw.write(keepAlive);
    }, limits.pingMs);
    heart.unref();
    this.open.add(cut);
    raw.once('close', () => {
      this.open.delete(cut);
      clearInterval(heart);
      stopGuard();
      reader.end();
      giveBack();
      subscription?.stop();
    });
    subscription = live.subscribe(
      { admitted, principal, requestId: request.id, after },
      {
        send: (message) => {
          if (raw.writableEnded || raw.destroyed) return false;
          raw.write(eventFrame(message));
          return reader.takesMore;
        },
        drained: () => reader.drained(),
        end: (errors) => {
          if (raw.writableEnded) return;
          if (errors) raw.write(`event: next\ndata: ${JSON.stringify({ errors })}\n\n`);
          if (errors || !stopping.aborted) raw.end(complete);
          else cut();
        },
      },
    );
    if (raw.destroyed) subscription.stop();
  }

  private refuse(request: FastifyRequest, reply: FastifyReply, error: unknown, statusKnown?: number): FastifyReply {
    const errors = told(this.deps, request.id, [error]);
    const isWrongKind = error instanceof Refused && error.isWrongKind && request.method !== 'POST';
    if (isWrongKind) reply.header('allow', 'POST');
    const status = statusKnown ?? (isWrongKind ? 405 : refusalStatus(errors));
    // What a document earned is told within the stream: an EventSource sees no body but that of a 200.
    if (error instanceof Refused && status === 400) return once(reply, JSON.stringify({ errors }));
    const seconds = retryAfter(errors);
    if (seconds !== null) reply.header('retry-after', seconds);
    if (status === 401) reply.header('www-authenticate', 'Bearer');
    reply.code(status).header('content-type', 'application/json; charset=utf-8').header('cache-control', 'no-store');
    return reply.send(JSON.stringify({ errors }));
  }
}

/** One result, and the end. */
const once = (reply: FastifyReply, json: string): FastifyReply =>
  reply.headers(headers).send(`event: next\ndata: ${json}\n\n${complete}`);

/** Where an EventSource goes on. Errors: `BAD_USER_INPUT`. */
function lastEventId({ headers: { 'last-event-id': id } }: FastifyRequest): number | undefined {
  if (id === undefined || id === '') return undefined;
  try {
    return PositionScalar.parseValue(String(id)) as number;
  } catch {
    throw badInput(['Last-Event-ID'], 'Last-Event-ID is no position.');
  }
}
