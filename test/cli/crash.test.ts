import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { openForReading } from '../../src/cli/data-folder.ts';
import type { RecordedEvent } from '../../src/es/event.ts';
import { importOf, writeEdition, zhuhai } from '../support/edition-file.ts';
import { Program, run } from '../support/program.ts';
import { ask, type Served, serve } from '../support/served.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { tokenFor } from '../support/token-for.ts';

const rounds = 20;
/** Room for many processes on a loaded machine. */
const room = { timeout: 900_000 };

async function wholeLog(dir: string): Promise<RecordedEvent[]> {
  const store = openForReading(dir);
  const log: RecordedEvent[] = [];
  try {
    for (;;) {
      const page = await store.readLog({ from: log.at(-1)?.position, limit: 10_000 });
      if (page.length === 0) return log;
      log.push(...page);
    }
  } finally {
    await store.close();
  }
}

const headOf = async (dir: string): Promise<number> => {
  try {
    const store = openForReading(dir);
    const { position } = await store.head();
    await store.close();
    return position;
  } catch {
    // The program has not made the log yet.
    return 0;
  }
};

describe('an import killed twenty times', () => {
  it('ends in the log of one clean run', room, async () => {
    const files = tempFolder();
    const commands = [2016, 2017].map((year) =>
      importOf(year, writeEdition(files, year, zhuhai, '4405', '4451', '4453')),
    );
    const clean = tempFolder();
    for (const command of commands) expect(await run(clean, ...command)).toMatchObject({ code: 0 });
    const expected = await wholeLog(clean);

    const expectClean = async (dir: string) =>
      expect((await wholeLog(dir)).map(withoutTime)).toEqual(expected.map(withoutTime));

    let dir = tempFolder();
    for (let killed = 0; killed < rounds; ) {
      const until = (await headOf(dir)) + 1 + ((killed * 97) % 700);
      if (await killedPast(dir, commands, until)) {
        killed += 1;
      } else {
        // It came to its end between two kills: the next ones take another folder.
        await expectClean(dir);
        dir = tempFolder();
      }
    }
    for (const command of commands) expect(await run(dir, ...command)).toMatchObject({ code: 0 });
    await expectClean(dir);
    expect(await run(dir, 'verify')).toMatchObject({ code: 0, stdout: expect.stringContaining('sound') });
  });
});

/** Runs the imports until the log's head has passed a position, then kills. False where all ended before. */
async function killedPast(dir: string, commands: readonly string[][], until: number): Promise<boolean> {
  for (const command of commands) {
    const program = new Program(dir, command);
    while (!program.hasEnded && (await headOf(dir)) < until) await pause(5);
    program.signal('SIGKILL');
    const { code } = await program.ended();
    if (code === null) return true;
    expect(code).toBe(0);
  }
  return false;
}

const withoutTime = ({ recordedAt: _, ...event }: RecordedEvent) => event;

interface Rename {
  readonly commandId: string;
  readonly village: string;
  readonly name: string;
  readonly effectiveOn: string;
}

const rename = `mutation($input: RenameVillageInput!) { renameVillage(input: $input) { position } }`;
const villages = `{ villages(first: 100) { nodes { id } } }`;
const inFlight = 32;

describe('a server killed twenty times in a burst of mutations', () => {
  it('keeps each acknowledged one, once, and takes the others when they are sent again', room, async () => {
    const dir = tempFolder();
    await run(dir, ...importOf(2016, writeEdition(dir, 2016, zhuhai)));
    const token = await tokenFor(dir, 'clerk');
    const acknowledged: string[] = [];
    let unacknowledged: Rename[] = [];
    for (let round = 0; round <= rounds; round += 1) {
      const { program, url } = await serve(dir);
      await Promise.all(unacknowledged.map((input) => ask(url, rename, { input }, token)));
      acknowledged.push(...unacknowledged.map(({ commandId }) => commandId));
      unacknowledged = round < rounds ? await burst({ program, url }, token, round, acknowledged) : [];
      program.signal('SIGKILL');
      await program.ended();
      expectOnce(acknowledged, await wholeLog(dir));
    }
    expect(acknowledged.length).toBeGreaterThan(rounds * inFlight);
    expect(await run(dir, 'verify')).toMatchObject({ code: 0 });
  });
});

/** Renames villages until so many are acknowledged, then kills. Returns what was sent and not acknowledged. */
async function burst(
  { program, url }: Served,
  token: string,
  round: number,
  acknowledged: string[],
): Promise<Rename[]> {
  const { villages: page } = await ask<{ villages: { nodes: { id: string }[] } }>(url, villages);
  const until = acknowledged.length + 1 + ((round * 37) % 150);
  const lost: Rename[] = [];
  let sent = 0;
  const worker = async () => {
    while (!program.hasEnded && acknowledged.length < until) {
      sent += 1;
      const village = page.nodes[sent % page.nodes.length]?.id as string;
      const commandId = `rename-${round}-${sent}`;
      const input = { commandId, village, name: `新${round}之${sent}村民委员会`, effectiveOn: '2020-01-01' };
      try {
        await ask(url, rename, { input }, token);
        acknowledged.push(commandId);
      } catch (error) {
        // A connection that broke off leaves open what came of the mutation; a refusal is a failure of the test.
        if (!(error instanceof TypeError || error instanceof SyntaxError)) throw error;
        lost.push(input);
        return;
      }
      if (acknowledged.length >= until) program.signal('SIGKILL');
    }
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
  return lost;
}

function expectOnce(acknowledged: readonly string[], log: readonly RecordedEvent[]): void {
  const counts = new Map<string, number>();
  for (const { commandId } of log) counts.set(commandId, (counts.get(commandId) ?? 0) + 1);
  expect(acknowledged.filter((commandId) => counts.get(commandId) !== 1)).toEqual([]);
}
