import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startBurst } from '../../support/burst.ts';
import { fact } from '../../support/facts.ts';
import { openLog } from '../../support/open-log.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const coded = (code: string) => expect.objectContaining({ code });

/** The log of a folder that holds one event, closed. */
async function written(options = {}): Promise<string> {
  const dir = join(tempFolder(), 'var', 'log');
  const store = openLog(dir, options);
  await store.append('village-a', [fact('village-a')], 'none');
  await store.close();
  return dir;
}

describe('openSqliteStore()', () => {
  it('makes the folder, and finds its log again with its identity', async () => {
    const dir = await written();
    const again = openLog(dir, { newId: () => 'log-2' });
    expect(await again.identity()).toEqual({ id: 'log-1', kind: 'real' });
    expect(await again.readStream('village-a')).toHaveLength(1);
    expect(await again.append('village-a', [fact('village-a')], 0)).toMatchObject({ position: 2, revision: 1 });
  });

  it('never goes on behind the clock of the events it finds', async () => {
    const dir = await written({ now: () => 9_000 });
    const { events } = await openLog(dir).append('village-a', [fact('village-a')], 0);
    expect(events).toMatchObject([{ recordedAt: 9_000 }]);
  });

  it.each([
    ['real', 'simulated'],
    ['simulated', 'real'],
  ] as const)('refuses a %s log where a %s one is meant, and gives the folder back', async (kind, other) => {
    const dir = await written({ kind });
    for (const mode of ['write', 'read'] as const) {
      expect(() => openLog(dir, { mode, kind: other })).toThrow(coded('E_LOG_KIND'));
    }
    expect(await openLog(dir, { kind }).identity()).toMatchObject({ kind });
  });

  it('takes a log of either kind where none is named', async () => {
    const dir = await written({ kind: 'simulated' });
    for (const mode of ['write', 'read'] as const) {
      expect(await openLog(dir, { mode }).identity()).toEqual({ id: 'log-1', kind: 'simulated' });
    }
  });

  it('refuses a second writer in this process until the first has closed', async () => {
    const dir = tempFolder();
    const first = openLog(dir);
    expect(() => openLog(dir)).toThrow(coded('E_DATA_DIR_IN_USE'));
    await first.close();
    expect((await openLog(dir).head()).position).toBe(0);
  });

  it('refuses to write beside another process, but reads there and hears it append', async () => {
    const dir = await written();
    const reader = openLog(dir, { mode: 'read', pollIntervalMs: 1 });
    const rung = new Promise<void>((resolve) => reader.onAppend(resolve));
    const writer = startBurst(dir, 1);
    await writer.printed(5);
    expect(() => openLog(dir)).toThrow(coded('E_DATA_DIR_IN_USE'));
    await rung;
    expect((await reader.readLog({ limit: 10 })).map(({ position }) => position).slice(0, 5)).toEqual([1, 2, 3, 4, 5]);
    await writer.kill();
    expect((await openLog(dir).head()).position).toBeGreaterThanOrEqual(6);
  });
});

describe('a reader', () => {
  it('refuses appends', async () => {
    const reader = openLog(await written(), { mode: 'read' });
    const append = reader.append('village-a', [fact('village-a')], 'any');
    await expect(append).rejects.toMatchObject({ code: 'E_READ_ONLY' });
    expect((await reader.head()).position).toBe(1);
  });

  it('says where there is no log', () => {
    const dir = tempFolder();
    expect(() => openLog(dir, { mode: 'read' })).toThrow(coded('E_NOT_FOUND'));
    expect(() => openLog(join(dir, 'missing'), { mode: 'read' })).toThrow(coded('E_NOT_FOUND'));
  });

  it('sees what the writer appends while both are open', async () => {
    const dir = await written();
    const [writer, reader] = [openLog(dir), openLog(dir, { mode: 'read' })];
    await writer.append('village-b', [fact('village-b')], 'none');
    expect(await reader.readLog({ limit: 10 })).toEqual(await writer.readLog({ limit: 10 }));
    expect(await reader.head()).toEqual({ position: 2, recordedAt: 1_000 });
  });
});

describe('a long read', () => {
  it('lets other work run between its slices', async () => {
    const store = openLog(tempFolder());
    await store.append('village-a', Array(10_000).fill(fact('village-a')), 'none');
    let [turns, reading] = [0, true];
    const count = () => {
      turns += 1;
      if (reading) setImmediate(count);
    };
    count();
    expect(await store.readLog({ limit: 10_000 })).toHaveLength(10_000);
    reading = false;
    expect(turns).toBeGreaterThan(10);
  });
});

describe('close()', () => {
  it('may be called twice, and refuses reads that come after', async () => {
    const store = openLog(tempFolder());
    await store.close();
    await store.close();
    await expect(store.head()).rejects.toMatchObject({ code: 'E_UNAVAILABLE' });
    await expect(store.readLog({ limit: 1 })).rejects.toMatchObject({ code: 'E_UNAVAILABLE' });
  });

  it('ends a read that is under way', async () => {
    const store = openLog(tempFolder());
    await store.append('village-a', Array(5_000).fill(fact('village-a')), 'none');
    const reading = store.readLog({ limit: 5_000 });
    await store.close();
    await expect(reading).rejects.toMatchObject({ code: 'E_UNAVAILABLE' });
  });
});
