/** The WebSockets of a server: who may open one, and how all of them close. */
import { randomBytes } from 'node:crypto';
import { type IncomingMessage, type Server, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import proxyAddr from '@fastify/proxy-addr';
import { handleProtocols } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Authenticator } from '../../access/authenticator.ts';
import { clientKey } from '../../graphql/address-key.ts';
import type { GraphQLServer } from '../../graphql/server.ts';
import { Connection } from './connection.ts';
import type { Places } from './places.ts';
import { protocolOf, speak, type WebSocketDeps } from './websocket.ts';

export interface SocketOptions extends WebSocketDeps {
  readonly server: GraphQLServer;
  readonly authenticator: Authenticator;
  readonly sockets: Places;
  /** Origins of pages that may open sockets, beside the server's own; `*` for all. */
  readonly origins: readonly string[];
  /** Proxies whose word on the client's address is taken. */
  readonly trustProxy: readonly string[];
}

/** A place that a socket has, and who it counts for. */
interface Seat {
  readonly address: string;
  readonly key: string;
  readonly leave: () => void;
}

const closedMsMax = 2_000;

export class Sockets {
  private readonly accepting: WebSocketServer;
  private readonly protocol: ReturnType<typeof protocolOf>;
  private readonly connections = new Set<Connection>();
  private readonly addressOf: (request: IncomingMessage) => string;
  private readonly prefix = randomBytes(6).toString('hex');
  private requests = 0;

  constructor(private readonly options: SocketOptions) {
    this.accepting = new WebSocketServer({
      noServer: true,
      maxPayload: options.limits.frameBytesMax,
      perMessageDeflate: false,
      // One message a turn: an operation that its client has completed is over before its id comes again.
      allowSynchronousEvents: false,
      autoPong: true,
      handleProtocols,
    });
    this.protocol = protocolOf(options);
    const isTrusted = options.trustProxy.length > 0 ? proxyAddr.compile([...options.trustProxy]) : () => false;
    this.addressOf = (request) => proxyAddr(request, isTrusted);
  }

  /** Takes a connection over, or says over HTTP why not. */
  readonly upgrade = (request: IncomingMessage, stream: Duplex, head: Buffer): void => {
    if (request.headers.upgrade?.toLowerCase() !== 'websocket') {
      serveWithout(this.options.server.app.server, request, stream, head);
      return;
    }
    // Until the socket is open, nobody else hears of its failures.
    const onError = () => stream.destroy();
    stream.on('error', onError);
    const address = this.addressOf(request);
    const status = this.refusal(request);
    if (status !== null) {
      refuse(stream, status);
      return;
    }
    this.seat(request, stream, address).then(
      (seat) =>
        this.accepting.handleUpgrade(request, stream, head, (socket) => {
          stream.off('error', onError);
          this.opened(socket, request, stream, seat);
        }),
      () => refuse(stream, 429),
    );
  };

  /** Finishes what runs on the sockets, then closes them. */
  async goAway(): Promise<void> {
    await Promise.all([...this.connections].map((connection) => connection.goAway()));
    const ended = [...this.accepting.clients].map((socket) => new Promise((resolve) => socket.once('close', resolve)));
    const deadline = new AbortController();
    const late = new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, closedMsMax);
      deadline.signal.addEventListener('abort', () => clearTimeout(timer));
    });
    await Promise.race([Promise.all(ended), late]);
    deadline.abort();
    for (const socket of this.accepting.clients) socket.terminate();
  }

  /** Counts the request and takes a place for the socket, by its address until it has said who it is. Errors: `RATE_LIMITED`. */
  private async seat(request: IncomingMessage, stream: Duplex, address: string): Promise<Seat> {
    const { server, authenticator, sockets } = this.options;
    const known = authenticator.known(request.headers.authorization);
    await server.meter.count(known, address);
    const leave = sockets.take(known, address);
    stream.once('close', leave);
    if (stream.destroyed) leave();
    return { address, key: clientKey(known, address), leave };
  }

  private refusal(request: IncomingMessage): number | null {
    if (this.options.stopping.aborted) return 503;
    if ((request.url ?? '').split('?')[0] !== '/graphql') return 404;
    return this.isOriginAllowed(request) ? null : 403;
  }

  private opened(socket: WebSocket, request: IncomingMessage, stream: Duplex, { address, key, leave }: Seat): void {
    const { authenticator, limits, telemetry, services, sockets } = this.options;
    const connection = new Connection({
      socket,
      stream,
      address,
      authorization: request.headers.authorization,
      authenticator,
      limits,
      telemetry,
      now: services.now,
      newRequestId: () => `${this.prefix}-w${(this.requests++).toString(36)}`,
      // From now on it counts as its principal's.
      identified: (principal) => {
        if (clientKey(principal, address) === key) return;
        const leaveOwn = sockets.take(principal, address);
        leave();
        stream.once('close', leaveOwn);
      },
    });
    this.connections.add(connection);
    socket.once('close', () => this.connections.delete(connection));
    speak(this.protocol, socket, connection, limits);
  }

  /** Programs send no Origin; a page's must be the server's own or be allowed. */
  private isOriginAllowed({ headers: { origin, host } }: IncomingMessage): boolean {
    const { origins } = this.options;
    if (origin === undefined || origins.includes('*') || origins.includes(origin)) return true;
    return host !== undefined && URL.canParse(origin) && new URL(origin).host === host.toLowerCase();
  }
}

/** A client that would rather speak another protocol (`h2c`) is answered in this one, as RFC 9110 lets a server do: its request is
 *  read again without the wish. */
function serveWithout(
  server: Server,
  { method, url, rawHeaders }: IncomingMessage,
  stream: Duplex,
  head: Buffer,
): void {
  const lines = [`${method} ${url} HTTP/1.1`];
  for (let at = 0; at < rawHeaders.length; at += 2) {
    if (/^(upgrade|connection|http2-settings)$/i.test(rawHeaders[at] ?? '')) continue;
    lines.push(`${rawHeaders[at]}: ${rawHeaders[at + 1]}`);
  }
  stream.unshift(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), head]));
  server.emit('encrypted' in stream ? 'secureConnection' : 'connection', stream);
}

/** Answers over HTTP and closes. */
function refuse(stream: Duplex, status: number): void {
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nconnection: close\r\ncontent-length: 0\r\n`;
  stream.end(`${head}${status === 429 || status === 503 ? 'retry-after: 1\r\n' : ''}\r\n`, () => stream.destroy());
}
