/** The values of an operation's variables, checked by the schema, each fault with the path of what is wrong. */
import {
  coerceInputValue,
  GraphQLError,
  type GraphQLSchema,
  isInputType,
  isNonNullType,
  type OperationDefinitionNode,
  typeFromAST,
  type VariableDefinitionNode,
  valueFromAST,
  valueFromASTUntyped,
} from 'graphql';

export interface Variables {
  /** As the executor wants them: as sent, with the defaults of those left out. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** As the schema's types read them. */
  readonly values: Readonly<Record<string, unknown>>;
  /** `BAD_USER_INPUT` each; empty where all is well. */
  readonly errors: readonly GraphQLError[];
}

const errorsMax = 20;
const messageCharsMax = 300;

/** Checks what was sent against the operation's definitions. */
export function readVariables(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  sent: Readonly<Record<string, unknown>>,
): Variables {
  const definitions = operation.variableDefinitions ?? [];
  if (definitions.length === 0) return { inputs: {}, values: {}, errors: [] };
  const inputs: Record<string, unknown> = {};
  const values: Record<string, unknown> = {};
  const errors: GraphQLError[] = [];
  for (const definition of definitions) {
    if (errors.length < errorsMax) readOne(schema, definition, sent, inputs, values, errors);
  }
  return { inputs, values, errors };
}

function readOne(
  schema: GraphQLSchema,
  definition: VariableDefinitionNode,
  sent: Readonly<Record<string, unknown>>,
  inputs: Record<string, unknown>,
  values: Record<string, unknown>,
  errors: GraphQLError[],
): void {
  const name = definition.variable.name.value;
  const type = typeFromAST(schema, definition.type);
  if (!isInputType(type)) return;
  const refuse = (path: readonly (string | number)[], message: string) => {
    if (errors.length < errorsMax) errors.push(badInput([name, ...path], message, definition));
  };
  const given = Object.hasOwn(sent, name) ? sent[name] : undefined;
  if (given === undefined) {
    if (definition.defaultValue) {
      inputs[name] = valueFromASTUntyped(definition.defaultValue);
      values[name] = valueFromAST(definition.defaultValue, type);
    } else if (isNonNullType(type)) refuse([], `A value of type ${String(type)} is required.`);
    return;
  }
  if (given === null && isNonNullType(type)) {
    refuse([], `A value of type ${String(type)} is required, not null.`);
    return;
  }
  inputs[name] = given;
  values[name] = coerceInputValue(given, type, (path, _value, error) => refuse(path, error.message));
}

const badInput = (path: readonly (string | number)[], message: string, node: VariableDefinitionNode): GraphQLError =>
  new GraphQLError(`$${path.join('.')}: ${message.slice(0, messageCharsMax)}`, {
    nodes: node,
    extensions: { code: 'BAD_USER_INPUT', path },
  });
