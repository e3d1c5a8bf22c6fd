/** Executes admitted operations by compiled code, and by graphql-js where the compiler declines. */
import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLInputObjectType,
  type GraphQLSchema,
  type GraphQLType,
  getNamedType,
  isInputObjectType,
  type NamedTypeNode,
  type OperationDefinitionNode,
  OperationTypeNode,
  typeFromAST,
} from 'graphql';
import { type CompiledQuery, compileQuery, isCompiledQuery } from 'graphql-jit';
import { LRUCache } from 'lru-cache';
import { CodedError } from '../es/errors.ts';
import type { Effort } from './turn.ts';

export interface Execution {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly context: unknown;
  /** What the operation's fields are resolved from; nothing where left out. */
  readonly root?: unknown;
  /** Told where the deadline has passed. */
  readonly effort?: Effort;
}

type Run = (execution: Execution) => ExecutionResult | Promise<ExecutionResult>;

const compiledMax = 500;

export class Executor {
  /** Compiled once an operation: a document that is no longer remembered is compiled anew. */
  private readonly compiled = new LRUCache<OperationDefinitionNode, Run>({ max: compiledMax });

  constructor(
    private readonly schema: GraphQLSchema,
    /** A query that takes longer is given up; a mutation never is. */
    private readonly queryDurationMsMax: number,
  ) {}

  /** Resolves with data and errors; never rejects for what a resolver throws. */
  run(execution: Execution): ExecutionResult | Promise<ExecutionResult> {
    let run = this.compiled.get(execution.operation);
    if (!run) {
      run = compile(this.schema, execution);
      this.compiled.set(execution.operation, run);
    }
    const result = run(execution);
    if (!(result instanceof Promise) || execution.operation.operation !== OperationTypeNode.QUERY) return result;
    return this.withDeadline(result, execution.effort);
  }

  private withDeadline(result: Promise<ExecutionResult>, effort: Effort | undefined): Promise<ExecutionResult> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        if (effort) Object.assign(effort, { isCancelled: true, rest: result });
        const error = new CodedError('E_TIMEOUT', `The query took over ${this.queryDurationMsMax} ms.`);
        resolve({ data: null, errors: [new GraphQLError(error.message, { originalError: error })] });
      }, this.queryDurationMsMax);
      result.then(resolve, reject).finally(() => clearTimeout(timer));
    });
  }
}

function compile(schema: GraphQLSchema, { document, operation }: Execution): Run {
  const query = compiledOrNull(schema, document, operation);
  if (!query) return byInterpreter(schema);
  return ({ root = {}, context, variables }) => {
    const result = query.query(root, context, variables) as ExecutionResult | Promise<ExecutionResult>;
    return result instanceof Promise ? result.then(withRealErrors) : withRealErrors(result);
  };
}

function compiledOrNull(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): CompiledQuery | null {
  if (operation.variableDefinitions?.some(({ type }) => isRecursive(typeFromAST(schema, type as NamedTypeNode))))
    return null;
  try {
    const compiled = compileQuery(schema, document, operation.name?.value);
    return isCompiledQuery(compiled) ? compiled : null;
  } catch {
    // The compiler does not know every construct; the interpreter does, and says what is wrong with the rest.
    return null;
  }
}

/** Whether an input type holds itself. The compiler writes out its checks of a variable without end then, and takes the process
 *  with it. */
function isRecursive(type: GraphQLType | undefined, above: ReadonlySet<GraphQLInputObjectType> = new Set()): boolean {
  const named = getNamedType(type);
  if (!isInputObjectType(named)) return false;
  if (above.has(named)) return true;
  const path = new Set([...above, named]);
  return Object.values(named.getFields()).some((field) => isRecursive(field.type, path));
}

const byInterpreter =
  (schema: GraphQLSchema): Run =>
  ({ document, operation, variables, context, root }) =>
    execute({
      schema,
      document,
      rootValue: root,
      operationName: operation.name?.value,
      variableValues: variables,
      contextValue: context,
    });

/** Compiled code makes errors of its own kind, which nobody else takes for GraphQL's. */
function withRealErrors(result: ExecutionResult): ExecutionResult {
  if (!result.errors) return result;
  return { ...result, errors: result.errors.map(realError) };
}

function realError(error: GraphQLError): GraphQLError {
  // Its errors inherit from GraphQL's without being made by its constructor.
  if (error.constructor === GraphQLError && error.extensions) return error;
  const { message, path, originalError, extensions, locations } = error;
  const real = new GraphQLError(message, { path, originalError, extensions });
  Object.defineProperty(real, 'locations', { value: locations, enumerable: true });
  return real;
}
