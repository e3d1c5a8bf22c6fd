/** What a subscription asks, read from its one field. */
import {
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLSchema,
  getArgumentValues,
  getVariableValues,
  Kind,
  type SelectionSetNode,
  visit,
} from 'graphql';
import { type Principal, rightsKey } from '../access/principal.ts';
import type { DivisionLevel } from '../domain/scalars.ts';
import { canonicalJson } from '../es/canonical.ts';
import type { Position } from '../es/event.ts';
import type { Admitted } from '../graphql/admission.ts';
import type { EventFilter } from '../graphql/event-filter.ts';
import type { LiveRequest } from './live.ts';

interface Asked {
  readonly admitted: Admitted;
  readonly principal: Principal;
  readonly requestId: string;
  /** What the log of looks calls it. */
  readonly operation: string;
  /** The same for all who are told the same messages. */
  readonly key: string;
  /** The position that it goes on after; null for from now on. */
  readonly after: Position | null;
}

export interface EventsQuestion extends Asked {
  readonly field: 'events';
  readonly log: string | null;
  readonly filter: EventFilter;
}

export interface TallyQuestion extends Asked {
  readonly field: 'tally';
  readonly level: DivisionLevel;
  readonly within: string | null;
}

/** Reads a request. Errors: GraphQLError where its field cannot be told, or its arguments cannot be read. */
export function questionOf(schema: GraphQLSchema, request: LiveRequest): EventsQuestion | TallyQuestion {
  const { admitted, principal, requestId } = request;
  const { operation, variables } = admitted;
  const node = rootField(admitted);
  const field = schema.getSubscriptionType()?.getFields()[node.name.value];
  if (!field) throw badRequest('A subscription asks for one field.');
  const { coerced, errors } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
  if (errors) throw errors[0];
  const args = getArgumentValues(field, node, coerced);
  const asked: Asked = {
    admitted,
    principal,
    requestId,
    operation: operation.name?.value ?? `subscription ${field.name}`,
    key: keyOf(admitted, node, principal),
    after: request.after ?? (args.after as Position | null | undefined) ?? null,
  };
  if (field.name === 'events') {
    const { log = null, filter } = args as { log?: string | null; filter?: EventFilter | null };
    return { ...asked, field: 'events', log, filter: filter ?? {} };
  }
  const { level, within = null } = args as { level: DivisionLevel; within?: string | null };
  return { ...asked, field: 'tally', level, within };
}

/** Text, operation, variables and rights. Where a reader stands is not part of it; those whose looks are recorded share with
 *  nobody else. */
function keyOf({ document, operation, variables }: Admitted, node: FieldNode, principal: Principal): string {
  const value = node.arguments?.find(({ name }) => name.value === 'after')?.value;
  const place = value?.kind === Kind.VARIABLE ? value.name.value : null;
  const uses = place === null ? 0 : usesOf(document, place);
  // A variable that is used once is used here.
  const rest = Object.fromEntries(Object.entries(variables).filter(([name]) => uses !== 1 || name !== place));
  const rights = rightsKey(principal);
  const text = document.loc?.source.body ?? '';
  const who = rights === 'public' ? rights : `${principal.id} ${rights}`;
  return JSON.stringify([who, operation.loc?.start ?? 0, canonicalJson(rest), text]);
}

function usesOf(document: Admitted['document'], name: string): number {
  let uses = 0;
  visit(document, {
    enter(node, _key, parent) {
      const isUse = node.kind === Kind.VARIABLE && node.name.value === name;
      if (isUse && (parent as { kind?: string } | undefined)?.kind !== Kind.VARIABLE_DEFINITION) uses += 1;
    },
  });
  return uses;
}

function rootField({ document, operation }: Admitted): FieldNode {
  const found: FieldNode[] = [];
  const fragments = document.definitions.filter(
    (node): node is FragmentDefinitionNode => node.kind === Kind.FRAGMENT_DEFINITION,
  );
  const collect = ({ selections }: SelectionSetNode) => {
    for (const node of selections) {
      if (node.directives?.length) throw badRequest('The field of a subscription takes no directives.');
      if (node.kind === Kind.FIELD) found.push(node);
      else if (node.kind === Kind.INLINE_FRAGMENT) collect(node.selectionSet);
      else {
        const fragment = fragments.find(({ name }) => name.value === node.name.value);
        if (fragment) collect(fragment.selectionSet);
      }
    }
  };
  collect(operation.selectionSet);
  const [field] = found;
  if (!field) throw badRequest('A subscription asks for one field.');
  return field;
}

const badRequest = (message: string) => new GraphQLError(message, { extensions: { code: 'BAD_REQUEST' } });
