/** A small schema of its own over notes in a list: what the server's tests ask, without the ledger's. */
import {
  buildSchema,
  GraphQLError,
  type GraphQLObjectType,
  type GraphQLScalarType,
  type GraphQLSchema,
  Kind,
  type ValueNode,
} from 'graphql';
import { CodedError } from '../../src/es/errors.ts';
import type { RequestContext } from '../../src/graphql/context.ts';
import { type Hamlet, hamlets } from './hamlets.ts';

export const sdl = `
  "Two digits."
  scalar Code
  type Query {
    hamlets(first: Int, last: Int, search: String): HamletConnection!
    hamlet(id: ID!): Hamlet
    byCode(code: Code!): Hamlet
    byIds(ids: [ID!]!): [Hamlet]!
    position: String
    refuse: String
    explode: String
    explodeLater: String!
    never: String
    behind: String
    echo(text: String = "default", list: [Int!]): String
    required(n: Int! = 5): Int
  }
  type Mutation { note(text: String!): String }
  type Subscription { ticks: Int }
  type HamletConnection { totalCount: Int! nodes: [Hamlet!]! }
  type Hamlet { id: ID! name: String! county: String neighbours(first: Int): HamletConnection! }
`;

type Resolver = (source: never, args: never, context: RequestContext) => unknown;

function parseCode(value: unknown): string {
  if (typeof value === 'string' && /^\d\d$/.test(value)) return value;
  throw new GraphQLError('Code is not two digits.', { extensions: { code: 'BAD_USER_INPUT' } });
}

const toHamlet = ({ id, row }: { id: string; row: Hamlet }) => ({ id, name: row.name, county: row.county });

function page({ first }: { first?: number }, { services, basis, reads }: RequestContext) {
  reads.add('hamlet');
  return {
    totalCount: () => services.readModel.count(hamlets, {}, basis),
    nodes: () => services.readModel.select(hamlets, { limit: first ?? 50 }, basis).map(toHamlet),
  };
}

const resolvers: Readonly<Record<string, Readonly<Record<string, Resolver>>>> = {
  Query: {
    hamlets: (_, args, context) => page(args, context),
    hamlet: (_, { id }: { id: string }, { services, basis, reads }) => {
      reads.add('hamlet');
      const row = services.readModel.one(hamlets, id, basis);
      return row && toHamlet({ id, row });
    },
    byCode: () => null,
    byIds: (_, { ids }: { ids: string[] }) => ids.map(() => null),
    position: (_, __, { basis, reads }) => {
      reads.add('log');
      return String(basis.position);
    },
    refuse: () => {
      throw new CodedError('E_NAME_TAKEN', 'The name is taken.', { path: ['name'] });
    },
    explode: () => {
      throw new Error('SELECT secret FROM /var/lib/secret.sqlite');
    },
    explodeLater: async () => {
      throw new TypeError('later, in node_modules/secret.js:1');
    },
    never: () => new Promise(() => undefined),
    behind: () => {
      throw new CodedError('E_BEHIND', 'Not yet.');
    },
    echo: (_, args: { text: string; list?: number[] }) => (args.list ? args.list.join() : args.text),
    required: (_, { n }: { n: number }) => n,
  },
  Mutation: { note: (_, { text }: { text: string }) => text },
  Hamlet: { neighbours: (_, args, context) => page(args, context) },
  HamletConnection: {
    totalCount: ({ totalCount }: { totalCount: () => number }) => totalCount(),
    nodes: ({ nodes }: { nodes: () => unknown }) => nodes(),
  },
};

/** The schema with its resolvers. */
export function smallSchema(): GraphQLSchema {
  const schema = buildSchema(sdl);
  for (const [type, fields] of Object.entries(resolvers)) {
    const all = (schema.getType(type) as GraphQLObjectType).getFields();
    for (const [name, resolve] of Object.entries(fields)) Object.assign(all[name]!, { resolve });
  }
  const code = schema.getType('Code') as GraphQLScalarType;
  code.parseValue = parseCode;
  code.parseLiteral = (node: ValueNode) => parseCode(node.kind === Kind.STRING ? node.value : null);
  return schema;
}
