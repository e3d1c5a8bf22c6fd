/** Queries and commands that come by a socket or a stream: the same door, gate and gaze as over HTTP, without its cache. */
import { type GraphQLFormattedError, OperationTypeNode } from 'graphql';
import type { Principal } from '../../access/principal.ts';
import { recordDisclosed } from '../../graphql/access-log.ts';
import { type Admitted, Refused } from '../../graphql/admission.ts';
import { newContext, type Services } from '../../graphql/context.ts';
import { clientError } from '../../graphql/errors.ts';
import type { Limits } from '../../graphql/limits.ts';
import { rootFields } from '../../graphql/root-fields.ts';
import type { GraphQLServer } from '../../graphql/server.ts';
import type { Telemetry } from '../../graphql/telemetry.ts';

export interface OperationDeps {
  readonly server: Pick<GraphQLServer, 'executor' | 'basis' | 'gate'>;
  readonly services: Services;
  readonly limits: Limits;
  readonly telemetry: Telemetry;
}

export interface Asked {
  readonly admitted: Admitted;
  readonly principal: Principal;
  readonly requestId: string;
  /** Tells when nobody waits for the answer any more. */
  readonly gone: AbortSignal;
}

/** The answer to a query or command, with what it rests on and what it cost. */
export interface OperationAnswer {
  readonly data?: unknown;
  readonly errors?: readonly GraphQLFormattedError[];
  readonly extensions: Readonly<Record<string, unknown>>;
}

/** Executes in its turn. Errors, for `told`: `E_OVERLOADED`, `E_ACCESS_LOG`. */
export async function answerOperation(deps: OperationDeps, asked: Asked): Promise<OperationAnswer> {
  const { executor, basis: reader, gate } = deps.server;
  const { admitted, principal, requestId, gone } = asked;
  const { document, operation, variables, cost } = admitted;
  return gate.run(
    async (hold) => {
      const basis = await reader.current();
      const context = newContext(deps.services, principal, requestId, basis);
      const isQuery = operation.operation === OperationTypeNode.QUERY;
      // A query whose reader has left is given up at its next turn; a command is carried out.
      const leave = () => {
        context.effort.isCancelled = true;
      };
      if (isQuery) gone.addEventListener('abort', leave);
      const { effort } = context;
      const result = await executor.run({ document, operation, variables, context, effort });
      gone.removeEventListener('abort', leave);
      if (effort.rest) hold(effort.rest);
      if (context.disclosed.size > 0) await recordDisclosed(context, rootFields(document, operation));
      const rests = isQuery ? basis : await reader.current();
      const errors = result.errors && told(deps, requestId, result.errors);
      return {
        data: result.data,
        ...(errors && { errors }),
        extensions: {
          basis: JSON.parse(rests.json) as unknown,
          cost: { estimated: cost, limit: deps.limits.costNodesMax },
        },
      };
    },
    (tell) => gone.addEventListener('abort', tell, { once: true }),
  );
}

/** Errors as a client is told them, and counted. */
export function told(
  { telemetry }: Pick<OperationDeps, 'telemetry'>,
  requestId: string,
  reasons: readonly unknown[],
): GraphQLFormattedError[] {
  const errors = reasons
    .flatMap((reason) => (reason instanceof Refused ? reason.errors : [reason]))
    .map((reason) => clientError(reason, { requestId, log: telemetry.log }));
  for (const { extensions } of errors) telemetry.refusals.inc({ code: String(extensions?.code) });
  return errors;
}
