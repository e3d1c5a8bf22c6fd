/** Which room may import what: the table of docs/architecture.md, checked. */
import type { Import, Module, Rule } from './tree.ts';

interface Room {
  /** Other rooms of ours. */
  readonly rooms: readonly string[] | 'all';
  readonly packages: readonly string[] | 'all';
  /** Builtins of Node. Rooms without I/O may hash and inflate, and no more. */
  readonly builtins: readonly string[] | 'all';
}

const hashing = ['node:crypto'];
const sqlite = '@photostructure/sqlite';

const rooms: Readonly<Record<string, Room>> = {
  'src/es': { rooms: [], packages: [], builtins: hashing },
  'src/domain': { rooms: ['src/es'], packages: ['zod'], builtins: hashing },
  'src/roster': { rooms: ['src/es', 'src/domain'], packages: [], builtins: [...hashing, 'node:zlib'] },
  'src/facts': { rooms: ['src/es', 'src/domain'], packages: ['yaml', 'zod'], builtins: hashing },
  'src/simulation': { rooms: ['src/es', 'src/domain'], packages: [], builtins: hashing },
  'src/store': { rooms: ['src/es'], packages: [sqlite, '@kurrent/kurrentdb-client'], builtins: 'all' },
  'src/readmodel': { rooms: ['src/es'], packages: [sqlite, 'lru-cache'], builtins: 'all' },
  'src/vault': { rooms: ['src/es', 'src/domain', 'src/private-file.ts'], packages: [sqlite], builtins: 'all' },
  projections: { rooms: ['src/es', 'src/domain'], packages: ['pinyin-pro'], builtins: hashing },
  'src/access': { rooms: ['src/es', 'src/domain', 'src/private-file.ts'], packages: 'all', builtins: 'all' },
  'src/graphql': { rooms: ['src/es', 'src/domain', 'projections', 'src/access'], packages: 'all', builtins: 'all' },
  'src/live': {
    rooms: ['src/es', 'src/domain', 'projections', 'src/access', 'src/graphql'],
    packages: 'all',
    builtins: 'all',
  },
  'src/webhooks': { rooms: ['src/es', 'src/access', 'src/graphql', 'src/live'], packages: 'all', builtins: 'all' },
  'src/client': { rooms: [], packages: ['graphql', 'graphql-ws', 'ws'], builtins: 'all' },
  'src/cli': { rooms: 'all', packages: 'all', builtins: 'all' },
  'src/cli.ts': { rooms: 'all', packages: 'all', builtins: 'all' },
  'src/main.ts': { rooms: 'all', packages: 'all', builtins: 'all' },
  'src/config.ts': { rooms: ['src/es', 'src/vault'], packages: ['zod'], builtins: 'all' },
  'src/private-file.ts': { rooms: [], packages: [], builtins: 'all' },
  'src/package-root.ts': { rooms: ['src/es'], packages: [], builtins: 'all' },
  // Composition roots inside a room: threads and programs of their own, which assemble as main.ts does.
  'src/readmodel/worker.ts': { rooms: 'all', packages: [sqlite], builtins: 'all' },
  'src/graphql/emit-schema.ts': { rooms: 'all', packages: 'all', builtins: 'all' },
  'src/graphql/copy-graphiql.ts': { rooms: 'all', packages: 'all', builtins: 'all' },
  web: { rooms: ['schema'], packages: 'all', builtins: [] },
  schema: { rooms: [], packages: 'all', builtins: [] },
  test: { rooms: 'all', packages: 'all', builtins: 'all' },
  bench: { rooms: 'all', packages: 'all', builtins: 'all' },
  docs: { rooms: 'all', packages: 'all', builtins: 'all' },
  '': { rooms: 'all', packages: 'all', builtins: 'all' },
};

/** Imports go one way. */
export const importDirections: Rule = ({ modules }) => {
  const index = modules.find(({ path }) => path === 'projections/index.ts');
  const readModels = new Set(index?.imports.map(({ to }) => to).filter((to) => roomOf(to) === 'projections'));
  return modules.flatMap((module) => {
    const room = rooms[module.path] ?? rooms[roomOf(module.path)];
    if (!room)
      return [`${module.path}:1 lies in a room that test/support/tidy/rooms.ts does not know: add it with a decision`];
    return module.imports.flatMap((entry) => {
      const refused = refusal(module, room, entry, readModels);
      return refused ? [`${module.path}:${entry.line} imports ${entry.to}: ${refused}`] : [];
    });
  });
};

function refusal(module: Module, room: Room, entry: Import, readModels: ReadonlySet<string>): string | null {
  const from = roomOf(module.path);
  if (!entry.ours) {
    const builtin = entry.to.startsWith('node:');
    const allowed = builtin ? room.builtins : room.packages;
    const name = builtin ? entry.to : packageOf(entry.to);
    return allowed === 'all' || allowed.includes(name) ? null : `${from} may not; pass what it needs in`;
  }
  const to = roomOf(entry.to);
  if (readModels.has(module.path) && readModels.has(entry.to)) {
    return 'read models stand alone; join them where both are read, in src/graphql';
  }
  if (from === to || room.rooms === 'all' || room.rooms.includes(to)) return null;
  return `${from || 'the root'} may not import ${to}; see the table in docs/architecture.md`;
}

/** `src/es` for src/es/event.ts, `src/cli.ts` for itself, `test` for test/es/fold.test.ts, empty for the root. */
function roomOf(path: string): string {
  const [top = '', second = ''] = path.split('/');
  if (second === '') return '';
  return top === 'src' ? `src/${second}` : top;
}

const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
