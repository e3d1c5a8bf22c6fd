/** How long the reads of the systems take over HTTP, now and as of a day of the past, beside the shortest query there is:
 *  `node dist/bench/systems.js FOLDER [requests]`. FOLDER holds a log, such as `xiangyue simulate` writes; nothing is cached.
 *  Prints one JSON line: milliseconds at the median and the 99th percentile, and the server's memory after the start. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import {
  type GraphQLField,
  type GraphQLObjectType,
  getNamedType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';
import { buildXiangyueSchema } from '../src/graphql/schema.ts';

const folder = process.argv[2];
const requests = Number(process.argv[3] ?? 200);
if (folder === undefined) throw new Error('Name a data folder');

const schema = buildXiangyueSchema();

/** Every field of a type that asks for nothing, one level of its objects below, without the places around it. */
function everyField(name: string, without: readonly string[]): string {
  const fields = Object.values((schema.getType(name) as GraphQLObjectType).getFields());
  return fields
    .filter((field) => !without.includes(field.name) && !field.args.some(isRequiredArgument))
    .flatMap((field) => selectionOf(field))
    .join(' ');
}

function selectionOf(field: GraphQLField<unknown, unknown>): string[] {
  const type = getNamedType(field.type);
  if (isLeafType(type)) return [field.name];
  if (isInterfaceType(type) || !isObjectType(type)) return [`${field.name} { __typename }`];
  const leaves = Object.values(type.getFields()).filter(
    (each) => isLeafType(getNamedType(each.type)) && !each.args.some(isRequiredArgument),
  );
  return [`${field.name} { ${leaves.length > 0 ? leaves.map((each) => each.name).join(' ') : '__typename'} }`];
}

const server = spawn(process.execPath, ['dist/src/cli.js', '--json', '--data-dir', folder, 'start'], {
  env: { ...process.env, PORT: '0', CACHE_BYTES_MAX: '0', LOG_LEVEL: 'error' },
  stdio: ['ignore', 'pipe', 'inherit'],
});
const [line] = (await once(createInterface({ input: server.stdout }), 'line')) as [string];
const { url } = JSON.parse(line) as { url: string };
const memoryMegabytes = Math.round(
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1] ?? 0) / 1_024,
);

async function ask(query: string): Promise<Record<string, never>> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) });
  const { data, errors } = (await response.json()) as { data: Record<string, never>; errors?: unknown };
  if (errors) throw new Error(`${query}: ${JSON.stringify(errors).slice(0, 500)}`);
  return data;
}

interface Listed {
  readonly villages: { readonly nodes: readonly { readonly id: string }[] };
  readonly divisions: readonly { readonly code: string }[];
  readonly events: {
    readonly nodes: readonly { readonly basis: readonly { readonly documentNumber: string | null }[] }[];
  };
}
const listed = (await ask(
  '{ villages(first: 100) { nodes { id } } divisions(level: PROVINCE) { code } events(last: 100) { nodes { basis { documentNumber } } } }',
)) as unknown as Listed;
const ids = listed.villages.nodes.map(({ id }) => id);
const province = listed.divisions[0]?.code ?? '44';
const document =
  listed.events.nodes.flatMap(({ basis }) => basis.flatMap((each) => each.documentNumber ?? []))[0] ?? '无';
const profile = everyField('Village', ['history', 'township', 'county', 'prefecture']);
const tally = everyField('Tally', []);
const past = '2021-05-06';

const questions: Readonly<Record<string, (at: number) => string>> = {
  baseline: () => '{ __typename }',
  villageProfile: (at) => `{ village(id: "${ids[at % ids.length]}") { ${profile} } }`,
  provinceTallyNow: () => `{ divisions(level: PREFECTURE, within: "${province}") { code tally { ${tally} } } }`,
  provinceTallyPast: () =>
    `{ at(effectiveOn: "${past}") { divisions(level: PREFECTURE, within: "${province}") { code tally { ${tally} } } } }`,
  standardsInForce: () =>
    `{ at(effectiveOn: "${past}") { standardsInForce(kind: RETIREMENT_ALLOWANCE) { documentNumber effectiveOn tiers { minYears amountFen } } } }`,
  auditTrail: () =>
    `{ events(filter: { document: "${document}" }, last: 20) { nodes { id type effectiveOn recordedBy summary basis { documentNumber } } } }`,
};

const times = new Map(Object.keys(questions).map((name) => [name, [] as number[]]));
for (let at = -10; at < requests; at += 1) {
  // In turns, so that what else the machine does falls on all of them.
  for (const [name, question] of Object.entries(questions)) {
    const start = performance.now();
    await ask(question(at + 10));
    if (at >= 0) times.get(name)?.push(performance.now() - start);
  }
}
server.kill('SIGTERM');
await once(server, 'exit');

const at = (sorted: readonly number[], share: number) =>
  Number((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(2));
const figures = [...times].map(([name, taken]) => {
  const sorted = taken.sort((a, b) => a - b);
  return [name, { p50: at(sorted, 0.5), p99: at(sorted, 0.99) }] as const;
});
process.stdout.write(
  `${JSON.stringify({ bench: 'systems', unit: 'ms', requests, memoryMegabytes, ...Object.fromEntries(figures) })}\n`,
);
