/** Hostile requests one after another, each a few times, while another client asks without a pause: how long until a refusal, and how
 *  long the other waits. `npx tsx bench/hostile.ts [rounds]`. One line of JSON on standard output. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultLimits } from '../src/graphql/limits.ts';
import { hostileRequests } from '../test/support/hostile.ts';
import { Program } from '../test/support/program.ts';

const rounds = Number(process.argv[2] ?? 3);
const refusalMsMax = 300;
const otherMsMax = 500;

const dir = mkdtempSync(join(tmpdir(), 'xiangyue-'));
const program = new Program(dir, ['--json', 'start', '--empty']);
const [line = ''] = await program.lines(1);
const { url } = JSON.parse(line) as { url: string };

/** Milliseconds until the answer has come. */
async function timed(body: string | Buffer): Promise<number> {
  const started = performance.now();
  const headers = { 'content-type': 'application/json' };
  await (await fetch(`${url}/graphql`, { method: 'POST', headers, body })).text();
  return performance.now() - started;
}

const others: number[] = [];
let isOver = false;
async function askWithoutPause(): Promise<void> {
  for (let at = 0; !isOver; at += 1)
    others.push(await timed(JSON.stringify({ query: `query Q${at % 50} { log { position } }` })));
}

const refusals = new Map<string, number[]>();
await timed('{"query":"{ log { position } }"}');
const asking = askWithoutPause();
// A body over the limit is cut off while it is sent, which fetch() takes for a failure: tests look at that one.
const sent = hostileRequests.filter(({ body }) => Buffer.byteLength(body) <= defaultLimits.bodyBytesMax);
for (let round = 0; round < rounds; round += 1) {
  for (const { name, body } of sent) refusals.set(name, [...(refusals.get(name) ?? []), await timed(body)]);
}
isOver = true;
await asking;
program.signal('SIGTERM');
const { code } = await program.ended();
rmSync(dir, { recursive: true, force: true });

const percentile = (values: readonly number[], share: number) =>
  Math.round([...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0);
const medians = [...refusals]
  .map(([name, values]) => ({ name, ms: percentile(values, 0.5) }))
  .sort((a, b) => b.ms - a.ms);
const all = [...refusals.values()].flat();
process.stdout.write(
  `${JSON.stringify({
    requests: all.length,
    refusalMs: { p50: percentile(all, 0.5), p99: percentile(all, 0.99), max: percentile(all, 1) },
    slowest: medians.slice(0, 5),
    otherMs: {
      count: others.length,
      p50: percentile(others, 0.5),
      p99: percentile(others, 0.99),
      max: percentile(others, 1),
    },
    overRefusalMs: all.filter((ms) => ms > refusalMsMax).length,
    overOtherMs: others.filter((ms) => ms > otherMsMax).length,
    exitCode: code,
  })}\n`,
);
