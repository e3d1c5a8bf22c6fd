import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { openForReading } from '../../src/cli/data-folder.ts';
import { CodedError } from '../../src/es/errors.ts';
import type { RecordedEvent } from '../../src/es/event.ts';
import { Program, run } from '../support/program.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** Room for a loaded machine. */
const room = { timeout: 300_000 };
const command = (dir: string) => ['simulate', '--out', dir, '--villages', '80', '--seed', '5'];

async function logOf(dir: string): Promise<RecordedEvent[]> {
  const store = openForReading(dir);
  const log: RecordedEvent[] = [];
  for (;;) {
    const page = await store.readLog({ from: log.at(-1)?.position, limit: 10_000 });
    log.push(...page);
    if (page.length === 0) break;
  }
  await store.close();
  return log;
}

async function headOf(dir: string): Promise<number> {
  try {
    const store = openForReading(dir);
    const { position } = await store.head();
    await store.close();
    return position;
  } catch (error) {
    // The program has not made the log yet.
    if (error instanceof CodedError) return 0;
    throw error;
  }
}

describe('a simulation that is killed', () => {
  it('goes on to the log of an uninterrupted run', room, async () => {
    const [whole, dir] = [tempFolder(), tempFolder()];
    expect(await run(whole, ...command(whole))).toMatchObject({ code: 0 });
    const expected = (await logOf(whole)).map(withoutTime);

    const program = new Program(dir, command(dir));
    while (!program.hasEnded && (await headOf(dir)) === 0) await pause(2);
    program.signal('SIGKILL');
    expect((await program.ended()).code).toBeNull();
    const held = (await logOf(dir)).map(withoutTime);
    expect(held.length).toBeLessThan(expected.length);
    expect(held).toEqual(expected.slice(0, held.length));

    const stdout = expect.stringContaining(`${held.length} of them were there before`);
    expect(await run(dir, ...command(dir))).toMatchObject({ code: 0, stdout });
    expect((await logOf(dir)).map(withoutTime)).toEqual(expected);
  });
});

const withoutTime = ({ recordedAt: _, ...event }: RecordedEvent) => event;
