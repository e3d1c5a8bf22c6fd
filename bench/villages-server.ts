/** One server over the read model of a data folder, for bench/villages.ts: ours, or a baseline with plain resolvers. It says its
 *  address on standard output, then for each line on standard input the CPU time it has used, and serves until it is killed. */
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import DataLoader from 'dataloader';
import fastify from 'fastify';
import mercurius from 'mercurius';
import { type DivisionRow, divisions } from '../projections/divisions.ts';
import { projections } from '../projections/index.ts';
import { type VillageRow, villages } from '../projections/villages.ts';
import { today } from '../src/cli/clock.ts';
import { openForReading } from '../src/cli/data-folder.ts';
import { readConfig } from '../src/config.ts';
import type { Moment, ReadModel } from '../src/es/projection.ts';
import { startServer } from '../src/main.ts';
import { openReadModel } from '../src/readmodel/open.ts';

const typeDefs = `
  type Query { villages(first: Int): VillageConnection! }
  type VillageConnection { nodes: [Village!]! }
  type Village {
    id: ID! code: String name: String! shortName: String! kind: String! status: String!
    township: Division! county: Division prefecture: Division!
  }
  type Division { id: ID! code: String! name: String! }
`;

interface Context {
  readonly at: Moment;
  readonly division: DataLoader<string, Place | null>;
}
type Place = DivisionRow & { readonly id: string };
type Village = VillageRow & { readonly id: string };

/** Resolvers as one writes them without thinking of speed, except that divisions come by DataLoader. */
function plain(readModel: ReadModel) {
  const resolvers = {
    Query: {
      villages: (_: unknown, { first = 50 }: { first?: number }, { at }: Context) => {
        const question = { where: "v.status = 'LISTED'", orderBy: [{ column: 'code' }], limit: first };
        return { nodes: readModel.select(villages, question, at).map(({ id, row }) => ({ id, ...row })) };
      },
    },
    Village: {
      shortName: ({ short_name }: Village) => short_name,
      township: ({ township }: Village, _: unknown, { division }: Context) => division.load(township),
      county: ({ county }: Village, _: unknown, { division }: Context) =>
        county === null ? null : division.load(county),
      prefecture: ({ prefecture }: Village, _: unknown, { division }: Context) => division.load(prefecture),
    },
  };
  const context = async (): Promise<Context> => {
    const at = { effectiveOn: today(), position: readModel.position };
    const load = async (ids: readonly string[]) =>
      readModel.many(divisions, ids, at).map((row, index) => row && { ...row, id: ids[index] as string });
    return { at, division: new DataLoader(load) };
  };
  return { resolvers, context };
}

async function serve(kind: string, dir: string): Promise<string> {
  const store = openForReading(dir);
  if (kind.startsWith('ours')) {
    const cacheBytes = kind === 'ours, exact cache' ? '67108864' : '0';
    const config = readConfig({
      PORT: '0',
      DATA_DIR: dir,
      LOG_LEVEL: 'warn',
      CACHE_BYTES_MAX: cacheBytes,
      // Counted as always, and never refused.
      REQUESTS_PER_SECOND_MAX: '1000000',
      REQUESTS_BURST_MAX: '10000000',
    });
    return (await startServer(config, { store })).url;
  }
  const readModel = await openReadModel({ dir, projections, store, onNotice: () => undefined });
  const { resolvers, context } = plain(readModel);
  if (kind === 'Apollo, default settings') {
    const server = new ApolloServer({ typeDefs, resolvers });
    return (await startStandaloneServer(server, { context, listen: { host: '127.0.0.1', port: 0 } })).url.replace(
      /\/$/,
      '',
    );
  }
  const app = fastify();
  await app.register(mercurius, { schema: typeDefs, resolvers: resolvers as never, context, jit: 1 });
  return app.listen({ host: '127.0.0.1', port: 0 });
}

const [kind = '', dir = ''] = process.argv.slice(2);
const url = await serve(kind, dir);
// Apollo's own server answers on every path.
process.stdout.write(`${url}/graphql\n`);
process.stdin.on('data', () => {
  const { user, system } = process.cpuUsage();
  process.stdout.write(`${user + system}\n`);
});
