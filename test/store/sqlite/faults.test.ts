import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { EventStore } from '../../../src/es/store.ts';
import type { Database } from '../../../src/store/sqlite/database.ts';
import { fact } from '../../support/facts.ts';
import { smallDisks } from '../../support/full-disk.ts';
import { openLog } from '../../support/open-log.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { startUnprivileged } from '../../support/unprivileged.ts';

const coded = (code: string) => expect.objectContaining({ code });
const long = (stream: string) => fact(stream, { data: { text: '村'.repeat(1_000) } });

/** Appends until the store refuses; answers the refusal and how many were acknowledged. */
async function appendUntilRefused(
  store: EventStore,
  stream: string,
): Promise<{ refusal: unknown; acknowledged: number }> {
  for (let acknowledged = 0; ; acknowledged += 1) {
    try {
      await store.append(stream, [long(stream)], 'any');
    } catch (refusal) {
      return { refusal, acknowledged };
    }
  }
}

describe.each(smallDisks)('on $what', ({ make }) => {
  it('refuses appends with a code, goes on reading, and writes again by itself when there is space', async () => {
    const disk = make();
    const store = openLog(disk.dir, { onConnection: disk.onConnection });
    await store.append('village-a', Array(20).fill(long('village-a')), 'none');
    disk.fill();
    const { refusal, acknowledged } = await appendUntilRefused(store, 'village-b');
    expect(refusal).toMatchObject({ code: 'E_STORAGE_FULL' });
    const group = Array.from({ length: 10 }, (_, i) =>
      store.append(`village-g${i}`, Array(9).fill(long(`village-g${i}`)), 'none'),
    );
    for (const outcome of await Promise.allSettled(group))
      expect(outcome).toMatchObject({ reason: coded('E_STORAGE_FULL') });
    expect(await store.readStream('village-a')).toHaveLength(20);
    expect(await store.head()).toMatchObject({ position: 20 + acknowledged });

    disk.free();
    expect(await store.append('village-c', [long('village-c')], 'none')).toMatchObject({ position: 21 + acknowledged });
    await store.close();
    const again = openLog(disk.dir, { onConnection: disk.onConnection });
    const streams = (await again.readLog({ limit: 1_000 })).map(({ stream }) => stream);
    expect(streams).toEqual([...Array(20).fill('village-a'), ...Array(acknowledged).fill('village-b'), 'village-c']);
  });
});

describe('in a folder that cannot be written', () => {
  it.each([
    { files: 'all its files', left: () => true },
    { files: 'its log alone', left: (name: string) => name === 'log.sqlite' },
  ])('with $files, refuses to write with a code, and reads', async ({ left }) => {
    const dir = tempFolder();
    const store = openLog(dir);
    await store.append('village-a', [fact('village-a'), fact('village-a')], 'none');
    await store.close();
    for (const name of readdirSync(dir)) {
      if (left(name)) chmodSync(join(dir, name), 0o444);
      else rmSync(join(dir, name));
    }
    chmodSync(dir, 0o555);
    const child = startUnprivileged(dir);
    await child.ended();
    chmodSync(dir, 0o755);
    expect(child.lines).toEqual(['E_READ_ONLY', '2']);
  });

  it('refuses appends while it lasts, and writes again by itself', async () => {
    let connection: Database | undefined;
    const onConnection = (database: Database) => {
      connection = database;
    };
    const store = openLog(tempFolder(), { onConnection });
    await store.append('village-a', [fact('village-a')], 'none');
    connection?.exec('pragma query_only = on');
    await expect(store.append('village-a', [fact('village-a')], 0)).rejects.toMatchObject({ code: 'E_READ_ONLY' });
    expect(await store.readStream('village-a')).toHaveLength(1);
    connection?.exec('pragma query_only = off');
    expect(await store.append('village-a', [fact('village-a')], 0)).toMatchObject({ revision: 1, position: 2 });
  });
});

/** Bounds the files that this process may write: a write beyond fails as on a broken disk. */
const limitFiles = (bytes: string) =>
  execFileSync('prlimit', ['--pid', String(process.pid), `--fsize=${bytes}:unlimited`]);

describe('on a disk that fails', () => {
  it('refuses appends as unavailable, goes on reading, and opens its connection anew to write again', async () => {
    let connections = 0;
    const onConnection = () => {
      connections += 1;
    };
    const store = openLog(tempFolder(), { onConnection });
    await store.append('village-a', [long('village-a')], 'none');
    limitFiles('200000');
    onTestFinished(() => void limitFiles('unlimited'));
    const { refusal, acknowledged } = await appendUntilRefused(store, 'village-b');
    expect(refusal).toMatchObject({ code: 'E_UNAVAILABLE' });
    expect(await store.readStream('village-b')).toHaveLength(acknowledged);
    expect(connections).toBe(2);
    limitFiles('unlimited');
    expect(await store.append('village-b', [long('village-b')], 'any')).toMatchObject({ revision: acknowledged });
    expect(await store.head()).toMatchObject({ position: acknowledged + 2 });
  });
});

describe('on a log that is moved away while it is open', () => {
  it('refuses appends, which nobody would find again, until it is back', async () => {
    const dir = tempFolder();
    const [path, away] = [join(dir, 'log.sqlite'), join(dir, 'away.sqlite')];
    const store = openLog(dir);
    await store.append('village-a', [fact('village-a')], 'none');
    renameSync(path, away);
    await expect(store.append('village-a', [fact('village-a')], 0)).rejects.toMatchObject({ code: 'E_UNAVAILABLE' });
    expect(await store.readStream('village-a')).toHaveLength(1);
    renameSync(away, path);
    expect(await store.append('village-a', [fact('village-a')], 0)).toMatchObject({ revision: 1 });
  });
});

/** The folder of a closed log of 3,000 events in 60 streams. */
async function largeLog(): Promise<string> {
  const dir = tempFolder();
  const store = openLog(dir);
  const streams = Array.from({ length: 60 }, (_, i) => `village-v${i}`);
  await Promise.all(streams.map((stream) => store.append(stream, Array(50).fill(long(stream)), 'none')));
  await store.close();
  return dir;
}

function overwrite(dir: string, at: number, bytes: Buffer): void {
  const file = openSync(join(dir, 'log.sqlite'), 'r+');
  writeSync(file, bytes, 0, bytes.length, at);
  closeSync(file);
}

const garbage = Buffer.alloc(64 * 1024, 0xa5);

async function readAll(store: EventStore): Promise<number> {
  return (await store.readLog({ limit: 10_000 })).length;
}

describe('on a damaged log', () => {
  it.each(['write', 'read'] as const)(
    'says so when it is opened to %s, where the file is no log any more',
    async (mode) => {
      const dir = await largeLog();
      overwrite(dir, 0, garbage);
      expect(() => openLog(dir, { mode })).toThrow(coded('E_LOG_DAMAGED'));
    },
  );

  it('gives the folder back where it cannot be opened', async () => {
    const dir = await largeLog();
    overwrite(dir, 0, garbage);
    expect(() => openLog(dir)).toThrow(coded('E_LOG_DAMAGED'));
    rmSync(join(dir, 'log.sqlite'));
    expect(await openLog(dir).head()).toMatchObject({ position: 0 });
  });

  it('says so when damaged pages are read, and reads the others', async () => {
    const dir = await largeLog();
    const bytes = readFileSync(join(dir, 'log.sqlite')).length;
    overwrite(dir, Math.floor(bytes / 2 / 4_096) * 4_096, garbage);
    const store = openLog(dir);
    await expect(readAll(store)).rejects.toMatchObject({ code: 'E_LOG_DAMAGED' });
    expect(await store.readLog({ limit: 10 })).toHaveLength(10);
    expect((await store.head()).position).toBe(3_000);
  });

  it('says so where a stored text is no JSON any more', async () => {
    const dir = await largeLog();
    const at = readFileSync(join(dir, 'log.sqlite')).lastIndexOf('{"text":"');
    overwrite(dir, at, Buffer.from('{"text"!"'));
    const store = openLog(dir);
    await expect(readAll(store)).rejects.toMatchObject({ code: 'E_LOG_DAMAGED' });
    const rebuild = async () => {
      for await (const batch of store.readStreams({ until: 3_000 })) expect(batch).not.toEqual([]);
    };
    await expect(rebuild()).rejects.toMatchObject({ code: 'E_LOG_DAMAGED' });
  });

  it('says so where the file was cut off', async () => {
    const dir = await largeLog();
    const bytes = readFileSync(join(dir, 'log.sqlite')).length;
    truncateSync(join(dir, 'log.sqlite'), Math.floor(bytes / 3));
    const opened = async () => readAll(openLog(dir, { mode: 'read' }));
    await expect(opened()).rejects.toMatchObject({ code: 'E_LOG_DAMAGED' });
  });
});
