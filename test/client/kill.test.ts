import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openForReading } from '../../src/cli/data-folder.ts';
import { packageRoot } from '../../src/package-root.ts';
import { importOf, writeEdition, zhuhai } from '../support/edition-file.ts';
import type { Program } from '../support/program.ts';
import { run } from '../support/program.ts';
import { ask, serve } from '../support/served.ts';
import { openTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { tokenFor } from '../support/token-for.ts';

const kills = 10;
const cutsEach = 5;
const writesEach = 60;
/** Room for many processes on a loaded machine. */
const room = { timeout: 900_000 };
const rename = `mutation($input: RenameVillageInput!) { renameVillage(input: $input) { position } }`;

describe('the CSV of examples/events-to-csv.mjs', () => {
  it(
    'is exactly the log after 10 kills of the server, 50 cuts of the connection and 2 kills of its own',
    room,
    async () => {
      const dir = tempFolder();
      await run(dir, ...importOf(2016, writeEdition(dir, 2016, zhuhai)));
      const token = await tokenFor(dir, 'clerk');
      const proxy = await openTcpProxy();
      const path = join(tempFolder(), 'events.csv');
      let follower = follow(path, proxy.port);
      let cuts = 0;
      for (let round = 0; round < kills; round += 1) {
        const { program, url } = await serve(dir);
        proxy.lead(Number(new URL(url).port));
        cuts += await writeAndCut({ url, token, proxy, path, round });
        if (round % 5 === 2) {
          follower.kill('SIGKILL');
          follower = follow(path, proxy.port);
        }
        await killed(program);
      }
      expect(cuts).toBe(kills * cutsEach);

      const { url } = await serve(dir);
      proxy.lead(Number(new URL(url).port));
      const expected = await idsOf(dir);
      while (rowsOf(path).length < expected.length && follower.exitCode === null) await pause(50);
      expect(rowsOf(path)).toEqual(expected);
      follower.kill('SIGTERM');
      expect(await once(follower, 'exit')).toEqual([0, null]);
    },
  );
});

function follow(path: string, port: number): ChildProcess {
  const script = join(packageRoot, 'examples', 'events-to-csv.mjs');
  const child = spawn(process.execPath, [script, path, `ws://127.0.0.1:${port}/graphql`], { stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

interface Round {
  readonly url: string;
  readonly token: string;
  readonly proxy: TcpProxy;
  readonly path: string;
  readonly round: number;
}

/** Renames villages one after another, and cuts the follower's connection whenever it has come so far. Returns how often it did. */
async function writeAndCut({ url, token, proxy, path, round }: Round): Promise<number> {
  const page = await ask<{ villages: { nodes: { id: string }[] } }>(url, '{ villages(first: 20) { nodes { id } } }');
  let cuts = 0;
  let seen = rowsOf(path).length;
  for (let at = 0; at < writesEach; at += 1) {
    const village = page.villages.nodes[at % page.villages.nodes.length]?.id;
    const name = `新${round}之${at}村民委员会`;
    const input = { commandId: `kill-${round}-${at}`, village, name, effectiveOn: '2020-01-01' };
    await ask(url, rename, { input }, token);
    if (at % (writesEach / cutsEach) !== (round * 7) % (writesEach / cutsEach)) continue;
    // A connection that is cut before it has brought anything would only make the follower more patient.
    while (rowsOf(path).length <= seen) await pause(20);
    seen = rowsOf(path).length;
    while (proxy.cut() === 0) await pause(20);
    cuts += 1;
  }
  return cuts;
}

async function killed(program: Program): Promise<void> {
  program.signal('SIGKILL');
  await program.ended();
}

async function idsOf(dir: string): Promise<string[]> {
  const store = openForReading(dir);
  const ids: string[] = [];
  try {
    for (let from = 0; ; ) {
      const page = await store.readLog({ from, limit: 10_000 });
      if (page.length === 0) return ids;
      ids.push(...page.map(({ position, id }) => `${position},${id}`));
      from = page.at(-1)?.position ?? from;
    }
  } finally {
    await store.close();
  }
}

/** Position and id of each whole row. */
function rowsOf(path: string): string[] {
  if (!existsSync(path)) return [];
  const rows = readFileSync(path, 'utf8').split('\n').slice(1, -1);
  return rows.map((row) => row.split(',')).map(([position, , id]) => `${position},${id}`);
}
