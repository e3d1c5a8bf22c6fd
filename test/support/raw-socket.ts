/** A WebSocket client that says what its test says, well-formed or not, and keeps what it hears. */
import { onTestFinished, vi } from 'vitest';
import { type ClientOptions, WebSocket } from 'ws';

// biome-ignore lint/suspicious/noExplicitAny: a message's shape is that of the protocol, which each test states.
type Heard = any;

export class RawSocket {
  readonly heard: Heard[] = [];
  /** How it was closed; undefined while it is open. */
  closed: { readonly code: number; readonly reason: string } | undefined;

  private constructor(readonly socket: WebSocket) {
    socket.on('message', (text) => this.heard.push(JSON.parse(String(text))));
    socket.on('close', (code, reason) => {
      this.closed = { code, reason: String(reason) };
    });
    socket.on('error', () => undefined);
    onTestFinished(() => socket.terminate());
  }

  /** Opens one. Rejects where the server does not let it. */
  static async open(url: string, options: ClientOptions = {}, protocol = 'graphql-transport-ws'): Promise<RawSocket> {
    const raw = new RawSocket(new WebSocket(`${url.replace('http', 'ws')}/graphql`, protocol, options));
    await new Promise((resolve, reject) => raw.socket.once('open', resolve).once('error', reject));
    return raw;
  }

  /** Opens one and has it acknowledged. */
  static async ready(url: string, payload?: object, options: ClientOptions = {}): Promise<RawSocket> {
    const raw = await RawSocket.open(url, options);
    raw.say({ type: 'connection_init', payload });
    await raw.hears(1);
    return raw;
  }

  say(message: object): void {
    this.socket.send(JSON.stringify(message));
  }

  /** Resolves with all that was heard when there is so much of it. */
  async hears(count: number): Promise<Heard[]> {
    await vi.waitFor(
      () => {
        if (this.heard.length < count)
          throw new Error(`Heard ${JSON.stringify(this.heard)} ${JSON.stringify(this.closed)}`);
      },
      { timeout: 60_000, interval: 2 },
    );
    return this.heard;
  }

  /** Resolves when it has been closed. */
  async ends(): Promise<{ readonly code: number; readonly reason: string }> {
    return vi.waitFor(() => this.closed ?? Promise.reject(new Error('It is open.')), { timeout: 60_000, interval: 2 });
  }
}

/** The status with which the server declines to open a socket. */
export function declined(url: string, options: ClientOptions = {}, protocol = 'graphql-transport-ws'): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, protocol, options);
    socket.on('unexpected-response', (_, { statusCode }) => {
      resolve(statusCode ?? 0);
      socket.terminate();
    });
    socket.on('open', () => {
      socket.terminate();
      reject(new Error('It was opened.'));
    });
    socket.on('error', () => undefined);
  });
}
