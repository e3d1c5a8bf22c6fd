import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import WebSocket from 'ws';
import { Program } from '../support/program.ts';
import { statusesOf } from '../support/raw-http.ts';
import { tempFolder } from '../support/temp-folder.ts';

interface Started {
  readonly program: Program;
  readonly url: string;
}

async function start(): Promise<Started> {
  const program = new Program(tempFolder(), ['--json', 'start', '--empty']);
  onTestFinished(async () => {
    program.signal('SIGKILL');
    await program.ended();
  });
  const [line = ''] = await program.lines(1);
  return { program, url: (JSON.parse(line) as { url: string }).url };
}

/** A request of which the last byte is yet to come: it runs for as long as the test wants. */
class Begun {
  readonly socket: Socket;
  readonly #pieces: Buffer[] = [];
  readonly closed: Promise<unknown>;

  constructor({ url }: Started) {
    const { hostname, port } = new URL(url);
    this.socket = connect({ host: hostname, port: Number(port) });
    this.socket.on('data', (piece: Buffer) => this.#pieces.push(piece)).on('error', () => undefined);
    this.closed = once(this.socket, 'close');
    const body = '{"query":"{ log { position } }"}';
    const head = `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`;
    this.socket.write(head + body.slice(0, -1));
    onTestFinished(() => void this.socket.destroy());
  }

  end(more = ''): void {
    this.socket.write(`}${more}`);
  }

  get answers(): string {
    return Buffer.concat(this.#pieces).toString();
  }
}

/** Resolves when nobody is let in any more. */
async function refusing({ url }: Started): Promise<void> {
  const { hostname, port } = new URL(url);
  for (;;) {
    const socket = connect({ host: hostname, port: Number(port) });
    const isIn = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (!isIn) return;
  }
}

/** After an answer to another client the server has read what came before. */
const hasRead = async ({ url }: Started) => void (await fetch(`${url}/healthz`)).status;

describe('SIGTERM', () => {
  it('lets what runs be finished, refuses what comes after it, and ends well', async () => {
    const server = await start();
    const running = new Begun(server);
    await hasRead(server);
    server.program.signal('SIGTERM');
    await refusing(server);
    expect(server.program.hasEnded).toBe(false);
    running.end('GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n');
    await running.closed;
    expect(statusesOf(running.answers)).toEqual([200, 503]);
    expect(running.answers).toContain('"position":"0"');
    const refusal = running.answers.slice(running.answers.lastIndexOf('HTTP/1.1'));
    expect(refusal.toLowerCase()).toContain('connection: close');
    expect(refusal).toContain('"code":"E_UNAVAILABLE"');
    expect((await server.program.ended()).code).toBe(0);
  });

  it('ends a socket that listens, and well', async () => {
    const server = await start();
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    const said: { type: string; payload?: unknown }[] = [];
    socket.on('message', (text) => said.push(JSON.parse(String(text)) as { type: string }));
    await once(socket, 'open');
    socket.send(JSON.stringify({ type: 'connection_init' }));
    while (!said.some(({ type }) => type === 'connection_ack')) await once(socket, 'message');
    const query = 'subscription { events(after: "0") { __typename ... on CaughtUp { position } } }';
    socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query } }));
    while (!JSON.stringify(said).includes('CaughtUp')) await once(socket, 'message');
    const closed = once(socket, 'close');
    server.program.signal('SIGTERM');
    await closed;
    expect((await server.program.ended()).code).toBe(0);
  });

  it('waits for nobody for ever, and ends well', async () => {
    const server = await start();
    const running = new Begun(server);
    await hasRead(server);
    server.program.signal('SIGTERM');
    await running.closed;
    expect(running.answers).toBe('');
    expect((await server.program.ended()).code).toBe(0);
  }, 60_000);

  it('ends at once when it comes a second time, whatever runs', async () => {
    const server = await start();
    const running = new Begun(server);
    await hasRead(server);
    server.program.signal('SIGTERM');
    await refusing(server);
    expect(server.program.hasEnded).toBe(false);
    server.program.signal('SIGTERM');
    expect((await server.program.ended()).code).toBe(1);
    await running.closed;
    expect(running.answers).toBe('');
  });
});
