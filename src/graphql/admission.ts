/** The one door of every transport: what is executed has been parsed, measured, validated and priced here. */
import { createHash } from 'node:crypto';
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
  validate,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Principal } from '../access/principal.ts';
import { CodedError } from '../es/errors.ts';
import { costOf } from './cost.ts';
import { validationError } from './errors.ts';
import { checkShape, checkVariables, type Limits, overLimit } from './limits.ts';
import { readVariables } from './variables.ts';

export interface GraphQLRequest {
  readonly query: string;
  readonly operationName?: string | null;
  readonly variables?: Readonly<Record<string, unknown>> | null;
}

export interface Admitted {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** Variables as sent, with defaults. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** Objects that the answer may hold. */
  readonly cost: number;
}

/** A request refused at the door. */
export class Refused extends Error {
  override readonly name = 'Refused';
  constructor(
    readonly errors: readonly unknown[],
    /** True where the operation is of a kind that this road does not carry. */
    readonly isWrongKind = false,
  ) {
    super('The request was refused.');
  }
}

const rememberedCharsMax = 2_000_000;
const validationErrorsMax = 20;

interface Known {
  readonly document: DocumentNode;
  readonly hash: string;
}

export class Admission {
  private readonly byHash = new Map<string, DocumentNode>();
  private readonly documents = new LRUCache<string, Known>({
    maxSize: rememberedCharsMax,
    dispose: ({ hash }) => this.byHash.delete(hash),
  });

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly limits: Limits,
    /** Why no mutation is taken, or null. */
    private readonly readOnlyBecause: string | null,
  ) {}

  /** Admits a request or throws `Refused` with every reason that can be given at once. `kinds`: what the transport carries. */
  admit(request: GraphQLRequest, kinds: readonly OperationTypeNode[], principal: Principal): Admitted {
    try {
      return this.check(request, kinds, principal);
    } catch (error) {
      throw error instanceof Refused ? error : new Refused([error]);
    }
  }

  /** The document of an admitted text, for an executor that knows it by the text's SHA-256 (hex). */
  documentOf(hash: string): DocumentNode | undefined {
    return this.byHash.get(hash);
  }

  private check(
    { query, operationName, variables }: GraphQLRequest,
    kinds: readonly OperationTypeNode[],
    principal: Principal,
  ): Admitted {
    if (variables) checkVariables(variables, this.limits);
    const document = this.documentFor(query);
    const operation = getOperationAST(document, operationName);
    if (!operation)
      throw new GraphQLError('The document has no such operation, or several.', coded('OPERATION_RESOLUTION_FAILURE'));
    if (!kinds.includes(operation.operation)) {
      throw new Refused(
        [new GraphQLError(`A ${operation.operation} does not come this way.`, coded('BAD_REQUEST'))],
        true,
      );
    }
    if (operation.operation === OperationTypeNode.MUTATION) {
      if (this.readOnlyBecause !== null) throw new CodedError('FORBIDDEN', this.readOnlyBecause);
      if (principal.kind === 'anonymous')
        throw new CodedError('UNAUTHENTICATED', 'Commands are taken from known principals only.');
    }
    const read = readVariables(this.schema, operation, variables ?? {});
    if (read.errors.length > 0) throw new Refused(read.errors);
    const cost = costOf(this.schema, document, operation, read.values, this.limits);
    return { document, operation, variables: read.inputs, cost };
  }

  private documentFor(text: string): DocumentNode {
    const known = this.documents.get(text);
    if (known) return known.document;
    const document = this.parse(text);
    checkShape(document, this.limits);
    const errors = validate(this.schema, document, undefined, { maxErrors: validationErrorsMax });
    if (errors.length > 0) throw new Refused(errors.map(validationError));
    // A syntax tree takes some fifty times its text; the text stands for it.
    const hash = createHash('sha256').update(text).digest('hex');
    this.byHash.set(hash, document);
    this.documents.set(text, { document, hash }, { size: text.length + 1 });
    return document;
  }

  private parse(text: string): DocumentNode {
    const { documentCharsMax, tokensMax, depthMax } = this.limits;
    if (text.length > documentCharsMax)
      throw overLimit('documentCharsMax', documentCharsMax, text.length, 'The length of the document is');
    try {
      return parse(text, { maxTokens: tokensMax });
    } catch (error) {
      // The parser calls itself once a level and runs out of stack before it runs out of tokens.
      if (error instanceof RangeError) throw overLimit('depthMax', depthMax, `above ${depthMax}`, 'The depth is');
      if (!(error instanceof GraphQLError)) throw error;
      if (/ tokens/.test(error.message))
        throw overLimit('tokensMax', tokensMax, `above ${tokensMax}`, 'The number of tokens is');
      const { source, positions, message } = error;
      throw new GraphQLError(message, { source, positions, ...coded('GRAPHQL_PARSE_FAILED') });
    }
  }
}

const coded = (code: string) => ({ extensions: { code } });
