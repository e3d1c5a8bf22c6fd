/** Apollo Server over the compiled executor: it speaks GraphQL over HTTP; what may be executed was decided at the door. */
import {
  ApolloServer,
  type ApolloServerOptionsWithGateway,
  type ApolloServerPlugin,
  type BaseContext,
} from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { GraphQLError, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import type { Admission, Admitted } from './admission.ts';
import type { RequestContext } from './context.ts';
import { clientError, type ErrorScope, retryAfter } from './errors.ts';
import type { Executor } from './executor.ts';

/** One request on its way through Apollo. */
export interface Call {
  /** Null where the request was no GraphQL request at all: then Apollo says why. */
  readonly admitted: Admitted | null;
  readonly scope: ErrorScope;
  /** The errors as sent; null until Apollo has answered from the pipeline. */
  errors: readonly GraphQLFormattedError[] | null;
}

export interface HttpContext extends RequestContext {
  readonly call: Call;
}

export interface ApolloOptions {
  readonly schema: GraphQLSchema;
  readonly executor: Executor;
  readonly admission: Admission;
}

/** Makes and starts the server. Its answers carry no extensions: whoever sends them adds what they rest on. */
export async function startApollo({ schema, executor, admission }: ApolloOptions): Promise<ApolloServer<HttpContext>> {
  const originals = new WeakMap<GraphQLFormattedError, unknown>();
  const apollo = new ApolloServer<HttpContext>({
    gateway: gatewayOf(schema, executor),
    documentStore: {
      get: async (key) => admission.documentOf(key.slice(-64)),
      set: async () => undefined,
      delete: async () => undefined,
    },
    // Validated at the door, as for every transport.
    dangerouslyDisableValidation: true,
    introspection: true,
    persistedQueries: false,
    allowBatchedHttpRequests: false,
    // The door refuses what a page of another site may send without asking (http-request.ts).
    csrfPrevention: false,
    stopOnTerminationSignals: false,
    includeStacktraceInErrorResponses: false,
    nodeEnv: 'production',
    stringifyResult: (value) => JSON.stringify(value),
    formatError: (formatted, error) => {
      originals.set(formatted, error);
      return formatted;
    },
    plugins: [ApolloServerPluginCacheControlDisabled(), tellErrors(originals)],
  });
  await apollo.start();
  return apollo;
}

/** Here the request is known, which `formatError` does not know. */
function tellErrors(originals: WeakMap<GraphQLFormattedError, unknown>): ApolloServerPlugin<HttpContext> {
  return {
    async requestDidStart() {
      return {
        async willSendResponse({ contextValue: { call }, response: { body, http } }) {
          if (body.kind !== 'single') return;
          const errors = body.singleResult.errors ?? [];
          const told = errors.map((error) => told1(originals.get(error) ?? error, call));
          if (told.length > 0) body.singleResult.errors = told;
          const seconds = retryAfter(told);
          if (seconds !== null) http.headers.set('retry-after', String(seconds));
          call.errors = told;
        },
      };
    },
  };
}

const told1 = (error: unknown, { admitted, scope }: Call): GraphQLFormattedError =>
  clientError(admitted || !(error instanceof GraphQLError) ? error : badRequest(error.message), scope);

/** What Apollo refuses before there is an operation. */
export const badRequest = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'BAD_REQUEST' } });

type Gateway = ApolloServerOptionsWithGateway<BaseContext>['gateway'];
type GatewayExecutor = NonNullable<Awaited<ReturnType<Gateway['load']>>['executor']>;

/** Apollo takes another executor only from a gateway. */
function gatewayOf(schema: GraphQLSchema, executor: Executor): Gateway {
  const run: GatewayExecutor = async (request) => {
    const { call, ...context } = request.context as HttpContext;
    if (!call.admitted) throw badRequest('There is no operation.');
    return executor.run({ ...call.admitted, context, effort: context.effort });
  };
  return {
    load: async () => ({ executor: run }),
    onSchemaLoadOrUpdate(tell) {
      tell({ apiSchema: schema, coreSupergraphSdl: '' });
      return () => undefined;
    },
    stop: async () => undefined,
  };
}
