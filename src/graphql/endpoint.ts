/** `/graphql` over HTTP: the exact cache first, then the door, then Apollo. */
import type { ApolloServer } from '@apollo/server';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type GraphQLFormattedError, Kind, OperationTypeNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Authenticator } from '../access/authenticator.ts';
import { type Principal, rightsKey } from '../access/principal.ts';
import { type Admission, type Admitted, Refused } from './admission.ts';
import { badRequest, type Call, type HttpContext } from './apollo.ts';
import type { Basis, BasisReader } from './basis.ts';
import { passing, type Services } from './context.ts';
import { clientError, type ErrorScope, refusalStatus, retryAfter } from './errors.ts';
import type { Gate, Hold } from './gate.ts';
import { graphiqlPage, wantsPage } from './graphiql.ts';
import { headersOf, jsonBody, parseBody, requestOf, requestOfSearch, searchOf } from './http-request.ts';
import type { Limits } from './limits.ts';
import { type CachedAnswer, type ResponseCache, withExtensions } from './response-cache.ts';
import type { Telemetry } from './telemetry.ts';
import { newEffort } from './turn.ts';

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
}

const queryAndMutation = [OperationTypeNode.QUERY, OperationTypeNode.MUTATION];
const acceptsMax = 100;

export class GraphQLEndpoint {
  /** What Apollo chose for each `accept` it has seen. */
  private readonly contentTypes = new LRUCache<string, string>({ max: acceptsMax });

  constructor(private readonly options: EndpointOptions) {}

  /** Fastify's handler. */
  readonly handle = (request: FastifyRequest, reply: FastifyReply): FastifyReply | Promise<FastifyReply> => {
    const started = performance.now();
    const body = jsonBody(request);
    const principal = this.options.authenticator.known(request.headers.authorization);
    const basis = body === undefined ? undefined : this.options.basis.known();
    const hit = principal && basis && this.options.cache.findRaw(body as string, rightsKey(principal), basis);
    const type = hit && this.contentTypes.get(request.headers.accept ?? '');
    if (hit && type) return this.sendHit(reply, hit, type, started);
    if (wantsPage(request)) return graphiqlPage(reply);
    return this.answer(request, reply, body, started);
  };

  private async answer(
    request: FastifyRequest,
    reply: FastifyReply,
    body: string | undefined,
    started: number,
  ): Promise<FastifyReply> {
    const { gate, telemetry } = this.options;
    const scope = { requestId: request.id, log: telemetry.log };
    try {
      return await gate.run((hold) => this.execute(request, reply, body, scope, started, hold));
    } catch (error) {
      const errors = error instanceof Refused ? error.errors : [error];
      return this.refuse(
        reply,
        request,
        errors.map((one) => clientError(one, scope)),
      );
    }
  }

  private async execute(
    request: FastifyRequest,
    reply: FastifyReply,
    body: string | undefined,
    scope: ErrorScope,
    started: number,
    hold: Hold,
  ): Promise<FastifyReply> {
    const { basis: reader, cache, admission, authenticator } = this.options;
    const principal = await authenticator.authenticate(request.headers.authorization);
    const rights = rightsKey(principal);
    const basis = await reader.current();
    const parsed = body === undefined ? request.body : parseBody(body, this.options.limits.variablesCharsMax);
    const asked = request.method === 'GET' ? requestOfSearch(searchOf(request)) : requestOf(parsed);
    const hit = asked && body !== undefined && cache.find(asked, body, rights, basis);
    const type = hit && this.contentTypes.get(request.headers.accept ?? '');
    if (hit && type) return this.sendHit(reply, hit, type, started);
    const admitted = asked ? admission.admit(asked, queryAndMutation, principal) : null;
    const call: Call = { admitted, scope, errors: null };
    const reads = new Set<string>();
    const context = this.context(call, basis, reads, principal);
    const text = await this.throughApollo(request, reply, parsed, context);
    if (context.effort.rest) hold(context.effort.rest);
    const { costJson, cost } = this.priceOf(admitted);
    if (asked && admitted && body !== undefined && isCacheable(admitted, call, reads)) {
      cache.keep({ request: asked, rights, data: text, cost, costJson, reads, basis, now: reader.known() });
    }
    // After a mutation the answer says where its own write stands.
    const rests = isMutation(admitted) ? await reader.current() : basis;
    this.record(admitted, call, rests, scope, started);
    reply.header('x-cache', 'miss').header('cache-control', 'no-store');
    if (admitted) reply.header('x-cost-estimated', cost).header('x-cost-limit', this.options.limits.costNodesMax);
    return reply.send(withExtensions(text, rests, costJson));
  }

  private async throughApollo(
    request: FastifyRequest,
    reply: FastifyReply,
    body: unknown,
    context: HttpContext,
  ): Promise<string> {
    const { call } = context;
    const response = await this.options.apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: { method: request.method, headers: headersOf(request), search: searchOf(request), body },
      context: async () => context,
    });
    for (const [name, value] of response.headers) reply.header(name, value);
    // Without an operation there is no answer that a 200 could mean.
    const status = response.status ?? 200;
    reply.code(status === 200 && !call.admitted ? 400 : status);
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

  private context(call: Call, basis: Basis, reads: Set<string>, principal: Principal): HttpContext {
    const { services } = this.options;
    const { effectiveOn, position } = basis;
    const { requestId } = call.scope;
    const at = { effectiveOn, position };
    return {
      services,
      requestId,
      principal,
      basis: at,
      reads,
      disclosed: new Set(),
      loaders: new Map(),
      effort: newEffort(),
      call,
    };
  }

  private priceOf(admitted: Admitted | null): { readonly cost: number; readonly costJson: string } {
    const cost = admitted?.cost ?? 0;
    return { cost, costJson: `{"estimated":${cost},"limit":${this.options.limits.costNodesMax}}` };
  }

  private sendHit(reply: FastifyReply, hit: CachedAnswer, type: string, started: number): FastifyReply {
    reply.header('content-type', type).header('x-cache', 'hit').header('cache-control', 'no-store');
    reply.header('x-cost-estimated', hit.cost).header('x-cost-limit', this.options.limits.costNodesMax);
    this.options.telemetry.operationSeconds.observe(
      { operation: 'query', cache: 'hit' },
      (performance.now() - started) / 1000,
    );
    return reply.send(hit.body);
  }

  private refuse(reply: FastifyReply, request: FastifyRequest, errors: readonly GraphQLFormattedError[]): FastifyReply {
    for (const { extensions } of errors) this.options.telemetry.refusals.inc({ code: String(extensions?.code) });
    const status = refusalStatus(errors);
    const seconds = status === 503 ? (retryAfter(errors) ?? 1) : retryAfter(errors);
    if (seconds !== null) reply.header('retry-after', seconds);
    const wanted = request.headers.accept?.includes('application/graphql-response+json');
    reply.header('content-type', `application/${wanted ? 'graphql-response+json' : 'json'}; charset=utf-8`);
    reply.code(status).header('cache-control', 'no-store').header('x-cache', 'miss');
    const { costJson } = this.priceOf(null);
    return reply.send(withExtensions(JSON.stringify({ errors }), this.options.basis.known(), costJson));
  }

  private record(
    admitted: Admitted | null,
    call: Call,
    basis: Basis,
    { requestId }: ErrorScope,
    started: number,
  ): void {
    const { telemetry } = this.options;
    const operation = admitted?.operation.operation ?? 'none';
    const seconds = (performance.now() - started) / 1000;
    telemetry.operationSeconds.observe({ operation, cache: 'miss' }, seconds);
    const codes = call.errors?.map(({ extensions }) => String(extensions?.code)) ?? [];
    for (const code of codes) telemetry.refusals.inc({ code });
    const level = operation === 'mutation' || codes.length > 0 ? 'info' : 'debug';
    const name = admitted?.operation.name?.value;
    telemetry.log[level]({ requestId, position: String(basis.position), operation, name, seconds, codes }, 'answered');
  }
}

const isMutation = (admitted: Admitted | null): boolean => admitted?.operation.operation === OperationTypeNode.MUTATION;

/** Only what succeeded, and what is known to rest on something or to be of the schema alone. */
function isCacheable({ operation }: Admitted, call: Call, reads: ReadonlySet<string>): boolean {
  if (operation.operation !== OperationTypeNode.QUERY || call.errors?.length !== 0) return false;
  if (reads.has(passing)) return false;
  if (reads.size > 0) return true;
  return operation.selectionSet.selections.every(
    (node) => node.kind === Kind.FIELD && node.name.value.startsWith('__'),
  );
}
