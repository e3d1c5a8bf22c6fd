/** What an operation would cost: the number of objects its answer may hold, known before anything is executed. */
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { type Limits, overLimit } from './limits.ts';

type Variables = Readonly<Record<string, unknown>>;

/** Page size where the field states none. */
const pageNodesAssumed = 50;
/** Length of a list that is not paged; a field says otherwise in its extension `listNodes`. */
const listNodesAssumed = 10;

/** Estimates the operation with these variables. Errors: `E_LIMIT` for a page or a cost above the limits. */
export function costOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
  limits: Limits,
): number {
  const root = schema.getRootType(operation.operation);
  if (!root) return 0;
  const cost = new Estimate(schema, document, variables, limits).ofSelections(operation.selectionSet, root, 1);
  if (cost > limits.costNodesMax) {
    throw overLimit('costNodesMax', limits.costNodesMax, cost, 'The estimated number of objects is');
  }
  return cost;
}

class Estimate {
  private readonly fragments = new Map<string, FragmentDefinitionNode>();
  /** Cost of a fragment's selections for one object, by its name and the page it stands in. */
  private readonly known = new Map<string, number>();

  constructor(
    private readonly schema: GraphQLSchema,
    document: DocumentNode,
    private readonly variables: Variables,
    private readonly limits: Limits,
  ) {
    for (const node of document.definitions) {
      if (node.kind === Kind.FRAGMENT_DEFINITION) this.fragments.set(node.name.value, node);
    }
  }

  /** Cost of the selections on one object of `type`; `page` is the size of the page whose connection the object is, or 1. */
  ofSelections(set: SelectionSetNode, type: GraphQLNamedType, page: number): number {
    let cost = 0;
    for (const node of set.selections) {
      if (node.kind === Kind.FIELD) cost += this.ofField(node, type, page);
      else if (node.kind === Kind.FRAGMENT_SPREAD) cost += this.ofFragment(node.name.value, page);
      else cost += this.ofSelections(node.selectionSet, this.typeNamed(node.typeCondition?.name.value) ?? type, page);
    }
    return cost;
  }

  private ofFragment(name: string, page: number): number {
    const key = `${page} ${name}`;
    const before = this.known.get(key);
    if (before !== undefined) return before;
    const fragment = this.fragments.get(name);
    const type = this.typeNamed(fragment?.typeCondition.name.value);
    const cost = fragment && type ? this.ofSelections(fragment.selectionSet, type, page) : 0;
    this.known.set(key, cost);
    return cost;
  }

  private ofField(node: FieldNode, parent: GraphQLNamedType, page: number): number {
    const name = node.name.value;
    if (name.startsWith('__') || !(isObjectType(parent) || isInterfaceType(parent))) return 0;
    const field = parent.getFields()[name];
    if (!field) return 0;
    const type = getNamedType(field.type);
    const paged = field.args.some((argument) => argument.name === 'first' || argument.name === 'last');
    const size = paged ? this.pageSize(node, field) : 1;
    if (!node.selectionSet || !isCompositeType(type)) return 0;
    if (paged && !isList(field)) return 1 + this.ofSelections(node.selectionSet, type, size);
    const times = paged ? size : isList(field) ? this.listSize(node, field, page) : 1;
    return times * (1 + this.ofSelections(node.selectionSet, type, 1));
  }

  /** A connection's own lists are as long as its page; what is asked for by ids is as long as they are. */
  private listSize(node: FieldNode, field: GraphQLField<unknown, unknown>, page: number): number {
    if (page > 1 && (field.name === 'nodes' || field.name === 'edges')) return page;
    if (field.args.some(({ name }) => name === 'ids')) return Math.max(1, this.idsAsked(node));
    const stated = field.extensions.listNodes;
    return typeof stated === 'number' ? stated : listNodesAssumed;
  }

  private idsAsked(node: FieldNode): number {
    const value = node.arguments?.find(({ name }) => name.value === 'ids')?.value;
    if (value?.kind === Kind.LIST) return value.values.length;
    const given = value?.kind === Kind.VARIABLE ? this.variables[value.name.value] : undefined;
    return Array.isArray(given) ? given.length : 1;
  }

  private pageSize(node: FieldNode, field: GraphQLField<unknown, unknown>): number {
    const { pageNodesMax } = this.limits;
    let size: number | undefined;
    for (const name of ['first', 'last']) {
      const given = this.integer(node, name);
      if (given === undefined) continue;
      if (given > pageNodesMax) throw overLimit('pageNodesMax', pageNodesMax, given, `\`${name}\` of ${field.name} is`);
      size = Math.max(size ?? 0, given);
    }
    const usual = field.args.find((argument) => argument.name === 'first')?.defaultValue;
    return Math.max(1, size ?? (typeof usual === 'number' ? usual : pageNodesAssumed));
  }

  private integer(node: FieldNode, name: string): number | undefined {
    const value = node.arguments?.find((argument) => argument.name.value === name)?.value;
    if (value?.kind === Kind.INT) return Number(value.value);
    if (value?.kind !== Kind.VARIABLE) return undefined;
    const given = this.variables[value.name.value];
    return typeof given === 'number' ? given : undefined;
  }

  private typeNamed(name: string | undefined): GraphQLNamedType | undefined {
    return name === undefined ? undefined : this.schema.getType(name);
  }
}

const isList = ({ type }: GraphQLField<unknown, unknown>): boolean =>
  isListType(isNonNullType(type) ? type.ofType : type);
