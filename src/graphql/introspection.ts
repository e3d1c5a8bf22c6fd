/** What an operation asks of the schema about itself. It is free of the limits on data, and an answer can still be multiplied. */
import { type DocumentNode, type FragmentDefinitionNode, Kind, type SelectionSetNode } from 'graphql';

export interface Introspection {
  /** Nested fields, `__schema` or `__type` the first. */
  readonly depth: number;
  /** Fields that are lists of the schema's things, each as often as fragments repeat it. */
  readonly lists: number;
}

const none: Introspection = { depth: 0, lists: 0 };
const entrances: ReadonlySet<string> = new Set(['__schema', '__type']);
const listFields: ReadonlySet<string> = new Set([
  'types',
  'directives',
  'fields',
  'args',
  'interfaces',
  'possibleTypes',
  'enumValues',
  'inputFields',
]);

/** The most that any operation of the document asks. Each fragment is looked at once; one in a circle counts once. */
export function introspectionOf(document: DocumentNode): Introspection {
  const walk = new Walk(document);
  return document.definitions
    .filter((node) => node.kind === Kind.OPERATION_DEFINITION)
    .map(({ selectionSet }) => walk.ofSelections(selectionSet, false))
    .reduce(larger, none);
}

const larger = (a: Introspection, b: Introspection): Introspection => ({
  depth: Math.max(a.depth, b.depth),
  lists: Math.max(a.lists, b.lists),
});
const both = (a: Introspection, b: Introspection): Introspection => ({
  depth: Math.max(a.depth, b.depth),
  lists: a.lists + b.lists,
});

class Walk {
  private readonly fragments = new Map<string, FragmentDefinitionNode>();
  private readonly known = new Map<string, Introspection>();

  constructor(document: DocumentNode) {
    for (const node of document.definitions) {
      if (node.kind === Kind.FRAGMENT_DEFINITION) this.fragments.set(node.name.value, node);
    }
  }

  /** `isInside`: below an entrance. Outside, only the root's own fields can be one. */
  ofSelections({ selections }: SelectionSetNode, isInside: boolean): Introspection {
    let sum = none;
    for (const node of selections) {
      if (node.kind === Kind.INLINE_FRAGMENT) sum = both(sum, this.ofSelections(node.selectionSet, isInside));
      else if (node.kind === Kind.FRAGMENT_SPREAD) sum = both(sum, this.ofFragment(node.name.value, isInside));
      else if (isInside || entrances.has(node.name.value)) {
        const below = node.selectionSet ? this.ofSelections(node.selectionSet, true) : none;
        const own = isInside && listFields.has(node.name.value) ? 1 : 0;
        sum = both(sum, { depth: below.depth + 1, lists: below.lists + own });
      }
    }
    return sum;
  }

  private ofFragment(name: string, isInside: boolean): Introspection {
    const key = `${isInside} ${name}`;
    const known = this.known.get(key);
    if (known) return known;
    this.known.set(key, none);
    const fragment = this.fragments.get(name);
    const measured = fragment ? this.ofSelections(fragment.selectionSet, isInside) : none;
    this.known.set(key, measured);
    return measured;
  }
}
