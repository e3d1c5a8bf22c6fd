/** Operations whose answer can never change: all that they read is read at a position and on a day that they name. */
import {
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  OperationTypeNode,
  type SelectionSetNode,
} from 'graphql';
import type { Position } from '../es/event.ts';
import type { Admitted } from './admission.ts';
import { PositionScalar } from './scalars.ts';

type Values = Readonly<Record<string, unknown>>;

/** The position that an admitted operation is pinned by, the latest where it names several; null where something in it moves. */
export function pinnedPosition({ document, operation, variables }: Admitted): Position | null {
  if (operation.operation !== OperationTypeNode.QUERY) return null;
  let latest: Position | null = null;
  for (const field of rootFields(document, operation.selectionSet)) {
    if (field.name.value === '__typename') continue;
    const position = positionOf(field, variables);
    if (position === null) return null;
    latest = Math.max(latest ?? 0, position);
  }
  return latest;
}

function positionOf({ name, arguments: given = [] }: FieldNode, variables: Values): Position | null {
  if (name.value !== 'at') return null;
  const position = scalarOf(argumentNamed(given, 'position'), variables);
  if (position == null || scalarOf(argumentNamed(given, 'effectiveOn'), variables) == null) return null;
  return PositionScalar.parseValue(position);
}

const argumentNamed = (given: readonly ArgumentNode[], name: string) => given.find((each) => each.name.value === name);

/** A scalar as it was written or sent; undefined for anything else. */
function scalarOf(argument: ArgumentNode | undefined, variables: Values): unknown {
  const value = argument?.value;
  if (value?.kind === Kind.VARIABLE) return variables[value.name.value];
  if (value?.kind === Kind.INT) return Number(value.value);
  return value?.kind === Kind.STRING ? value.value : undefined;
}

/** Those in fragments too, be they skipped or not. The document has been validated: no fragment spreads itself. */
function* rootFields(document: DocumentNode, set: SelectionSetNode): Generator<FieldNode> {
  for (const node of set.selections) {
    if (node.kind === Kind.FIELD) yield node;
    else if (node.kind === Kind.INLINE_FRAGMENT) yield* rootFields(document, node.selectionSet);
    else {
      const fragment = document.definitions.find(
        (each): each is FragmentDefinitionNode =>
          each.kind === Kind.FRAGMENT_DEFINITION && each.name.value === node.name.value,
      );
      if (fragment) yield* rootFields(document, fragment.selectionSet);
    }
  }
}
