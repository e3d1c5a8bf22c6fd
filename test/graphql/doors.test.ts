import { describe, expect, it } from 'vitest';
import { named } from '../support/principals.ts';
import { ask, startSmallServer } from '../support/small-server.ts';

describe('the doors', () => {
  it('say that the process lives, what it is ready for, and what the contract is', async () => {
    const server = await startSmallServer();
    const get = async (path: string) => {
      const response = await fetch(server.url + path);
      return [response.status, response.headers.get('content-type'), await response.text()] as const;
    };
    expect(await get('/healthz')).toEqual([200, 'application/json; charset=utf-8', '{"alive":true}']);
    expect(JSON.parse((await get('/readyz'))[2])).toEqual({
      ready: true,
      position: '0',
      head: '0',
      stuck: [],
      degraded: [],
      readOnly: null,
    });
    expect((await get('/schema.graphql'))[2]).toContain('type Query');
    expect((await get('/events.schema.json')).slice(0, 2)).toEqual([200, 'application/schema+json; charset=utf-8']);
    expect((await get('/metrics'))[2]).toContain('xiangyue_log_position 0');
    expect(JSON.parse((await get('/nowhere'))[2])).toMatchObject({ errors: [{ extensions: { code: 'E_NOT_FOUND' } }] });
  });

  it('name what is stuck', async () => {
    const server = await startSmallServer();
    await server.record({ type: 'Unheard', hamlet: 'a', on: '2020-01-01' });
    const ready = await fetch(`${server.url}/readyz`);
    expect(await ready.json()).toMatchObject({
      stuck: [{ code: 'E_PROJECTION_STUCK', projection: 'hamlet', entity: 'a', position: '1' }],
    });
  });

  it('let nothing be guessed or framed', async () => {
    const server = await startSmallServer();
    const { headers } = await ask(server, '{ position }');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('GraphiQL', () => {
  it('comes to a browser, and loads nothing from elsewhere', async () => {
    const server = await startSmallServer();
    const page = await fetch(`${server.url}/graphql`, { headers: { accept: 'text/html,*/*' } });
    const html = await page.text();
    const loaded = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1] as string);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    const assets = loaded.filter((path) => path.startsWith('/graphiql/'));
    expect(loaded.filter((path) => !path.startsWith('/') && !path.startsWith('data:'))).toEqual([]);
    expect(assets).toHaveLength(5);
    for (const path of assets) expect((await fetch(server.url + path)).status).toBe(200);
    expect(await (await fetch(`${server.url}/graphiql/start.js`)).text()).toContain('{ position }');
  });

  it('does not come to a program', async () => {
    const server = await startSmallServer();
    const reply = await fetch(`${server.url}/graphql?query={position}`, {
      headers: { accept: 'text/html', 'apollo-require-preflight': '1' },
    });
    expect(reply.headers.get('content-type')).not.toContain('html');
  });
});

describe('closing', () => {
  it('finishes what runs and then takes nothing more', async () => {
    const server = await startSmallServer({ limits: { queryDurationMsMax: 300 } });
    const running = ask(server, '{ never }');
    await ask(server, '{ position }');
    await server.close();
    expect((await running).body.errors?.[0]?.extensions.code).toBe('E_TIMEOUT');
    await expect(ask(server, '{ position }')).rejects.toThrow();
  });
});

describe('a foreign name for this machine', () => {
  it('may read, and not write: a page that was led here has no token', async () => {
    const server = await startSmallServer({ authenticator: named([]) });
    const { port } = new URL(server.url);
    const send = (query: string) => rawPost(Number(port), 'evil.example', query);
    expect(await send('{ position }')).toContain('"position":"0"');
    expect(await send('mutation { note(text: "x") }')).toContain('UNAUTHENTICATED');
  });
});

/** fetch() does not let its Host header be chosen. */
async function rawPost(port: number, host: string, query: string): Promise<string> {
  const { request } = await import('node:http');
  return new Promise((resolve, reject) => {
    const headers = { host, 'content-type': 'application/json' };
    const sent = request({ host: '127.0.0.1', port, path: '/graphql', method: 'POST', headers }, (response) => {
      let text = '';
      response.on('data', (chunk) => {
        text += String(chunk);
      });
      response.on('end', () => resolve(text));
    });
    sent.on('error', reject);
    sent.end(JSON.stringify({ query }));
  });
}
