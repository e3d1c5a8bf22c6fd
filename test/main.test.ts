import { randomUUID } from 'node:crypto';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { projections } from '../projections/index.ts';
import { readConfig } from '../src/config.ts';
import type { EventStore } from '../src/es/store.ts';
import { type RunningServer, type ServerDeps, startServer } from '../src/main.ts';
import { currentFile } from '../src/readmodel/files.ts';
import { openSqliteStore } from '../src/store/sqlite/store.ts';
import { tempFolder } from './support/temp-folder.ts';

async function start(environment: Record<string, string>, deps?: ServerDeps): Promise<RunningServer> {
  const server = await startServer(readConfig({ PORT: '0', LOG_LEVEL: 'silent', ...environment }), deps);
  onTestFinished(server.close);
  return server;
}

/** A folder whose read model is of other projections, and its log, which reads for a rebuild as `readStreams` does. */
async function upgraded(readStreams: EventStore['readStreams']): Promise<{ dir: string; store: EventStore }> {
  const dir = tempFolder();
  await (await start({ DATA_DIR: dir })).close();
  await rename((await currentFile(dir, projections)) as string, join(dir, 'readmodel-0.sqlite'));
  const store = openSqliteStore({ dir, mode: 'write', now: Date.now, newId: randomUUID });
  return { dir, store: Object.assign(store, { readStreams }) };
}

const degradedOf = async ({ url }: RunningServer) =>
  ((await (await fetch(`${url}/readyz`)).json()) as { degraded: string[] }).degraded;

const ask = async ({ url }: RunningServer, query: string) => {
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query }) };
  return (await (await fetch(`${url}/graphql`, init)).json()) as {
    data?: unknown;
    errors?: { extensions: { code: string } }[];
  };
};

describe('startServer()', () => {
  it('serves an empty folder, which then has a log and a read model', async () => {
    const server = await start({ DATA_DIR: tempFolder() });
    expect(await ask(server, '{ log { position } villages { totalCount } }')).toMatchObject({
      data: { log: { position: '0' }, villages: { totalCount: 0 } },
      extensions: { basis: { position: '0', recordedAt: null, behind: false } },
    });
  });

  it('knows the operations that come with it by their hash', async () => {
    const { url } = await start({ DATA_DIR: tempFolder() });
    const list = (await (await fetch(`${url}/graphql/documents`)).json()) as { documents: Record<string, string>[] };
    const tally = list.documents.find(({ query }) => query?.includes('tally'));
    const answer = await fetch(`${url}/graphql?documentId=${tally?.documentId}`);
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'public, no-cache']);
    expect((await answer.json()) as object).toHaveProperty('data');
  });

  it('gives the folder back when it is closed', async () => {
    const dir = tempFolder();
    const first = await start({ DATA_DIR: dir });
    await expect(start({ DATA_DIR: dir })).rejects.toMatchObject({ code: 'E_DATA_DIR_IN_USE' });
    await first.close();
    const second = await start({ DATA_DIR: dir });
    expect(await ask(second, '{ __typename }')).toMatchObject({ data: { __typename: 'Query' } });
  });

  it('says why the read model of this version cannot be built, and builds it when it can', async () => {
    let isFull = true;
    const { dir, store } = await upgraded(async function* () {
      if (isFull) throw new Error('disk full');
      yield [];
    });
    const server = await start({ DATA_DIR: dir }, { store });
    await expect.poll(() => degradedOf(server), { timeout: 20_000 }).toEqual([expect.stringContaining('disk full')]);
    isFull = false;
    await expect.poll(() => degradedOf(server), { timeout: 20_000 }).toEqual([]);
  }, 30_000);

  it('stops while a read model is being built, without its end', async () => {
    const { dir, store } = await upgraded(async function* () {
      for (;;) yield await new Promise<[]>((resolve) => setImmediate(() => resolve([])));
    });
    const server = await start({ DATA_DIR: dir }, { store });
    expect(await degradedOf(server)).toHaveLength(1);
    await server.close();
    await expect(fetch(`${server.url}/readyz`)).rejects.toThrow();
  });

  it('takes no mutation where it is told so, and says why', async () => {
    const server = await start({ DATA_DIR: tempFolder(), READ_ONLY: 'true' });
    const reply = await ask(
      server,
      'mutation { voidEvent(input: { commandId: "c", event: "village-v_00000001.0", reason: "x" }) { position } }',
    );
    expect(server.readOnlyBecause).toContain('READ_ONLY');
    expect(reply.data ?? null).toBeNull();
    expect(await (await fetch(`${server.url}/readyz`)).json()).toMatchObject({ readOnly: server.readOnlyBecause });
  });
});
