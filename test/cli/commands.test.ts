import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/package-root.ts';
import { importOf, writeEdition, zhuhai } from '../support/edition-file.ts';
import { Program, run } from '../support/program.ts';
import { serve } from '../support/served.ts';
import { tempFolder } from '../support/temp-folder.ts';

const room = { timeout: 300_000 };

async function imported(): Promise<{ dir: string; command: string[] }> {
  const dir = tempFolder();
  const command = importOf(2016, writeEdition(dir, 2016, zhuhai));
  expect(await run(dir, ...command)).toMatchObject({ code: 0, stdout: expect.stringContaining('329 villages') });
  return { dir, command };
}

const headOf = async (dir: string) =>
  (await run(dir, '--json', 'events')).stdout.split('\n').filter((line) => line !== '').length;

describe('a command line', () => {
  it.each([['--help'], ['start', '--help'], ['import', 'roster', '--help'], ['simulate', '--help']])(
    'explains itself: %s %s %s',
    async (...args) => {
      expect(await run(tempFolder(), ...args)).toMatchObject({ code: 0, stdout: expect.stringContaining('Usage') });
    },
  );

  it.each([
    [['nonsense']],
    [['events', '--nonsense']],
    [['import', 'roster']],
    [['events', '--limit', '0']],
    [['export', 'nonsense']],
    [['import', 'roster', 'x.csv', '--as-at', '2016-07-31']],
  ])('called wrongly ends with 2: %j', async (args) => {
    const { code, stdout, stderr } = await run(tempFolder(), ...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('error:');
  });

  it('names a wrong variable of the environment', async () => {
    const ended = await new Program(tempFolder(), ['start'], { PORT: '80a' }).ended();
    expect(ended).toMatchObject({ code: 2, stderr: expect.stringContaining('PORT takes') });
  });

  it('says what went wrong and what to do, or gives it as JSON', async () => {
    const dir = tempFolder();
    expect(await run(dir, 'events')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^E_NOT_FOUND: .+\n {2}\S/),
    });
    const { code, stderr } = await run(dir, '--json', 'events');
    expect([code, JSON.parse(stderr)]).toMatchObject([1, { error: { code: 'E_NOT_FOUND' } }]);
  });
});

describe('import', () => {
  it('appends nothing for a file that was imported, and refuses a broken one by its line', room, async () => {
    const { dir, command } = await imported();
    const before = await headOf(dir);
    expect(await run(dir, ...command)).toMatchObject({ code: 0, stdout: expect.stringContaining('imported before') });
    const broken = join(dir, 'broken.csv');
    writeFileSync(broken, 'code,name\n44,广东省\n440x,珠海市\n');
    expect(await run(dir, ...importOf(2017, broken))).toMatchObject({ code: 1, stderr: expect.stringContaining('3') });
    const facts = join(packageRoot, 'data', 'facts', 'article-2021-05-06.yaml');
    expect(await headOf(dir)).toBe(before);
    expect(await run(dir, 'import', 'facts', facts)).toMatchObject({ code: 0 });
    const after = await headOf(dir);
    expect(await run(dir, 'import', 'facts', facts)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(' 0 new'),
    });
    expect([after > before, await headOf(dir)]).toEqual([true, after]);
  });
});

describe('events', () => {
  it('prints what is asked for, and what another process appends while it follows', room, async () => {
    const { dir } = await imported();
    const some = await run(dir, '--json', 'events', '--after', '2', '--limit', '3', '--type', 'VillageListed');
    const events = some.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string });
    expect(events.map(({ type }) => type)).toEqual(Array(3).fill('VillageListed'));
    const head = await headOf(dir);
    const follower = new Program(dir, ['--json', 'events', '--follow', '--after', String(head - 1)]);
    await follower.lines(1);
    await run(dir, 'import', 'facts', join(packageRoot, 'data', 'facts', 'article-2021-05-06.yaml'));
    const [, next = ''] = await follower.lines(2);
    expect(JSON.parse(next)).toMatchObject({ position: String(head + 1) });
    follower.signal('SIGINT');
    expect(await follower.ended()).toMatchObject({ code: 0 });
  });
});

describe('start', () => {
  it('holds its folder alone, is read beside, and stops when it is asked', room, async () => {
    const { dir } = await imported();
    const out = join(dir, 'villages.csv');
    const early = await run(dir, 'export', 'villages', '--out', out);
    expect([early.code, readFileSync(out, 'utf8').trim().split('\n').length]).toEqual([0, 330]);
    const { program } = await serve(dir);
    expect(await run(dir, 'start')).toMatchObject({ code: 1, stderr: expect.stringContaining('E_DATA_DIR_IN_USE') });
    const beside = await run(dir, 'export', 'villages', '--format', 'ndjson', '--effective-on', '2016-07-31');
    expect([beside.code, beside.stdout.trim().split('\n').length]).toEqual([0, 329]);
    expect(await run(dir, 'replay')).toMatchObject({ code: 0, stdout: expect.stringContaining('equal') });
    program.signal('SIGTERM');
    expect(await program.ended()).toMatchObject({ code: 0 });
  });
});

describe('verify', () => {
  it('finds a payload that was changed behind the triggers', room, async () => {
    const { dir } = await imported();
    expect(await run(dir, 'verify')).toMatchObject({ code: 0, stdout: expect.stringContaining('sound') });
    const db = new DatabaseSync(join(dir, 'log.sqlite'));
    db.exec(`drop trigger event_not_updated; update event set payload = '{}' where position = 5`);
    db.close();
    expect(await run(dir, 'verify')).toMatchObject({ code: 1, stdout: expect.stringContaining('findings') });
  });
});

describe('simulate', () => {
  it('writes a log that is marked, served as it is, and takes no roster', room, async () => {
    const dir = tempFolder();
    expect(await run(dir, 'simulate', '--out', dir, '--villages', '20', '--years', '1')).toMatchObject({ code: 0 });
    const before = await headOf(dir);
    const file = writeEdition(tempFolder(), 2016, zhuhai);
    expect(await run(dir, ...importOf(2016, file))).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('E_LOG_KIND'),
    });
    const { program } = await serve(dir);
    program.signal('SIGTERM');
    expect([(await program.ended()).code, await headOf(dir)]).toEqual([0, before]);
  });
});
