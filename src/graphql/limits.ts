/** What one request may ask for, whatever transport it comes by. The numbers stand here and nowhere else. */
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type SelectionSetNode,
  visit,
} from 'graphql';
import { CodedError } from '../es/errors.ts';
import { introspectionOf } from './introspection.ts';

export interface Limits {
  /** Bytes of a request's line and headers. */
  readonly headerBytesMax: number;
  /** How long a client may take to send the headers, and the whole request. */
  readonly headersMs: number;
  readonly requestMs: number;
  /** How long a connection may be silent in both directions, whoever is to blame. */
  readonly connectionSilentMs: number;
  /** Bytes of a request's body. */
  readonly bodyBytesMax: number;
  /** Characters of the variables' JSON. */
  readonly variablesCharsMax: number;
  /** Items of any one list in the variables. */
  readonly variableItemsMax: number;
  /** Characters of the document, comments and all. */
  readonly documentCharsMax: number;
  /** Lexical tokens of the document. */
  readonly tokensMax: number;
  /** Nested fields, introspection not counted. */
  readonly depthMax: number;
  /** Nested fields of introspection. */
  readonly introspectionDepthMax: number;
  /** Lists of the schema's things that introspection asks for, each as often as fragments repeat it. */
  readonly introspectionListsMax: number;
  readonly aliasesMax: number;
  /** How often one selection may name the same field. */
  readonly repeatsMax: number;
  readonly directivesMax: number;
  /** `first` or `last` of any one field. */
  readonly pageNodesMax: number;
  /** Objects that the answer may hold by estimate, page sizes multiplied. */
  readonly costNodesMax: number;
  /** Requests executed at the same time, and those that may wait for their turn. */
  readonly runningMax: number;
  readonly waitingMax: number;
  readonly queryDurationMsMax: number;
  /** Nested arrays and objects of a JSON body. */
  readonly jsonDepthMax: number;
  /** Keys of one object of a JSON body. */
  readonly jsonKeysMax: number;
  /** Requests a second that one principal, or one address without one, may send in the long run; 0 does not limit them. */
  readonly requestsPerSecond: number;
  /** Requests that it may send at once after a pause. */
  readonly requestsBurst: number;
  /** Sockets and event streams open at the same time, of one principal or address. */
  readonly socketsMax: number;
  /** Subscriptions at the same time, of one principal or address over all its sockets. */
  readonly subscriptionsMax: number;
  /** Bytes of one WebSocket message from a client. */
  readonly frameBytesMax: number;
  /** How long a socket may wait with connection_init. */
  readonly connectionInitMs: number;
  /** How often a socket or stream is asked whether it is still there. */
  readonly pingMs: number;
  /** How long a socket may be without any subscription. */
  readonly socketIdleMs: number;
  /** How long a socket or stream may stay open. */
  readonly socketAgeMs: number;
  /** How often it is looked whether the credential of an open socket or stream still holds. */
  readonly credentialLookMs: number;
  /** Bytes that wait in the socket of a reader before it counts as stalled and is sent nothing more. */
  readonly readerBytesMax: number;
  /** How long a reader may be stalled before it is closed with its last position. */
  readonly readerStalledMs: number;
}

export const defaultLimits: Limits = Object.freeze({
  headerBytesMax: 16_384,
  headersMs: 10_000,
  requestMs: 30_000,
  connectionSilentMs: 60_000,
  bodyBytesMax: 1_048_576,
  variablesCharsMax: 262_144,
  variableItemsMax: 5_000,
  documentCharsMax: 100_000,
  tokensMax: 4_000,
  depthMax: 16,
  introspectionDepthMax: 20,
  introspectionListsMax: 24,
  aliasesMax: 64,
  repeatsMax: 50,
  directivesMax: 64,
  pageNodesMax: 500,
  costNodesMax: 50_000,
  runningMax: 64,
  waitingMax: 512,
  queryDurationMsMax: 10_000,
  jsonDepthMax: 32,
  jsonKeysMax: 1_000,
  requestsPerSecond: 500,
  requestsBurst: 5_000,
  socketsMax: 200,
  subscriptionsMax: 1_000,
  frameBytesMax: 65_536,
  connectionInitMs: 3_000,
  pingMs: 15_000,
  socketIdleMs: 300_000,
  socketAgeMs: 86_400_000,
  credentialLookMs: 20_000,
  readerBytesMax: 262_144,
  readerStalledMs: 30_000,
});

/** A refusal by a limit, before any work is done. */
export const overLimit = (limit: keyof Limits, max: number, actual: number | string, what: string): CodedError =>
  new CodedError('E_LIMIT', `${what} ${actual}; this server allows ${max}.`, { limit, max, actual });

/** Checks the variables as they were sent. Errors: `E_LIMIT`. */
export function checkVariables(variables: Readonly<Record<string, unknown>>, limits: Limits): void {
  const { variablesCharsMax, variableItemsMax } = limits;
  const chars = JSON.stringify(variables).length;
  if (chars > variablesCharsMax) {
    throw overLimit('variablesCharsMax', variablesCharsMax, chars, 'The length of the variables is');
  }
  const items = longestList(variables);
  if (items > variableItemsMax) {
    throw overLimit('variableItemsMax', variableItemsMax, items, 'The length of a list in the variables is');
  }
}

function longestList(value: unknown): number {
  let longest = 0;
  const open: unknown[] = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next !== 'object' || next === null) continue;
    const within = Array.isArray(next) ? next : Object.values(next);
    if (Array.isArray(next)) longest = Math.max(longest, next.length);
    for (const each of within) if (typeof each === 'object') open.push(each);
  }
  return longest;
}

/** Checks what can be seen without the schema. Errors: `E_LIMIT`; GraphQLError for fragments in a circle. */
export function checkShape(document: DocumentNode, limits: Limits): void {
  let aliases = 0;
  let directives = 0;
  let repeats = 0;
  visit(document, {
    SelectionSet(node: SelectionSetNode) {
      if (node.selections.length > limits.repeatsMax) repeats = Math.max(repeats, repeatsOf(node));
    },
    Field(node: FieldNode) {
      if (node.alias) aliases += 1;
    },
    Directive() {
      directives += 1;
    },
  });
  if (repeats > limits.repeatsMax) {
    throw overLimit('repeatsMax', limits.repeatsMax, repeats, 'The number of times that one field is selected is');
  }
  if (aliases > limits.aliasesMax)
    throw overLimit('aliasesMax', limits.aliasesMax, aliases, 'The number of aliases is');
  if (directives > limits.directivesMax) {
    throw overLimit('directivesMax', limits.directivesMax, directives, 'The number of directives is');
  }
  const depth = depthOf(document);
  if (depth > limits.depthMax) throw overLimit('depthMax', limits.depthMax, depth, 'The depth of the fields is');
  checkIntrospection(document, limits);
}

function repeatsOf({ selections }: SelectionSetNode): number {
  const times = new Map<string, number>();
  for (const node of selections) {
    if (node.kind !== Kind.FIELD) continue;
    const name = (node.alias ?? node.name).value;
    times.set(name, (times.get(name) ?? 0) + 1);
  }
  return Math.max(0, ...times.values());
}

function checkIntrospection(document: DocumentNode, { introspectionDepthMax, introspectionListsMax }: Limits): void {
  const { depth, lists } = introspectionOf(document);
  if (depth > introspectionDepthMax) {
    throw overLimit('introspectionDepthMax', introspectionDepthMax, depth, 'The depth of introspection is');
  }
  if (lists > introspectionListsMax) {
    throw overLimit('introspectionListsMax', introspectionListsMax, lists, 'The number of lists of introspection is');
  }
}

/** Depth of the deepest operation or fragment. Each fragment is measured once, however often it is spread. */
function depthOf(document: DocumentNode): number {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  }
  const known = new Map<string, number | 'measuring'>();
  const ofFragment = (name: string): number => {
    const fragment = fragments.get(name);
    const depth = known.get(name);
    if (depth === 'measuring') throw circle(name, fragment);
    if (depth !== undefined) return depth;
    known.set(name, 'measuring');
    const measured = fragment ? ofSelections(fragment.selectionSet) : 0;
    known.set(name, measured);
    return measured;
  };
  const ofSelections = (set: SelectionSetNode): number => {
    let deepest = 0;
    for (const node of set.selections) {
      if (node.kind === Kind.FRAGMENT_SPREAD) deepest = Math.max(deepest, ofFragment(node.name.value));
      else if (node.kind === Kind.INLINE_FRAGMENT) deepest = Math.max(deepest, ofSelections(node.selectionSet));
      else if (!node.name.value.startsWith('__')) {
        deepest = Math.max(deepest, 1 + (node.selectionSet ? ofSelections(node.selectionSet) : 0));
      }
    }
    return deepest;
  };
  return Math.max(
    0,
    ...document.definitions.map((node) =>
      'selectionSet' in node && node.selectionSet ? ofSelections(node.selectionSet) : 0,
    ),
  );
}

const circle = (name: string, nodes: FragmentDefinitionNode | undefined): GraphQLError =>
  new GraphQLError(`The fragment "${name}" spreads itself.`, {
    nodes,
    extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
  });
