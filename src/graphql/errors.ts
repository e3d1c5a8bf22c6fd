/** What a client is told when something fails: a code of the catalogue and what to do; never how the server is built. */
import { inspect } from 'node:util';
import { GraphQLError, type GraphQLFormattedError, Kind } from 'graphql';
import type { Logger } from 'pino';
import { CodedError, type ErrorCode, errorCatalogue } from '../es/errors.ts';

/** Whom to name in the answer, and where to write what is not told. */
export interface ErrorScope {
  readonly requestId: string;
  readonly log: Pick<Logger, 'error'>;
}

/** Codes that the request itself earned: their messages speak of nothing but the request and the schema. */
const requestCodes: ReadonlySet<string> = new Set<ErrorCode>([
  'BAD_REQUEST',
  'BAD_USER_INPUT',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'UNAUTHENTICATED',
  'FORBIDDEN',
]);

const retryAfterSeconds = 1;

/** The error as it leaves the server. Anything unknown is masked, and written to the log under the requestId. */
export function clientError(error: unknown, scope: ErrorScope): GraphQLFormattedError {
  const place = error instanceof GraphQLError ? { locations: error.locations, path: error.path } : {};
  const at = { ...(place.locations && { locations: place.locations }), ...(place.path && { path: place.path }) };
  const coded = codedWithin(error);
  if (coded) return { message: coded.message, ...at, extensions: extensionsOf(coded.code, coded.details, scope) };
  const code = requestCode(error);
  if (code && error instanceof GraphQLError) {
    const { code: _, http: __, stacktrace: ___, ...details } = error.extensions;
    return { message: withoutSuggestion(error.message), ...at, extensions: extensionsOf(code, details, scope) };
  }
  report(causeOf(error), place.path, scope);
  const message = 'Something failed inside the server.';
  return { message, ...at, extensions: extensionsOf('INTERNAL_SERVER_ERROR', {}, scope) };
}

/** The logger marks an error while it writes it, which one that is frozen refuses: then it is written as text. */
function report(err: unknown, path: GraphQLFormattedError['path'], { requestId, log }: ErrorScope): void {
  try {
    log.error({ requestId, err, path }, 'a request failed');
  } catch {
    log.error({ requestId, err: inspect(err), path }, 'a request failed');
  }
}

/** Seconds after which the same request may succeed, or null where the errors say nothing of it. */
export function retryAfter(errors: readonly GraphQLFormattedError[]): number | null {
  const waits = errors.filter(({ extensions }) => extensions?.retryable === true);
  if (waits.length === 0) return null;
  const known = waits.map(({ extensions }) => Number(extensions?.retryAfterMs ?? 0));
  return Math.max(retryAfterSeconds, Math.ceil(Math.max(...known) / 1_000));
}

/** HTTP status of a request refused before execution. */
export function refusalStatus(errors: readonly GraphQLFormattedError[]): number {
  const codes = errors.map(({ extensions }) => extensions?.code);
  if (codes.includes('INTERNAL_SERVER_ERROR')) return 500;
  if (codes.includes('E_OVERLOADED') || codes.includes('E_UNAVAILABLE') || codes.includes('E_BEHIND')) return 503;
  if (codes.includes('E_ACCESS_LOG')) return 503;
  if (codes.includes('RATE_LIMITED')) return 429;
  if (codes.includes('UNAUTHENTICATED')) return 401;
  return codes.includes('FORBIDDEN') ? 403 : 400;
}

/** What a 401 asks for, by RFC 6750: another credential where one came. */
export const challengeFor = (authorization: string | undefined): string =>
  authorization === undefined ? 'Bearer' : 'Bearer error="invalid_token"';

/** The media type of a refusal: GraphQL's own where the client says that it knows it. */
export const refusalType = (accept: string | undefined): string =>
  `application/${accept?.includes('application/graphql-response+json') ? 'graphql-response+json' : 'json'}; charset=utf-8`;

function extensionsOf(code: ErrorCode, details: Readonly<Record<string, unknown>>, { requestId }: ErrorScope) {
  const { retryable, remedy } = errorCatalogue[code];
  return { ...details, code, retryable, remedy, requestId };
}

function codedWithin(error: unknown): CodedError | undefined {
  const cause = causeOf(error);
  return cause instanceof CodedError ? cause : undefined;
}

/** The error that a GraphQLError was made of, or itself. */
function causeOf(error: unknown): unknown {
  let cause = error;
  while (cause instanceof GraphQLError && cause.originalError) cause = cause.originalError;
  return cause;
}

function requestCode(error: unknown): ErrorCode | undefined {
  if (!(error instanceof GraphQLError)) return undefined;
  const { code } = error.extensions;
  if (typeof code !== 'string' || !requestCodes.has(code)) return undefined;
  return code as ErrorCode;
}

const valueKinds: ReadonlySet<string> = new Set([
  Kind.INT,
  Kind.FLOAT,
  Kind.STRING,
  Kind.BOOLEAN,
  Kind.NULL,
  Kind.ENUM,
  Kind.LIST,
  Kind.OBJECT,
]);

/** What graphql-js says where it has seen enough. */
const aborted = 'Validation aborted.';

/** A fault of validation with its code: a value that its type refuses is bad input, all else does not fit the schema. */
export function validationError(error: GraphQLError): GraphQLError {
  const node = error.nodes?.length === 1 ? error.nodes[0] : undefined;
  // A scalar's own refusal names no place.
  const isValue = error.nodes ? node && valueKinds.has(node.kind) : !error.message.endsWith(aborted);
  const code: ErrorCode = isValue ? 'BAD_USER_INPUT' : 'GRAPHQL_VALIDATION_FAILED';
  return new GraphQLError(error.message, { nodes: error.nodes, extensions: { code } });
}

/** graphql-js repeats a wrong name, however long it is, and names at the end what exists near it. */
function withoutSuggestion(message: string): string {
  const at = message.lastIndexOf('Did you mean ');
  const plain = (at < 0 ? message : message.slice(0, at)).trim();
  return plain.length > messageCharsMax ? `${plain.slice(0, messageCharsMax)}…` : plain;
}

const messageCharsMax = 500;
