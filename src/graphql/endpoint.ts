/** `/graphql` over HTTP: the exact cache first, then the door, then Apollo. */
import type { ApolloServer } from '@apollo/server';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type GraphQLFormattedError, Kind, OperationTypeNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Authenticator } from '../access/authenticator.ts';
import { type Principal, rightsKey } from '../access/principal.ts';
import { recordDisclosed } from './access-log.ts';
import { type Admission, type Admitted, type GraphQLRequest, Refused } from './admission.ts';
import { badRequest, type Call, type HttpContext } from './apollo.ts';
import type { Basis, BasisReader } from './basis.ts';
import { newContext, passing, type Services } from './context.ts';
import { challengeFor, clientError, type ErrorScope, refusalStatus, refusalType, retryAfter } from './errors.ts';
import type { Gate, Hold } from './gate.ts';
import { graphiqlPage, wantsPage } from './graphiql.ts';
import { entityTag, sendFresh } from './http-cache.ts';
import { forApollo, headersOf, parsedOf, rawOf, refusalOfForm, requestOf } from './http-request.ts';
import type { Limits } from './limits.ts';
import type { PersistedDocuments } from './persisted.ts';
import { pinnedPosition } from './pinned.ts';
import { type CachedAnswer, type ResponseCache, withExtensions } from './response-cache.ts';
import { rootFields } from './root-fields.ts';
import type { Telemetry } from './telemetry.ts';

export interface EndpointOptions {
  readonly services: Services;
  readonly limits: Limits;
  readonly telemetry: Telemetry;
  readonly authenticator: Authenticator;
  readonly basis: BasisReader;
  readonly admission: Admission;
  readonly apollo: ApolloServer<HttpContext>;
  readonly gate: Gate;
  readonly cache: ResponseCache;
  readonly documents: PersistedDocuments;
  /** What works less well than it should, one sentence each. */
  readonly degraded?: () => readonly string[];
}

const query = [OperationTypeNode.QUERY];
const queryAndMutation = [...query, OperationTypeNode.MUTATION];
const acceptsMax = 100;

export class GraphQLEndpoint {
  /** What Apollo chose for each `accept` it has seen. */
  private readonly contentTypes = new LRUCache<string, string>({ max: acceptsMax });

  constructor(private readonly options: EndpointOptions) {}

  /** Fastify's handler. */
  readonly handle = (request: FastifyRequest, reply: FastifyReply): FastifyReply | Promise<FastifyReply> => {
    const started = performance.now();
    const form = refusalOfForm(request);
    if (form) return this.refuse(request, reply, [form.error], form.status);
    const raw = rawOf(request);
    const principal = this.options.authenticator.known(request.headers.authorization);
    const basis = this.options.basis.known();
    const hit = principal && basis && this.options.cache.findRaw(raw, rightsKey(principal), basis);
    const type = hit && this.contentTypes.get(request.headers.accept ?? '');
    if (hit && type) return this.sendHit(request, reply, principal, hit, type, started);
    if (wantsPage(request)) return graphiqlPage(reply);
    return this.answer(request, reply, raw, started);
  };

  private async answer(
    request: FastifyRequest,
    reply: FastifyReply,
    raw: string,
    started: number,
  ): Promise<FastifyReply> {
    const onLeave = (tell: () => void) => void reply.raw.once('close', tell);
    try {
      return await this.options.gate.run((hold) => this.execute(request, reply, raw, started, hold), onLeave);
    } catch (error) {
      if (!(error instanceof Refused)) return this.refuse(request, reply, [error]);
      if (!error.isWrongKind || request.method === 'POST') return this.refuse(request, reply, error.errors);
      return this.refuse(request, reply.header('allow', 'POST'), error.errors, 405);
    }
  }

  private async execute(
    request: FastifyRequest,
    reply: FastifyReply,
    raw: string,
    started: number,
    hold: Hold,
  ): Promise<FastifyReply> {
    const { services, basis: reader, cache, admission, authenticator, documents, limits } = this.options;
    const principal = await authenticator.authenticate(request.headers.authorization);
    const rights = rightsKey(principal);
    const basis = await reader.current();
    const asked = requestOf(parsedOf(request, raw, limits), documents);
    const hit = cache.find(asked, raw, rights, basis);
    const type = hit && this.contentTypes.get(request.headers.accept ?? '');
    if (hit && type) return this.sendHit(request, reply, principal, hit, type, started);
    const admitted = admission.admit(asked, request.method === 'POST' ? queryAndMutation : query, principal);
    const call: Call = { admitted, scope: this.scopeOf(request), errors: null };
    const context = { ...newContext(services, principal, request.id, basis), call };
    const { reads } = context;
    endWithReader(reply, admitted, context);
    const text = await this.throughApollo(request, reply, asked, context);
    if (context.effort.rest) hold(context.effort.rest);
    // Nothing of what is not public goes out before the log knows whom it was shown to.
    if (context.disclosed.size > 0) await recordDisclosed(context, rootFields(admitted.document, admitted.operation));
    const pinned = await this.pinnedBasis(admitted, call);
    const { costJson, cost } = this.priceOf(admitted);
    if (isCacheable(admitted, call, reads)) {
      cache.keep({ request: asked, rights, data: text, cost, costJson, reads, basis, now: reader.known(), pinned });
    }
    // After a mutation the answer says where its own write stands.
    const rests = isMutation(admitted) ? await reader.current() : basis;
    this.record(admitted, call, rests, started);
    reply.header('x-cache', 'miss').header('x-cost-estimated', cost).header('x-cost-limit', limits.costNodesMax);
    const body = withExtensions(text, pinned ?? rests, costJson);
    if (request.method !== 'POST' && call.errors?.length === 0 && !reads.has(passing)) {
      return sendFresh(request, reply, body, { tag: entityTag(text), isPinned: pinned !== null, principal });
    }
    return reply.header('cache-control', 'no-store').send(body);
  }

  private async throughApollo(
    request: FastifyRequest,
    reply: FastifyReply,
    asked: GraphQLRequest,
    context: HttpContext,
  ): Promise<string> {
    const { call } = context;
    const response = await this.options.apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: { ...forApollo(asked, request.method), headers: headersOf(request) },
      context: async () => context,
    });
    for (const [name, value] of response.headers) reply.header(name, value);
    const status = response.status ?? 200;
    reply.code(status);
    if (response.body.kind !== 'complete') throw new Error('Apollo answered in parts');
    const type = response.headers.get('content-type');
    // An answer that the client does not accept was made and is not sent: nothing of it is kept.
    const isSent = call.errors !== null && (status === 200 || call.errors.length > 0);
    if (isSent) {
      const accept = request.headers.accept ?? '';
      if (type) this.contentTypes.set(accept, type);
      return response.body.string;
    }
    // Refused before its pipeline began: not GraphQL over HTTP.
    const { errors = [] } = JSON.parse(response.body.string) as { errors?: { message: string }[] };
    call.errors = errors.map(({ message }) => clientError(badRequest(message), call.scope));
    return JSON.stringify({ errors: call.errors });
  }

  /** What an answer rests on that can never change; null for one that may. While an event stands still or an older read model
   *  answers, nothing is promised for ever. */
  private async pinnedBasis(admitted: Admitted, call: Call): Promise<Pick<Basis, 'json'> | null> {
    const { services, degraded, basis } = this.options;
    if (call.errors?.length !== 0) return null;
    const position = pinnedPosition(admitted);
    if (position === null || services.readModel.stuck().length > 0 || (degraded?.().length ?? 0) > 0) return null;
    return basis.at(position);
  }

  private priceOf({ cost }: Pick<Admitted, 'cost'>): { readonly cost: number; readonly costJson: string } {
    return { cost, costJson: `{"estimated":${cost},"limit":${this.options.limits.costNodesMax}}` };
  }

  private sendHit(
    request: FastifyRequest,
    reply: FastifyReply,
    principal: Principal,
    hit: CachedAnswer,
    type: string,
    started: number,
  ): FastifyReply {
    reply.header('content-type', type).header('x-cache', 'hit');
    reply.header('x-cost-estimated', hit.cost).header('x-cost-limit', this.options.limits.costNodesMax);
    this.options.telemetry.operationSeconds.observe(
      { operation: 'query', cache: 'hit' },
      (performance.now() - started) / 1000,
    );
    if (request.method === 'POST') return reply.header('cache-control', 'no-store').send(hit.body);
    return sendFresh(request, reply, hit.body, { tag: hit.tag(), isPinned: hit.isPinned, principal });
  }

  private refuse(
    request: FastifyRequest,
    reply: FastifyReply,
    reasons: readonly unknown[],
    statusKnown?: number,
  ): FastifyReply {
    const scope = this.scopeOf(request);
    const errors = reasons.map((reason) => clientError(reason, scope));
    for (const { extensions } of errors) this.options.telemetry.refusals.inc({ code: String(extensions?.code) });
    const status = statusKnown ?? refusalStatus(errors);
    const seconds = status === 503 ? (retryAfter(errors) ?? 1) : retryAfter(errors);
    if (seconds !== null) reply.header('retry-after', seconds);
    if (status === 401) reply.header('www-authenticate', challengeFor(request.headers.authorization));
    reply.header('content-type', refusalType(request.headers.accept));
    reply.code(status).header('cache-control', 'no-store').header('x-cache', 'miss');
    const { cost, costJson } = this.priceOf({ cost: costRefused(errors) });
    if (cost > 0) reply.header('x-cost-estimated', cost);
    reply.header('x-cost-limit', this.options.limits.costNodesMax);
    return reply.send(withExtensions(JSON.stringify({ errors }), this.options.basis.known(), costJson));
  }

  private scopeOf({ id: requestId }: FastifyRequest): ErrorScope {
    return { requestId, log: this.options.telemetry.log };
  }

  private record({ operation: { operation, name: named } }: Admitted, call: Call, basis: Basis, started: number): void {
    const { telemetry } = this.options;
    const { requestId } = call.scope;
    const seconds = (performance.now() - started) / 1000;
    telemetry.operationSeconds.observe({ operation, cache: 'miss' }, seconds);
    const codes = call.errors?.map(({ extensions }) => String(extensions?.code)) ?? [];
    for (const code of codes) telemetry.refusals.inc({ code });
    const level = operation === 'mutation' || codes.length > 0 ? 'info' : 'debug';
    const name = named?.value;
    telemetry.log[level]({ requestId, position: String(basis.position), operation, name, seconds, codes }, 'answered');
  }
}

const isMutation = ({ operation }: Admitted): boolean => operation.operation === OperationTypeNode.MUTATION;

/** A query whose reader has left is given up at its next turn; a command is carried out. */
function endWithReader({ raw }: FastifyReply, admitted: Admitted, { effort }: HttpContext): void {
  if (isMutation(admitted)) return;
  const end = () => {
    effort.isCancelled = true;
  };
  if (raw.destroyed) end();
  else raw.once('close', end);
}

/** Objects that an operation would have cost which was refused for it; 0 where it was refused for anything else. */
function costRefused(errors: readonly GraphQLFormattedError[]): number {
  const found = errors.find(({ extensions }) => extensions?.limit === 'costNodesMax');
  return Number(found?.extensions?.actual ?? 0);
}

/** Only what succeeded, and what is known to rest on something or to be of the schema alone. */
function isCacheable({ operation }: Admitted, call: Call, reads: ReadonlySet<string>): boolean {
  if (operation.operation !== OperationTypeNode.QUERY || call.errors?.length !== 0) return false;
  if (reads.has(passing)) return false;
  if (reads.size > 0) return true;
  return operation.selectionSet.selections.every(
    (node) => node.kind === Kind.FIELD && node.name.value.startsWith('__'),
  );
}
