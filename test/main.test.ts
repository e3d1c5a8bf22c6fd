import { describe, expect, it, onTestFinished } from 'vitest';
import { readConfig } from '../src/config.ts';
import { type RunningServer, startServer } from '../src/main.ts';
import { tempFolder } from './support/temp-folder.ts';

async function start(environment: Record<string, string>): Promise<RunningServer> {
  const server = await startServer(readConfig({ PORT: '0', LOG_LEVEL: 'silent', ...environment }));
  onTestFinished(server.close);
  return server;
}

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

  it('gives the folder back when it is closed', async () => {
    const dir = tempFolder();
    const first = await start({ DATA_DIR: dir });
    await expect(start({ DATA_DIR: dir })).rejects.toMatchObject({ code: 'E_DATA_DIR_IN_USE' });
    await first.close();
    const second = await start({ DATA_DIR: dir });
    expect(await ask(second, '{ __typename }')).toMatchObject({ data: { __typename: 'Query' } });
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
