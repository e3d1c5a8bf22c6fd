/** GraphQL over WebSocket (graphql-transport-ws): graphql-ws speaks the protocol, the door and the cursors are those of every
 *  road, and messages of subscriptions are written past the library, as bytes that subscribers share. */
import { type ExecutionArgs, GraphQLError, OperationTypeNode } from 'graphql';
import { CloseCode, makeServer, type Server } from 'graphql-ws';
import type { WebSocket } from 'ws';
import type { Admitted } from '../../graphql/admission.ts';
import { requestOf } from '../../graphql/http-request.ts';
import { parseJson } from '../../graphql/json.ts';
import type { GraphQLServer } from '../../graphql/server.ts';
import type { Live } from '../live.ts';
import type { Connection } from './connection.ts';
import { nextFrame } from './frames.ts';
import { answerOperation, type OperationAnswer, type OperationDeps, told } from './operations.ts';
import type { Places } from './places.ts';
import { Told, UntilEnded } from './until-ended.ts';

export interface WebSocketDeps extends OperationDeps {
  readonly server: OperationDeps['server'] & Pick<GraphQLServer, 'admission' | 'documents' | 'meter'>;
  readonly live: Live;
  readonly subscriptions: Places;
  /** Aborted when the server stops: what is cut then is not complete. */
  readonly stopping: AbortSignal;
}

interface Extra {
  readonly connection: Connection;
}

/** What an operation becomes between its admission and its execution. */
interface Call extends ExecutionArgs {
  readonly admitted: Admitted;
  readonly requestId: string;
  readonly id: string;
  readonly connection: Connection;
}

type Protocol = Server<Extra>;
const kinds = [OperationTypeNode.QUERY, OperationTypeNode.MUTATION, OperationTypeNode.SUBSCRIPTION];

/** The protocol for all sockets of a server. */
export function protocolOf(deps: WebSocketDeps): Protocol {
  return makeServer<Record<string, unknown>, Extra>({
    connectionInitWaitTimeout: deps.limits.connectionInitMs,
    onConnect: async ({ extra: { connection }, connectionParams }) => {
      const { authorization } = connectionParams ?? {};
      // What is there and is no text is no credential either: nobody is taken for anonymous by mistake.
      return connection.identify(authorization == null ? undefined : String(authorization));
    },
    onSubscribe: async ({ extra: { connection } }, id, payload) => {
      const requestId = connection.newRequestId();
      try {
        return (await admit(deps, connection, id, requestId, payload)) as ExecutionArgs;
      } catch (error) {
        return [new GraphQLError('refused', { originalError: new Told(told(deps, requestId, [error])) })];
      }
    },
    execute: (async (args: Call) => run(deps, args)) as never,
    subscribe: ((args: Call) => subscribe(deps, args)) as never,
    onNext: (_, __, ___, ____, result) => result,
    onError: (_, __, ___, errors) => errors.flatMap((error) => toldWithin(deps, error)),
  });
}

async function admit(
  { server, limits }: WebSocketDeps,
  connection: Connection,
  id: string,
  requestId: string,
  payload: object,
): Promise<Call> {
  const { principal } = connection;
  await server.meter.count(principal, connection.address);
  const request = requestOf(payload, server.documents);
  const admitted = server.admission.admit(request, kinds, principal);
  if (id.length > limits.headerBytesMax)
    throw new GraphQLError('The id is too long.', { extensions: { code: 'BAD_REQUEST' } });
  const { document, operation, variables } = admitted;
  return {
    schema: null as never,
    document,
    operationName: operation.name?.value,
    variableValues: variables,
    rootValue: undefined,
    contextValue: undefined,
    admitted,
    requestId,
    id,
    connection,
  };
}

async function run(
  deps: WebSocketDeps,
  { admitted, requestId, connection }: Call,
): Promise<OperationAnswer | UntilEnded> {
  const { principal, gone } = connection;
  try {
    return await connection.working(answerOperation(deps, { admitted, principal, requestId, gone }));
  } catch (error) {
    const refused = new UntilEnded(() => undefined);
    refused.end(told(deps, requestId, [error]));
    return refused;
  }
}

function subscribe(deps: WebSocketDeps, { admitted, requestId, id, connection }: Call): UntilEnded {
  let leave: () => void = () => undefined;
  const iterable = new UntilEnded(() => leave());
  let giveBack: () => void;
  try {
    giveBack = deps.subscriptions.take(connection.principal, connection.address);
  } catch (error) {
    iterable.end(told(deps, requestId, [error]));
    return iterable;
  }
  const { principal } = connection;
  const subscription = deps.live.subscribe(
    { admitted, principal, requestId },
    {
      send: (message) => connection.write(nextFrame(message, id)),
      drained: () => connection.drained(),
      end: (errors) => {
        done();
        // The socket's own close tells it better than a word that says there is no more.
        if (errors || !deps.stopping.aborted) iterable.end(errors);
      },
    },
  );
  const forget = connection.subscribed(subscription);
  const done = () => {
    giveBack();
    // Whoever ends at once does so before it was noted.
    queueMicrotask(() => forget());
  };
  leave = () => {
    subscription.stop();
    done();
  };
  return iterable;
}

function toldWithin(deps: WebSocketDeps, error: GraphQLError) {
  if (error.originalError instanceof Told) return error.originalError.errors;
  return told(deps, 'none', [error]);
}

/** Hands a socket to the protocol until it closes. */
export function speak(
  protocol: Protocol,
  socket: WebSocket,
  connection: Connection,
  limits: OperationDeps['limits'],
): void {
  const closed = protocol.opened(
    {
      protocol: socket.protocol,
      send: (text) => connection.send(text),
      close: (code, reason) => connection.close(code ?? CloseCode.InternalServerError, reason ?? ''),
      onMessage: (hear) =>
        socket.on('message', (bytes, isBinary) => {
          const text = String(bytes);
          try {
            if (isBinary) throw new Error('Binary frames are not part of the protocol.');
            parseJson(text, limits);
          } catch {
            // What is no message of the protocol closes the socket, by the protocol.
            connection.close(CloseCode.BadRequest, 'Invalid message received');
            return;
          }
          hear(text).catch((error: unknown) => connection.failed(error));
        }),
    },
    { connection },
  );
  socket.once('close', (code, reason) => {
    connection.ended();
    closed(code, String(reason)).catch((error: unknown) => connection.failed(error));
  });
}
