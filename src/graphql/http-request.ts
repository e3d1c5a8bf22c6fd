/** GraphQL over HTTP as it comes in: what is a request, and what only looks like one. */
import { HeaderMap } from '@apollo/server';
import type { FastifyRequest } from 'fastify';
import type { GraphQLRequest } from './admission.ts';
import { badRequest } from './apollo.ts';
import { parseJson } from './json.ts';
import type { JsonLimits } from './json-scan.ts';
import { type PersistedDocuments, sha256 } from './persisted.ts';

/** The text that a request is known by: the body of a POST, else what stands behind the address. */
export function rawOf(request: FastifyRequest): string {
  if (request.method !== 'POST') return searchOf(request);
  return typeof request.body === 'string' ? request.body : '';
}

/** Why a request is refused before it is looked into: the status, and the reason. A page of another site may send without
 *  asking only what a form, a link or a picture can send: never JSON, and never a token. So commands come as JSON alone, and
 *  what a link may open is a query that changes nothing. */
export function refusalOfForm({ method, headers }: FastifyRequest): { status: number; error: Error } | null {
  if (method === 'POST') {
    if (jsonType.test(headers['content-type'] ?? '')) return null;
    return { status: 415, error: badRequest('A POST takes application/json.') };
  }
  if (headers['sec-fetch-site'] !== 'cross-site' || headers['sec-fetch-mode'] !== 'no-cors') return null;
  return { status: 403, error: badRequest('A page of another site may not embed an answer.') };
}

const jsonType = /^application\/json\s*(;|$)/i;

/** What is asked, as it was sent. Errors: `BAD_REQUEST`, `E_LIMIT`, `BAD_USER_INPUT`. */
export function parsedOf({ method }: FastifyRequest, raw: string, limits: JsonLimits): unknown {
  return method === 'POST' ? parseJson(raw, limits) : fieldsOf(new URLSearchParams(raw), limits);
}

/** Of an address only what a request has; what says nothing is left out. */
function fieldsOf(params: URLSearchParams, limits: JsonLimits): Readonly<Record<string, unknown>> {
  const fields: Record<string, unknown> = {};
  for (const name of ['query', 'documentId', 'operationName'] as const) {
    const text = oneOf(params, name);
    if (text) fields[name] = text;
  }
  for (const name of ['variables', 'extensions'] as const) {
    const text = oneOf(params, name);
    if (text) fields[name] = parseJson(text, limits);
  }
  return fields;
}

function oneOf(params: URLSearchParams, name: string): string | undefined {
  const [text, ...more] = params.getAll(name);
  if (more.length > 0) throw badRequest(`\`${name}\` is given twice.`);
  return text;
}

/** A well-formed request out of what was parsed. Errors: `BAD_REQUEST`, `PERSISTED_QUERY_NOT_FOUND`. */
export function requestOf(parsed: unknown, documents: PersistedDocuments): GraphQLRequest {
  if (Array.isArray(parsed)) throw badRequest('One operation a request: batches are not taken.');
  if (!isMap(parsed)) throw badRequest('A request is a JSON object with `query`.');
  const { operationName, variables, extensions } = parsed;
  if (operationName != null && typeof operationName !== 'string') throw badRequest('`operationName` is a string.');
  if (variables != null && !isMap(variables)) throw badRequest('`variables` is an object.');
  if (extensions != null && !isMap(extensions)) throw badRequest('`extensions` is an object.');
  const query = queryOf(parsed, extensions?.persistedQuery, documents);
  return { query, operationName: operationName as string | null | undefined, variables: variables ?? undefined };
}

function queryOf(fields: Fields, persisted: unknown, documents: PersistedDocuments): string {
  const { query, documentId } = fields;
  if (query != null && (typeof query !== 'string' || query === ''))
    throw badRequest('`query` is a text with an operation.');
  if (documentId != null) {
    if (typeof documentId !== 'string') throw badRequest('`documentId` is a string.');
    if (query != null) throw badRequest('Give `query` or `documentId`, not both.');
    return documents.textOf(documentId);
  }
  if (persisted != null) {
    const hash = hashOf(persisted);
    if (query == null) return documents.textOf(`sha256:${hash}`);
    // The text runs as any other; its hash is not kept, so that nobody can have another's hash mean something else.
    if (sha256(query) !== hash) throw badRequest('`sha256Hash` is not the hash of `query`.');
  }
  if (query == null) throw badRequest('Send the operation as `query`, or its `documentId`.');
  return query;
}

function hashOf(persisted: unknown): string {
  const { version, sha256Hash } = isMap(persisted) ? persisted : {};
  if (version !== 1 || typeof sha256Hash !== 'string' || !/^[0-9a-f]{64}$/.test(sha256Hash)) {
    throw badRequest('`persistedQuery` has version 1 and sha256Hash, 64 hexadecimal digits.');
  }
  return sha256Hash;
}

type Fields = Readonly<Record<string, unknown>>;

const isMap = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A request as Apollo takes it, by the method that it came by. */
export function forApollo({ query, operationName, variables }: GraphQLRequest, method: string) {
  if (method === 'POST') {
    return { method, search: '', body: { query, operationName: operationName ?? null, variables: variables ?? null } };
  }
  const params = new URLSearchParams({ query });
  if (operationName) params.set('operationName', operationName);
  if (variables) params.set('variables', JSON.stringify(variables));
  return { method: 'GET', search: `?${params}`, body: undefined };
}

const searchOf = ({ url }: FastifyRequest): string => (url.includes('?') ? url.slice(url.indexOf('?')) : '');

/** The headers as Apollo reads them. */
export function headersOf({ headers }: FastifyRequest): HeaderMap {
  const map = new HeaderMap();
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined) map.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return map;
}
