/** What an operation asks for, in words of the schema alone: the name that its client gives it may say anything. */
import { type DocumentNode, Kind, type OperationDefinitionNode, type SelectionSetNode } from 'graphql';

const fragmentsMax = 100;

/** `query events, person`: the kind of the operation and the names of its root fields, sorted. */
export function rootFields(document: DocumentNode, operation: OperationDefinitionNode): string {
  const names = new Set<string>();
  const open: SelectionSetNode[] = [operation.selectionSet];
  for (let at = 0; at < open.length && at < fragmentsMax; at += 1) {
    for (const node of open[at]?.selections ?? []) {
      if (node.kind === Kind.FIELD) names.add(node.name.value);
      else if (node.kind === Kind.INLINE_FRAGMENT) open.push(node.selectionSet);
      else open.push(...fragmentsOf(document, node.name.value));
    }
  }
  return `${operation.operation} ${[...names].sort().join(', ')}`;
}

const fragmentsOf = (document: DocumentNode, name: string): SelectionSetNode[] =>
  document.definitions.flatMap((each) =>
    each.kind === Kind.FRAGMENT_DEFINITION && each.name.value === name ? [each.selectionSet] : [],
  );
