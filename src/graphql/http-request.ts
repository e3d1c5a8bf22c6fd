/** GraphQL over HTTP as it comes in: what is a request, and what only looks like one. */
import { HeaderMap } from '@apollo/server';
import type { FastifyRequest } from 'fastify';
import type { GraphQLRequest } from './admission.ts';
import { badRequest } from './apollo.ts';
import { overLimit } from './limits.ts';

/** The body's text where it is JSON by its type, else undefined. */
export function jsonBody({ method, body, headers }: FastifyRequest): string | undefined {
  if (method !== 'POST' || typeof body !== 'string') return undefined;
  return headers['content-type']?.startsWith('application/json') ? body : undefined;
}

/** The parsed body. Errors: `BAD_REQUEST`, `E_LIMIT`. */
export function parseBody(body: string, variablesCharsMax: number): unknown {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    throw badRequest('The body is not JSON.');
  }
  const variables = (parsed as { variables?: unknown } | null)?.variables;
  // Only a body that is larger can hold variables that are.
  if (body.length > variablesCharsMax && variables) {
    const size = JSON.stringify(variables).length;
    if (size > variablesCharsMax) {
      throw overLimit('variablesCharsMax', variablesCharsMax, size, 'The length of the variables is');
    }
  }
  return parsed;
}

/** A well-formed request out of a parsed body; undefined where it is none, and Apollo says why. Errors: `BAD_REQUEST`. */
export function requestOf(parsed: unknown): GraphQLRequest | undefined {
  if (typeof parsed !== 'object' || parsed === null || !('query' in parsed)) return undefined;
  const { query, operationName, variables, extensions } = parsed as Record<string, unknown>;
  if (typeof extensions === 'object' && extensions !== null && 'persistedQuery' in extensions) {
    throw badRequest('Persisted queries are not taken: send the query itself.');
  }
  if (typeof query !== 'string' || query === '') return undefined;
  if (operationName !== undefined && operationName !== null && typeof operationName !== 'string') return undefined;
  if (variables !== undefined && (typeof variables !== 'object' || Array.isArray(variables))) return undefined;
  return { query, operationName, variables: variables as GraphQLRequest['variables'] };
}

/** The request in an address, as GET has it. */
export function requestOfSearch(search: string): GraphQLRequest | undefined {
  const params = new URLSearchParams(search);
  const variables = params.get('variables');
  try {
    const parsed: unknown = variables === null ? undefined : JSON.parse(variables);
    return requestOf({ query: params.get('query'), operationName: params.get('operationName'), variables: parsed });
  } catch {
    return undefined;
  }
}

export const searchOf = ({ url }: FastifyRequest): string => (url.includes('?') ? url.slice(url.indexOf('?')) : '');

/** The headers as Apollo reads them. */
export function headersOf({ headers }: FastifyRequest): HeaderMap {
  const map = new HeaderMap();
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined) map.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return map;
}
